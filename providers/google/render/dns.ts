/**
 * DNS is a way out too: the resolver at the metadata address answers any name for anybody, and no firewall rule sees it. A private
 * zone for the root answers every name that no longer zone holds with "no such name"; the longer zones are the needed ones. Names
 * that leave by the proxy are resolved by the proxy, so the enclave itself needs none of them.
 * https://docs.cloud.google.com/dns/docs/vpc-name-res-order
 */
import { DnsManagedZone, type DnsManagedZoneConfig } from "@cdktf/provider-google/lib/dns-managed-zone";
import { DnsPolicy } from "@cdktf/provider-google/lib/dns-policy";
import { DnsRecordSet } from "@cdktf/provider-google/lib/dns-record-set";
import type { Endpoint, NetworkPlan } from "../../../src/plan/network-plan";
import { domainOf, namedEndpoints } from "../../shared/private-names";
import { type Address, addResource, expr, type Rendering } from "../../shared/rendering";
import { apiEndpoints, globalHosts, isApi } from "../data/managed-services";
import { regionOf } from "../data/regions";
import type { Network } from "./handles";
import { googleName, labels } from "./naming";
import type { Endpoints } from "./private-endpoints";
import { isRegional, regionalAddress, regionalDomain, regionalHost } from "./regional-endpoints";
import { apiAddress, type Planned } from "./sites";

/** Seconds; addresses of endpoints do not change. */
const TTL = 300;

export function renderDns(
  rendering: Rendering,
  network: Network,
  egressNetwork: Address | undefined,
  endpoints: Endpoints,
): void {
  const { plan } = rendering;
  addResource(rendering, DnsPolicy, "enclave", {
    name: googleName(plan, "enclave"),
    description: `Logs the queries of enclave ${plan.name}`,
    enableLogging: true,
    // No alternative name servers: they would answer instead of every private zone here.
    enableInboundForwarding: false,
    // What the proxy resolves for its clients is a query too.
    networks: [network.network, ...(egressNetwork === undefined ? [] : [egressNetwork])].map((one) => ({
      networkUrl: expr(`${one}.id`),
    })),
  });
  renderZone(rendering, network, "enclave_root", ".", "Every name that nothing else here holds");
  renderApiZones(rendering, network);
  for (const endpoint of namedEndpoints(plan)) renderEndpointZone(rendering, network, endpoint, endpoints);
  if (egressNetwork !== undefined)
    for (const domain of allowedDomains(plan)) renderAllowedZone(rendering, network, egressNetwork, domain);
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
    name: googleName(rendering.plan, id),
    dnsName,
    description: text,
    visibility: "private",
    privateVisibilityConfig: { networks: [{ networkUrl: expr(`${network}.id`) }] },
    labels: labels(rendering),
    ...more,
  });
}

function renderRecord(rendering: Rendering, zone: Address, id: string, name: string, address: string): void {
  addResource(rendering, DnsRecordSet, id, {
    managedZone: expr(`${zone}.name`),
    name,
    type: "A",
    ttl: TTL,
    rrdatas: [address],
  });
}

/** Names by which an endpoint is reached; none for what is reached by its address. */
export function hostsOf(plan: NetworkPlan, { service, dnsName }: Endpoint): string[] {
  if (!isApi(service)) return dnsName === undefined ? [] : [dnsName];
  return isRegional(plan) ? [regionalHost(plan, service)] : globalHosts(service, regionOf(plan));
}

/** Only the names of the services in use, so that no other Google API resolves; with their addresses. */
function apiHosts(planned: Planned): [string, string][] {
  const { plan } = planned;
  const hosts = apiEndpoints(plan).flatMap((endpoint) => {
    const address = isRegional(plan) ? regionalAddress(planned, endpoint.service) : apiAddress(planned);
    return hostsOf(plan, endpoint).map((host): [string, string] => [host, address]);
  });
  return [...new Map(hosts)].sort(([a], [b]) => (a < b ? -1 : 1));
}

/** `googleapis.com` of `storage.googleapis.com`: the domains that Google APIs answer under, as far as this plan has a zone for them. */
export function apiDomains(plan: NetworkPlan): string[] {
  const apis = apiEndpoints(plan);
  if (isRegional(plan)) return apis.length === 0 ? [] : [regionalDomain(plan)];
  const hosts = apis.flatMap((endpoint) => hostsOf(plan, endpoint));
  return ["googleapis.com", "pkg.dev"].filter((domain) => hosts.some((host) => host.endsWith(`.${domain}`)));
}

function renderApiZones(rendering: Rendering, network: Network): void {
  for (const domain of apiDomains(rendering.plan)) {
    const zone = renderZone(
      rendering,
      network,
      `enclave_${idOfName(domain)}`,
      `${domain}.`,
      "Google APIs inside the enclave",
    );
    for (const [host, address] of apiHosts(rendering))
      if (host.endsWith(`.${domain}`))
        renderRecord(rendering, zone, `enclave_${idOfName(host)}`, `${host}.`, address);
  }
}

/** `any_pkg_dev` of `*.pkg.dev`. */
export const idOfName = (name: string): string => name.replace(/^\*\./, "any_").replaceAll(/[.-]/g, "_");

/** Terraform name of the zone of a private endpoint, and of a name that the spec lets through. */
export const serviceZone = ({ id }: Endpoint): string => `enclave_service_${id}`;
export const allowedZone = (domain: string): string => `enclave_allow_${idOfName(domain)}`;

function renderEndpointZone(
  rendering: Rendering,
  network: Network,
  endpoint: Endpoint & { readonly dnsName: string },
  endpoints: Endpoints,
): void {
  const rendered = endpoints[endpoint.name];
  if (rendered === undefined)
    throw new Error(`internal: endpoint "${endpoint.name}" has a name and no address`);
  const name = `${endpoint.dnsName.toLowerCase()}.`;
  const zone = renderZone(
    rendering,
    network,
    serviceZone(endpoint),
    name,
    `Private endpoint ${endpoint.name}`,
  );
  renderRecord(rendering, zone, serviceZone(endpoint), name, rendered.address);
}

/** Domains that `dns.allow` opens: a zone holds a name and everything below it, and cannot hold less. */
export const allowedDomains = (plan: NetworkPlan): string[] =>
  [
    ...new Set(
      plan.resolvable.filter((rule) => rule.purpose === "explicit").map((rule) => domainOf(rule.pattern)),
    ),
  ].sort();

/** Answered as in the egress network, where names of the internet resolve. */
function renderAllowedZone(
  rendering: Rendering,
  network: Network,
  egressNetwork: Address,
  domain: string,
): void {
  renderZone(rendering, network, allowedZone(domain), `${domain}.`, "Allowed by the spec", {
    peeringConfig: { targetNetwork: { networkUrl: expr(`${egressNetwork}.id`) } },
  });
}
