/**
 * The only way out: Secure Web Proxy in a network of its own, where no workload lives. The enclave is peered with it and takes no
 * route of it but its subnetworks, so there is no way to the internet for packets at all; clients ask the proxy by name. Peering
 * keeps the client's address, by which the proxy's rules tell zones apart. The proxy makes its own address translation, which
 * nothing else can use.
 * https://docs.cloud.google.com/secure-web-proxy/docs/overview
 */
import { ComputeNetwork } from "@cdktf/provider-google/lib/compute-network";
import { ComputeNetworkPeering } from "@cdktf/provider-google/lib/compute-network-peering";
import { ComputeRoute } from "@cdktf/provider-google/lib/compute-route";
import { ComputeSubnetwork } from "@cdktf/provider-google/lib/compute-subnetwork";
import { NetworkSecurityGatewaySecurityPolicy } from "@cdktf/provider-google/lib/network-security-gateway-security-policy";
import { NetworkSecurityTlsInspectionPolicy } from "@cdktf/provider-google/lib/network-security-tls-inspection-policy";
import { NetworkServicesGateway } from "@cdktf/provider-google/lib/network-services-gateway";
import { type Address, addResource, dependable, expr, type Rendering } from "../../shared/rendering";
import { leavingZones } from "../../shared/zones";
import { regionOf } from "../data/regions";
import { BANDS, type PolicyRule, wayTo } from "./flow-rules";
import type { Network } from "./handles";
import { googleName, labels } from "./naming";
import { renderProxyRules } from "./proxy-rules";
import { type Planned, proxyAddress, proxyBlock, proxyOnlyBlock } from "./sites";
import { renderSubnetwork } from "./subnetworks";

export interface EgressPath {
  readonly gateway: Address;
  readonly proxyUrl: string;
}

/** One port, which never changes: the gateway takes one only, and replaces itself for another. */
const PROXY_PORT = 8080;

/** From zones that leave to the proxy, on its one port. */
export function exitRules(planned: Planned): PolicyRule[] {
  return leavingZones(planned.plan).map((zone) =>
    wayTo(planned, BANDS.exits + 2 * zone.ordinal, zone, {
      id: "enclave_proxy",
      address: proxyAddress(planned),
      traffic: [{ protocol: "tcp", from: PROXY_PORT, to: PROXY_PORT }],
      description: `Zone ${zone.name} to the proxy, which judges names and ports`,
    }),
  );
}

/** The network in which names of the internet resolve, for the proxy and for the names that the spec lets everybody resolve. */
export function renderEgressNetwork(rendering: Rendering): Address {
  return addResource(rendering, ComputeNetwork, "enclave_egress", {
    name: googleName(rendering.plan, "enclave", "egress"),
    description: `The way out of enclave ${rendering.plan.name}; no workload belongs here`,
    autoCreateSubnetworks: false,
    // Heeded when the network is made and never again: the route that the proxy needs is a resource, which can come later.
    deleteDefaultRoutesOnCreate: true,
    networkFirewallPolicyEnforcementOrder: "BEFORE_CLASSIC_FIREWALL",
    routingMode: "REGIONAL",
    enableUlaInternalIpv6: false,
  });
}

export function renderEgress(
  rendering: Rendering,
  network: Network,
  egressNetwork: Address | undefined,
): EgressPath | undefined {
  if (egressNetwork === undefined || rendering.plan.departures.length === 0) return undefined;
  const proxySubnetwork = renderSubnetwork(rendering, {
    id: "enclave_proxy",
    text: "Address of the proxy",
    block: proxyBlock(rendering.plan),
    network: egressNetwork,
  });
  const proxyOnly = renderProxyOnly(rendering, egressNetwork);
  const peering = renderPeerings(rendering, network.network, egressNetwork);
  const route = renderRoute(rendering, egressNetwork, peering);
  const gateway = renderGateway(rendering, egressNetwork, proxySubnetwork, [proxyOnly, route]);
  return { gateway, proxyUrl: `http://${proxyAddress(rendering)}:${PROXY_PORT}` };
}

