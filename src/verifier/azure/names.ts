/** Names on Azure: the DNS policy decides what resolves, private zones where it leads. */
import type { PrivateEndpoint } from "../../model/enclave";
import { type Fault, faults, unless } from "../replay/fault";
import { matchesName } from "../replay/names";
import type { Names } from "../replay/reader";
import {
  type Attributes,
  references,
  resourcesOf,
  type TerraformDocument,
  text,
  texts,
} from "../terraform/document";
import { misfitsOf } from "./arguments";
import type { Instance } from "./instances";
import { namesOf, targetsOf } from "./targets";
import { type DnsPolicy, resolves } from "./template";

const ENDPOINT = "azurerm_private_endpoint";
const ZONE = "azurerm_private_dns_zone";
const LINK = "azurerm_private_dns_zone_virtual_network_link";
const RECORD = "azurerm_private_dns_a_record";

export function namesIn(
  document: TerraformDocument,
  policy: DnsPolicy,
  region: string,
  found: (endpoint: PrivateEndpoint) => readonly Instance[],
): Names {
  const records = [...resourcesOf(document, RECORD)].map(([name, body]) => readRecord(document, name, body));
  return {
    resolves: (name) => ({ passes: resolves(policy, name), by: policy.resource }),
    namePatterns: () => patternsOf(policy),
    otherResolvers: () => [...otherResolvers(document, policy), ...strayRecords(document, records)],
    leadsOutside: (endpoint) =>
      found(endpoint).flatMap((instance) => wrongZones(document, endpoint, instance, records)),
    namesOf: (endpoint) => namesOf(endpoint, region),
    hostDomain: () => "internal.cloudapp.net",
  };
}

const patternsOf = ({ rules }: DnsPolicy): string[] =>
  rules.flatMap(({ domains }) => domains).filter((domain) => domain !== "");

/** Whoever answers instead of the policy and of the zones that endpoints write to. */
function otherResolvers(document: TerraformDocument, { misfits }: DnsPolicy): Fault[] {
  const writers = [ENDPOINT, RECORD].flatMap((type) => [...resourcesOf(document, type).values()]);
  const used = new Set(writers.flatMap((body) => references(body, ZONE)));
  return [
    ...faults(
      [...resourcesOf(document, ZONE).keys()]
        .filter((zone) => !used.has(zone))
        .map((zone) => `${ZONE}.${zone}`),
      "it answers for names of no endpoint",
    ),
    ...unless(
      texts(resourcesOf(document, "azurerm_virtual_network").get("enclave"), "dns_servers").length === 0,
      "azurerm_virtual_network.enclave",
      "it names resolvers of its own",
    ),
    ...misfits,
    ...misfitsOf(document, ZONE, LINK, RECORD, "azurerm_resource_group_template_deployment"),
  ];
}

/** A record beside those of Azure leads to a private endpoint whose names Azure does not write. */
function strayRecords(document: TerraformDocument, records: readonly ARecord[]): Fault[] {
  const silent = [...resourcesOf(document, ENDPOINT)].flatMap(([name, body]) =>
    body["private_dns_zone_group"] === undefined ? [addressOf(name)] : [],
  );
  return records.flatMap(({ resource, addresses }) =>
    unless(silent.includes(addresses), resource, "it leads to no endpoint of another's service"),
  );
}

interface ARecord {
  readonly resource: string;
  /** The whole name. */
  readonly name: string;
  /** Terraform name of its zone. */
  readonly zone: string;
  readonly addresses: string;
}

function readRecord(document: TerraformDocument, name: string, body: Attributes): ARecord {
  const zone = zoneIn(body, "zone_name");
  const domain = text(resourcesOf(document, ZONE).get(zone), "name");
  const label = text(body, "name");
  return {
    resource: `${RECORD}.${name}`,
    name: label === "@" ? domain : `${label}.${domain}`,
    zone,
    addresses: texts(body, "records").join(),
  };
}

/** By name in azurerm 4, by id in 5. */
const zoneIn = (body: Attributes, argument: string): string =>
  /^\$\{azurerm_private_dns_zone\.(\w+)\.(?:name|id)\}$/.exec(
    text(body, argument) + text(body, "private_dns_zone_id"),
  )?.[1] ?? "";

/**
 * Azure writes names of its own services into the zones of the endpoint; the name of another's is a record.
 */
function wrongZones(
  document: TerraformDocument,
  endpoint: PrivateEndpoint,
  { resource, name, target, part, zones, hubZones, isByPolicy }: Instance,
  all: readonly ARecord[],
): Fault[] {
  const own = all.filter(({ addresses }) => addresses === addressOf(name));
  const domains = zones.map((zone) => text(resourcesOf(document, ZONE).get(zone), "name"));
  const found = [...domains, ...hubZones, ...own.map((record) => record.name)];
  const wanted =
    targetsOf(endpoint).find(({ id, kind }) => id === target && kind.part === part)?.kind.zones ?? [];
  const linked = new Set(
    [...resourcesOf(document, LINK).values()].map((link) => zoneIn(link, "private_dns_zone_name")),
  );
  const unlinked = [...zones, ...own.map(({ zone }) => zone)].filter((zone) => !linked.has(zone));
  return [
    ...wanted.flatMap((domain) =>
      unless(
        isByPolicy || found.some((each) => each === domain || matchesName(each, domain)),
        resource,
        `names of ${domain} are looked for in public`,
      ),
    ),
    ...found.flatMap((domain) => unless(wanted.includes(domain), resource, `it takes names of ${domain}`)),
    ...unlinked.map((zone) => ({ resource: `${ZONE}.${zone}`, detail: "nothing links it to the network" })),
  ];
}

const addressOf = (endpoint: string): string =>
  `\${${ENDPOINT}.${endpoint}.private_service_connection[0].private_ip_address}`;
