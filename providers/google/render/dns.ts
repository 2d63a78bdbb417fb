/**
 * DNS is a way out too: the resolver at the metadata address answers any name for anybody, and no firewall rule sees it. A private
 * zone for the root answers every name that no longer zone holds with "no such name"; the longer zones are the needed ones. The
 * proxy itself resolves the names of egress rules, so the enclave needs none of them.
 * https://docs.cloud.google.com/dns/docs/vpc-name-res-order
 */
import { DnsManagedZone } from "@cdktf/provider-google/lib/dns-managed-zone";
import { DnsPolicy } from "@cdktf/provider-google/lib/dns-policy";
import { DnsRecordSet } from "@cdktf/provider-google/lib/dns-record-set";
import type { Endpoint, NetworkPlan } from "../../../src/plan/network-plan";
import { domainOf, namedEndpoints, within } from "../../shared/private-names";
import { type Address, addResource, id, type Rendering, ref } from "../../shared/rendering";
import { regionOf } from "../data/regions";
import { apiEndpoints, bundleHosts, isApiEndpoint, isRegional } from "../data/services";
import { labels, named } from "./naming";
import { regionalDomain, regionalHost } from "./regional-endpoints";
import { addressOf, type PlanWithPrinter } from "./sites";

/** Seconds; addresses of endpoints do not change. */
const TTL = 300;

interface DnsRecord {
  /** Terraform name. */
  readonly id: string;
  readonly name: string;
  readonly address: string;
}

/** A zone holds a name and everything below it, and cannot hold less. */
interface PrivateZone {
  /** Terraform name. */
  readonly id: string;
  /** With the final dot, as names of DNS in Google are written. */
  readonly dnsName: string;
  readonly description: string;
  readonly records: readonly DnsRecord[];
  /** Answers as the egress network does, where names of the internet resolve. */
  readonly isPeered?: boolean;
}

export function renderDns(rendering: Rendering, network: Address, egressNetwork: Address | undefined): void {
  const { plan } = rendering;
  // The proxy's queries for its clients are logged too.
  const networks = egressNetwork === undefined ? [network] : [network, egressNetwork];
  addResource(rendering, DnsPolicy, "enclave", {
    ...named(rendering, "enclave", `Logs the queries of enclave ${plan.name}`),
    enableLogging: true,
    // No alternative name servers: they would answer instead of every private zone here.
    enableInboundForwarding: false,
    networks: networks.map((each) => ({ networkUrl: id(each) })),
  });
  for (const zone of privateZones(rendering)) renderZone(rendering, network, egressNetwork, zone);
}

function renderZone(
  rendering: Rendering,
  network: Address,
  egressNetwork: Address | undefined,
  { id: zoneId, dnsName, description, records, isPeered = false }: PrivateZone,
): void {
  const peer = isPeered ? egressNetwork : undefined;
  const zone = addResource(rendering, DnsManagedZone, zoneId, {
    ...named(rendering, zoneId, description),
    dnsName,
    visibility: "private",
    privateVisibilityConfig: { networks: [{ networkUrl: id(network) }] },
    labels: labels(rendering),
    ...(peer === undefined ? {} : { peeringConfig: { targetNetwork: { networkUrl: id(peer) } } }),
  });
  for (const { id: recordId, name, address } of records)
    addResource(rendering, DnsRecordSet, recordId, {
      managedZone: ref(zone, "name"),
      name: `${name}.`,
      type: "A",
      ttl: TTL,
      rrdatas: [address],
    });
}

function privateZones(input: PlanWithPrinter): PrivateZone[] {
  const { plan } = input;
  const root = { id: "enclave_root", dnsName: ".", description: "Every name that nothing else here holds" };
  const apis = apiDomains(plan).map((domain) => ({
    id: `enclave_${idOfName(domain)}`,
    dnsName: `${domain}.`,
    description: "Google APIs inside the enclave",
    records: apiRecords(input, domain),
  }));
  const endpoints = namedEndpoints(plan).map((endpoint) => {
    const zone = serviceZone(endpoint);
    const name = endpoint.dnsName.toLowerCase();
    const records = [{ id: zone, name, address: addressOf(input, endpoint) }];
    return { id: zone, dnsName: `${name}.`, description: `Private endpoint ${endpoint.name}`, records };
  });
  const allowed = allowedDomains(plan).map((domain) => ({
    id: allowedZone(domain),
    dnsName: `${domain}.`,
    description: "Allowed by the spec",
    records: [],
    isPeered: true,
  }));
  return [{ ...root, records: [] }, ...apis, ...endpoints, ...allowed];
}

/** Only the names of the services in use, so that no other Google API resolves. */
function apiRecords(input: PlanWithPrinter, domain: string): DnsRecord[] {
  const records = new Map<string, DnsRecord>();
  for (const endpoint of apiEndpoints(input.plan))
    for (const name of hostsOf(input.plan, endpoint))
      if (within(name, domain))
        records.set(name, { id: `enclave_${idOfName(name)}`, name, address: addressOf(input, endpoint) });
  return [...records.values()];
}

/** Names by which an endpoint is reached; empty for one that is reached by its address. */
export function hostsOf(plan: NetworkPlan, endpoint: Endpoint): string[] {
  if (!isApiEndpoint(endpoint)) return endpoint.dnsName === undefined ? [] : [endpoint.dnsName];
  return isRegional(plan)
    ? [regionalHost(plan, endpoint.service)]
    : bundleHosts(endpoint.service, regionOf(plan));
}

/** `googleapis.com` of `storage.googleapis.com`: the domains of Google APIs that this plan has a zone for. */
export function apiDomains(plan: NetworkPlan): string[] {
  const apis = apiEndpoints(plan);
  if (isRegional(plan)) return apis.length === 0 ? [] : [regionalDomain(plan)];
  const hosts = apis.flatMap((endpoint) => hostsOf(plan, endpoint));
  return ["googleapis.com", "pkg.dev"].filter((domain) => hosts.some((host) => within(host, domain)));
}

/** Domains that `dns.allow` opens. */
export function allowedDomains(plan: NetworkPlan): string[] {
  const explicit = plan.resolvable.filter(({ purpose }) => purpose === "explicit");
  return [...new Set(explicit.map(({ pattern }) => domainOf(pattern)))].sort();
}

/** `any_pkg_dev` of `*.pkg.dev`. */
export const idOfName = (name: string): string => name.replace(/^\*\./, "any_").replaceAll(/[.-]/g, "_");

/** Terraform name of the zone of a private endpoint, and of a name that the spec lets through. */
export const serviceZone = ({ id: endpoint }: Endpoint): string => `enclave_service_${endpoint}`;
export const allowedZone = (domain: string): string => `enclave_allow_${idOfName(domain)}`;