/** Where the managed proxies work from; flow logs are refused here. */
function renderProxyOnly(rendering: Rendering, network: Address): Address {
  return addResource(rendering, ComputeSubnetwork, "enclave_proxy_only", {
    name: googleName(rendering.plan, "enclave", "proxy-only"),
    description: "Managed proxies",
    region: regionOf(rendering.plan),
    network: expr(`${network}.id`),
    ipCidrRange: rendering.printer.cidr(proxyOnlyBlock(rendering.plan)),
    purpose: "REGIONAL_MANAGED_PROXY",
    role: "ACTIVE",
  });
}

/** Both sides, one after the other: the API refuses two changes at a time. No route but those of subnetworks is exchanged. */
function renderPeerings(rendering: Rendering, enclave: Address, egress: Address): Address {
  const side = (id: string, network: Address, peer: Address, after: readonly Address[]): Address =>
    addResource(rendering, ComputeNetworkPeering, id, {
      name: googleName(rendering.plan, id),
      network: expr(`${network}.self_link`),
      peerNetwork: expr(`${peer}.self_link`),
      exportCustomRoutes: false,
      importCustomRoutes: false,
      exportSubnetRoutesWithPublicIp: false,
      importSubnetRoutesWithPublicIp: false,
      stackType: "IPV4_ONLY",
      dependsOn: after.map(dependable),
    });
  return side("enclave_from_egress", egress, enclave, [side("enclave_to_egress", enclave, egress, [])]);
}

/**
 * For the proxy's own address translation. No peering carries a route to this next hop, whatever its switches say
 * (https://docs.cloud.google.com/vpc/docs/vpc-peering). After the peerings, because routes and peerings of a network change one by one.
 */
function renderRoute(rendering: Rendering, network: Address, peering: Address): Address {
  return addResource(rendering, ComputeRoute, "enclave_egress", {
    name: googleName(rendering.plan, "enclave", "egress"),
    description: `From the proxy of enclave ${rendering.plan.name} to the internet`,
    network: expr(`${network}.id`),
    destRange: "0.0.0.0/0",
    nextHopGateway: "default-internet-gateway",
    dependsOn: [dependable(peering)],
  });
}

function renderGateway(
  rendering: Rendering,
  network: Address,
  subnetwork: Address,
  after: readonly Address[],
): Address {
  const { plan } = rendering;
  const location = regionOf(plan);
  const inspection = plan.inspection === "request" ? renderInspection(rendering) : undefined;
  // A policy without rules denies everything.
  const policy = addResource(rendering, NetworkSecurityGatewaySecurityPolicy, "enclave", {
    name: googleName(plan, "enclave", "egress"),
    location,
    description: `What may leave enclave ${plan.name}`,
    ...(inspection === undefined ? {} : { tlsInspectionPolicy: expr(`${inspection}.id`) }),
  });
  renderProxyRules(rendering, policy);
  return addResource(rendering, NetworkServicesGateway, "enclave", {
    name: googleName(plan, "enclave", "egress"),
    location,
    description: `The way out of enclave ${plan.name}`,
    type: "SECURE_WEB_GATEWAY",
    addresses: [proxyAddress(rendering)],
    ports: [PROXY_PORT],
    scope: googleName(plan, "enclave", "egress"),
    network: expr(`${network}.id`),
    subnetwork: expr(`${subnetwork}.id`),
    gatewaySecurityPolicy: expr(`${policy}.id`),
    // The router that the proxy makes for itself would keep the network from being deleted.
    deleteSwgAutogenRouterOnDestroy: true,
    labels: labels(rendering),
    dependsOn: after.map(dependable),
  });
}

/** Decrypts what leaves with the certificate authority pool that the spec names; clients have to trust it. */
function renderInspection(rendering: Rendering): Address {
  const caPool = rendering.plan.settings.google.inspectionCaPool;
  if (caPool === undefined)
    throw new Error("internal: request inspection without a certificate authority pool");
  return addResource(rendering, NetworkSecurityTlsInspectionPolicy, "enclave", {
    name: googleName(rendering.plan, "enclave", "egress"),
    location: regionOf(rendering.plan),
    description: `What leaves enclave ${rendering.plan.name}, request by request`,
    caPool,
    // For when Secure Web Proxy honours them: by the plugin's page it does not yet.
    minTlsVersion: "TLS_1_2",
    tlsFeatureProfile: "PROFILE_MODERN",
  });
}
