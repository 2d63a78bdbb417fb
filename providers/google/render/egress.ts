/**
 * The only path out: Secure Web Proxy in a network of its own, without workloads, which clients name. The
 * enclave is peered with it and takes its subnetworks' routes only, so packets have no way to the internet.
 * Peering keeps the client's address, by which the proxy's rules tell zones apart.
 * https://docs.cloud.google.com/secure-web-proxy/docs/overview
 */
import { ComputeNetworkPeering } from "@cdktf/provider-google/lib/compute-network-peering";
import { ComputeRoute } from "@cdktf/provider-google/lib/compute-route";
import { ComputeSubnetwork } from "@cdktf/provider-google/lib/compute-subnetwork";
import { NetworkSecurityGatewaySecurityPolicy } from "@cdktf/provider-google/lib/network-security-gateway-security-policy";
import { NetworkSecurityTlsInspectionPolicy } from "@cdktf/provider-google/lib/network-security-tls-inspection-policy";
import { NetworkServicesGateway } from "@cdktf/provider-google/lib/network-services-gateway";
import { type Address, after, dependables, id, ref } from "../../shared/expressions";
import { hasEgress } from "../../shared/questions";
import { addResource, type Rendering } from "../../shared/resources";
import { regionOf } from "../data/regions";
import { EGRESS_ASSOCIATION, EGRESS_DNS_POLICY, EGRESS_NETWORK, NETWORK, subnetworkOf } from "./addresses";
import { hasEgressNetwork } from "./dns";
import { renderEgressRules } from "./egress-rules";
import { endpointRoutes } from "./endpoints";
import { googleName, labelled, named } from "./naming";
import { renderSubnetwork, renderVpc } from "./network";
import { proxyAddress, proxyBlock } from "./sites";
import { PROXY_PORT } from "./ways";

/** Names that `dns.allow` lets resolve need the proxy's network too. */
export function renderEgress(rendering: Rendering): void {
  const { plan, printer } = rendering;
  if (!hasEgressNetwork(plan)) return;
  const text = `The way out of enclave ${plan.name}; no workload belongs here`;
  renderVpc(rendering, "enclave_egress", googleName(plan, "enclave_egress"), text);
  if (!hasEgress(plan)) return;
  const range = proxyBlock(plan);
  const proxy = renderSubnetwork(rendering, "enclave_proxy", "Address of the proxy", range, {
    network: EGRESS_NETWORK,
  });
  // The managed proxies themselves work from here, at least a /26; flow logs are refused.
  const proxyOnly = addResource(rendering, ComputeSubnetwork, "enclave_proxy_only", {
    ...named(rendering, "enclave_proxy_only", "Managed proxies"),
    region: regionOf(plan),
    network: id(EGRESS_NETWORK),
    ipCidrRange: printer.cidr(plan.sites.proxy),
    purpose: "REGIONAL_MANAGED_PROXY",
    role: "ACTIVE",
    ...after(EGRESS_ASSOCIATION, EGRESS_DNS_POLICY),
  });
  // For the proxy's own address translation. No peering carries a route to this next hop
  // (https://docs.cloud.google.com/vpc/docs/vpc-peering). Routes and peerings change one by one.
  const route = addResource(rendering, ComputeRoute, "enclave_egress", {
    ...named(rendering, "enclave_egress", `From the proxy of enclave ${plan.name} to the internet`),
    network: id(EGRESS_NETWORK),
    destRange: "0.0.0.0/0",
    nextHopGateway: "default-internet-gateway",
    ...after(renderPeerings(rendering, [proxy, proxyOnly])),
  });
  renderGateway(rendering, proxy, [proxyOnly, route]);
}

/**
 * One side after the other, and after everything that brings a route to either network: the API refuses a
 * peering while a route is changed (https://github.com/hashicorp/terraform-provider-google/issues/3034).
 */
function renderPeerings(rendering: Rendering, egress: readonly Address[]): Address {
  const { plan } = rendering;
  const zones = plan.zones.flatMap((zone) =>
    zone.subnets.map((_, index) => subnetworkOf(zone.id, index + 1)),
  );
  const routed = [...zones, ...endpointRoutes(plan), ...egress];
  const side = (name: string, network: Address, peer: Address, ...previous: readonly Address[]): Address =>
    addResource(rendering, ComputeNetworkPeering, name, {
      name: googleName(rendering.plan, name),
      network: ref(network, "self_link"),
      peerNetwork: ref(peer, "self_link"),
      exportCustomRoutes: false,
      importCustomRoutes: false,
      exportSubnetRoutesWithPublicIp: false,
      importSubnetRoutesWithPublicIp: false,
      stackType: "IPV4_ONLY",
      dependsOn: dependables(previous),
    });
  const outward = side("enclave_to_egress", NETWORK, EGRESS_NETWORK, ...routed);
  return side("enclave_from_egress", EGRESS_NETWORK, NETWORK, outward);
}

function renderGateway(rendering: Rendering, subnetwork: Address, waitsFor: readonly Address[]): void {
  const { plan } = rendering;
  const location = regionOf(plan);
  // A policy without rules denies everything.
  const policy = addResource(rendering, NetworkSecurityGatewaySecurityPolicy, "enclave", {
    ...named(rendering, "enclave_egress", `What may leave enclave ${plan.name}`),
    location,
    ...(plan.inspection === "request" ? { tlsInspectionPolicy: id(renderInspection(rendering)) } : {}),
  });
  renderEgressRules(rendering, policy);
  addResource(rendering, NetworkServicesGateway, "enclave", {
    ...labelled(rendering, "enclave_egress", `The way out of enclave ${plan.name}`),
    location,
    type: "SECURE_WEB_GATEWAY",
    addresses: [proxyAddress(rendering)],
    ports: [PROXY_PORT],
    scope: googleName(plan, "enclave_egress"),
    network: id(EGRESS_NETWORK),
    subnetwork: id(subnetwork),
    gatewaySecurityPolicy: id(policy),
    // The router that the proxy makes for itself would keep the network from being deleted.
    deleteSwgAutogenRouterOnDestroy: true,
    ...after(...waitsFor),
  });
}

/** Decrypts with the certificate authority pool that the spec names; clients have to trust it. */
function renderInspection(rendering: Rendering): Address {
  const { plan } = rendering;
  const caPool = plan.settings.google.inspectionCaPool;
  if (caPool === undefined)
    throw new Error("internal: request inspection without a certificate authority pool");
  return addResource(rendering, NetworkSecurityTlsInspectionPolicy, "enclave", {
    ...named(rendering, "enclave_egress", `What leaves enclave ${plan.name}, request by request`),
    location: regionOf(plan),
    caPool,
    // For the day when Secure Web Proxy honours them: by the plugin's page it does not yet.
    minTlsVersion: "TLS_1_2",
    tlsFeatureProfile: "PROFILE_MODERN",
  });
}
