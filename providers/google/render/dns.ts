/**
 * DNS is a way out too: the metadata address answers any name for anybody, and no firewall rule sees it. A
 * private zone for the root answers "no such name" for all that no longer zone holds. The proxy resolves the
 * names of egress rules, so the enclave needs none of them.
 * https://docs.cloud.google.com/dns/docs/vpc-name-res-order
 */
import { DnsManagedZone } from "@cdktf/provider-google/lib/dns-managed-zone";
import { DnsPolicy } from "@cdktf/provider-google/lib/dns-policy";
import { DnsRecordSet } from "@cdktf/provider-google/lib/dns-record-set";
import type { SpecPath } from "../../../src/diagnostics/diagnostic";
import type { Endpoint, NetworkPlan } from "../../../src/plan/network-plan";
import { type Address, after, id, ref } from "../../shared/expressions";
import { privateZones, zoneSuffix } from "../../shared/private-zones";
import { domainOf, hasEgress, nameId, pathOf } from "../../shared/questions";
import { addResource, type Rendering } from "../../shared/resources";
import { apiDomain, apiDomains, apiEndpoints, hostsElsewhere, hostsOf } from "../data/services";
import { DNS_POLICY, EGRESS_NETWORK, NETWORK } from "./addresses";
import { labelled, named } from "./naming";
import { addressOf } from "./sites";

export function renderDns(rendering: Rendering): void {
  const { plan } = rendering;
  renderQueryLog(rendering, "enclave", NETWORK, `Logs the queries of enclave ${plan.name}`);
  // The proxy's queries for its clients are logged too. By a policy of its own: Terraform destroys a network before
  // it changes what no longer names it, so the proxy's network would go while a policy still stands on it.
  if (hasEgressNetwork(plan))
    renderQueryLog(
      rendering,
      "enclave_egress",
      EGRESS_NETWORK,
      "Logs the queries of the proxy",
      after(DNS_POLICY),
    );
  renderZone(rendering, "enclave_root", "", "Every name that nothing else here holds");
  for (const domain of apiDomains(plan)) renderApiZone(rendering, domain);
  for (const { endpoint, domain, names } of privateZones(plan)) {
    const zone = renderZone(
      rendering,
      serviceZone(endpoint, domain),
      domain,
      `Private endpoint ${endpoint.name}`,
    );
    for (const host of names)
      renderRecord(rendering, zone, serviceZone(endpoint, host), host, addressOf(rendering, endpoint));
  }
  // Answered as in the egress network, where names of the internet resolve.
  for (const { domain } of allowedDomains(plan))
    renderZone(rendering, allowedZone(domain), domain, "Allowed by the spec", EGRESS_NETWORK);
}

const renderQueryLog = (
  rendering: Rendering,
  name: string,
  network: Address,
  text: string,
  order = {},
): Address =>
  addResource(rendering, DnsPolicy, name, {
    ...named(rendering, name, text),
    enableLogging: true,
    // No alternative name servers: they would answer instead of every private zone here.
    enableInboundForwarding: false,
    networks: [{ networkUrl: id(network) }],
    ...order,
  });

/** `peer`: the network that answers in place of records. */
const renderZone = (rendering: Rendering, name: string, domain: string, text: string, peer?: Address) =>
  addResource(rendering, DnsManagedZone, name, {
    ...labelled(rendering, name, text),
    dnsName: `${domain}.`,
    visibility: "private",
    privateVisibilityConfig: { networks: [{ networkUrl: id(NETWORK) }] },
    ...(peer === undefined ? {} : { peeringConfig: { targetNetwork: { networkUrl: id(peer) } } }),
  });

function renderRecord(rendering: Rendering, zone: Address, name: string, host: string, ip: string): void {
  const record = { managedZone: ref(zone, "name"), name: `${host}.`, type: "A", ttl: 300, rrdatas: [ip] };
  addResource(rendering, DnsRecordSet, name, record);
}

/** Only the names of the services in use, so that no other Google API resolves. */
function renderApiZone(rendering: Rendering, domain: string): void {
  const name = `enclave_${nameId(domain)}`;
  const zone = renderZone(rendering, name, domain, "Google APIs inside the enclave");
  const addresses = new Map<string, string>();
  for (const endpoint of apiEndpoints(rendering.plan))
    for (const host of hostsOf(rendering.plan, endpoint)) addresses.set(host, addressOf(rendering, endpoint));
  for (const [host, address] of addresses)
    if (apiDomain(rendering.plan, host) === domain)
      renderRecord(rendering, zone, `enclave_${nameId(host)}`, host, address);
}

/** Names that `dns.allow` lets resolve are answered in the proxy's network, even without a proxy. */
export const hasEgressNetwork = (plan: NetworkPlan): boolean =>
  hasEgress(plan) || allowedDomains(plan).length > 0;

/** Opened by `dns.allow` with all names below them: a zone cannot hold less. */
export function allowedDomains(plan: NetworkPlan) {
  const found = new Map<string, { domain: string; patterns: string[]; path: SpecPath }>();
  // The API of another region is behind the address of all Google APIs, not on the internet.
  const inside = new Set(apiEndpoints(plan).flatMap((endpoint) => hostsElsewhere(plan, endpoint)));
  const explicit = plan.resolvable.filter(({ purpose }) => purpose === "explicit");
  for (const rule of explicit.filter(({ pattern }) => !inside.has(pattern))) {
    const domain = domainOf(rule.pattern);
    const { patterns, path } = found.get(domain) ?? { patterns: [], path: pathOf(rule, "dns.allow") };
    found.set(domain, { domain, patterns: [...patterns, rule.pattern], path });
  }
  return [...found.values()];
}

/** Terraform name of a zone or a record of a private endpoint, and of a name that the spec lets through. */
export const serviceZone = ({ id: endpoint }: Endpoint, name: string): string =>
  `enclave_service_${endpoint}${zoneSuffix(name)}`;
export const allowedZone = (domain: string): string => `enclave_allow_${nameId(domain)}`;
