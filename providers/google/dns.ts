/**
 * DNS is a way out too: the resolver at the metadata address answers any name for anybody, and no firewall rule sees it. A private
 * zone for the root answers every name that no longer zone holds with "no such name"; the longer zones are the needed ones. Names
 * that leave by the proxy are resolved by the proxy, so the enclave itself needs none of them.
 * https://docs.cloud.google.com/dns/docs/vpc-name-res-order
 */
import { DnsManagedZone, type DnsManagedZoneConfig } from "@cdktf/provider-google/lib/dns-managed-zone";
import { DnsPolicy } from "@cdktf/provider-google/lib/dns-policy";
import { DnsRecordSet } from "@cdktf/provider-google/lib/dns-record-set";
import type { Endpoint, NetworkPlan } from "../../src/plan/network-plan";
import { type Address, addResource, expr, type Rendering } from "../rendering";
import type { Network } from "./handles";
import { apiEndpoints, apisOf, hostsOf } from "./managed-services";
import { googleName, LONGEST_NAME, labels, shorten } from "./naming";
import type { Endpoints } from "./private-endpoints";
import { regionOf } from "./regions";
import { apiAddress } from "./sites";

/** Seconds; addresses of endpoints do not change. */
const TTL = 300;

export function renderDns(rendering: Rendering, network: Network, egressNetwork: Address | undefined, endpoints: Endpoints): void {
  const { plan } = rendering;
  addResource(rendering, DnsPolicy, "enclave", {
    name: googleName(plan, "enclave"),
    description: `Logs the queries of enclave ${plan.name}`,
    enableLogging: true,
    // No alternative name servers: they would answer instead of every private zone here.
    enableInboundForwarding: false,
    // What the proxy resolves for its clients is a query too.
    networks: [network.network, ...(egressNetwork === undefined ? [] : [egressNetwork])].map((one) => ({ networkUrl: expr(`${one}.id`) })),
  });
  renderZone(rendering, network, "enclave_root", ".", "Every name that nothing else here holds");
  renderApiZones(rendering, network);
  for (const endpoint of namedEndpoints(plan)) renderEndpointZone(rendering, network, endpoint, endpoints);
  if (egressNetwork !== undefined) for (const domain of allowedDomains(plan)) renderAllowedZone(rendering, network, egressNetwork, domain);
}

function renderZone(
  rendering: Rendering,
  { network }: Network,
  id: string,
  dnsName: string,
  text: string,
  more: Partial<DnsManagedZoneConfig> = {},
): Address {
  return addResource(rendering, DnsManagedZone, id, {
    name: shorten(`${rendering.plan.name}-${id.replaceAll("_", "-")}`, LONGEST_NAME),
    dnsName,
    description: text,
    visibility: "private",
    privateVisibilityConfig: { networks: [{ networkUrl: expr(`${network}.id`) }] },
    labels: labels(rendering),
    ...more,
  });
}

function renderRecord(rendering: Rendering, zone: Address, id: string, name: string, address: string): void {
  addResource(rendering, DnsRecordSet, id, { managedZone: expr(`${zone}.name`), name, type: "A", ttl: TTL, rrdatas: [address] });
}

/** Only the names of the services in use, so that no other Google API resolves. */
function apiHosts(plan: NetworkPlan): string[] {
  return [...new Set(apiEndpoints(plan).flatMap(({ service }) => apisOf(service).flatMap((api) => hostsOf(api, regionOf(plan)))))].sort();
}

/** `googleapis.com` of `storage.googleapis.com`: the domains that Google APIs answer under. */
const API_DOMAINS = ["googleapis.com", "pkg.dev"] as const;

/** Those of them that have a zone in this plan. */
export const apiDomains = (plan: NetworkPlan): string[] =>
  API_DOMAINS.filter((domain) => apiHosts(plan).some((host) => host.endsWith(`.${domain}`)));

function renderApiZones(rendering: Rendering, network: Network): void {
  for (const domain of apiDomains(rendering.plan)) {
    const hosts = apiHosts(rendering.plan).filter((host) => host.endsWith(`.${domain}`));
    const zone = renderZone(rendering, network, `enclave_${idOfName(domain)}`, `${domain}.`, "Google APIs inside the enclave");
    for (const host of hosts) renderRecord(rendering, zone, `enclave_${idOfName(host)}`, `${host}.`, apiAddress(rendering));
  }
}

/** `any_pkg_dev` of `*.pkg.dev`. */
export const idOfName = (name: string): string => name.replace(/^\*\./, "any_").replaceAll(/[.-]/g, "_");

/** Endpoints of services that have a name of their own. */
export const namedEndpoints = (plan: NetworkPlan): (Endpoint & { readonly dnsName: string })[] =>
  plan.endpoints.flatMap((endpoint) => (endpoint.dnsName === undefined ? [] : [{ ...endpoint, dnsName: endpoint.dnsName }]));

function renderEndpointZone(
  rendering: Rendering,
  network: Network,
  endpoint: Endpoint & { readonly dnsName: string },
  endpoints: Endpoints,
): void {
  const rendered = endpoints[endpoint.name];
  if (rendered === undefined) throw new Error(`internal: endpoint "${endpoint.name}" has a name and no address`);
  const name = `${endpoint.dnsName.toLowerCase()}.`;
  const zone = renderZone(rendering, network, `enclave_service_${endpoint.id}`, name, `Private endpoint ${endpoint.name}`);
  renderRecord(rendering, zone, `enclave_service_${endpoint.id}`, name, rendered.address);
}

/** Domains that `dns.allow` opens: a zone holds a name and everything below it, and cannot hold less. */
export const allowedDomains = (plan: NetworkPlan): string[] =>
  [...new Set(plan.resolvable.filter((rule) => rule.purpose === "explicit").map((rule) => domainOf(rule.pattern)))].sort();

/** `example.com` of `*.example.com` and of itself. */
export const domainOf = (pattern: string): string => pattern.toLowerCase().replace(/^\*\./, "");

/** Answered as in the egress network, where names of the internet resolve. */
function renderAllowedZone(rendering: Rendering, network: Network, egressNetwork: Address, domain: string): void {
  renderZone(rendering, network, `enclave_allow_${idOfName(domain)}`, `${domain}.`, "Allowed by the spec", {
    peeringConfig: { targetNetwork: { networkUrl: expr(`${egressNetwork}.id`) } },
  });
}
