/** Names on AWS: the resolver's firewall decides what resolves, private DNS where it leads. */
import type { PrivateEndpoint } from "../../model/enclave";
import { type Fault, faults, unless } from "../replay/fault";
import { matchesName } from "../replay/names";
import type { Host, Names } from "../replay/reader";
import {
  mentions,
  references,
  resourcesOf,
  resourceTypesLike,
  type TerraformDocument,
  text,
  texts,
} from "../terraform/document";
import { SEARCH } from "./hosts";
import { namesOf } from "./services";

const LIST = "aws_route53_resolver_firewall_domain_list";
const RULE = "aws_route53_resolver_firewall_rule";
const RULES = "aws_route53_resolver_firewall_rule_group";
const ASSOCIATION = "aws_route53_resolver_firewall_rule_group_association";
const CONFIG = "aws_route53_resolver_firewall_config";
const VPC = "${aws_vpc.enclave.id}";

export function namesIn(
  document: TerraformDocument,
  region: string,
  endpointsFor: (endpoint: PrivateEndpoint) => readonly Host[],
): Names {
  const rules = rulesIn(document);
  const [associated] = [...resourcesOf(document, ASSOCIATION)].filter(
    ([, each]) => text(each, "vpc_id") === VPC,
  );
  const inForce =
    associated !== undefined && references(associated[1]["firewall_rule_group_id"], RULES).length > 0;
  const isClosed = [...resourcesOf(document, CONFIG).values()].some(
    (config) => text(config, "firewall_fail_open") === "DISABLED" && text(config, "resource_id") === VPC,
  );
  return {
    resolves: (name) => {
      if (!inForce) return { passes: true, by: ASSOCIATION };
      if (!isClosed) return { passes: true, by: CONFIG };
      const decisive = rules.find(({ domains }) => domains.some((each) => matchesName(each, name)));
      return { passes: decisive?.allows ?? true, by: decisive?.list ?? RULE };
    },
    namePatterns: () => rules.flatMap(({ domains }) => domains),
    namesOf: (endpoint) => namesOf(endpoint, region),
    leadsOutside: (endpoint) =>
      endpointsFor(endpoint).flatMap((host) => leadsOutside(document, endpoint, host)),
    otherResolvers: () =>
      faults(
        resourceTypesLike(document, /dhcp_options|resolver_endpoint|resolver_rule(_assoc|$)/),
        "another resolver could answer",
      ),
  };
}

interface NameRule {
  readonly list: string;
  readonly allows: boolean;
  readonly domains: readonly string[];
}

/** In the order of their priorities; what the list says without the dot at the end. */
function rulesIn(document: TerraformDocument): NameRule[] {
  const lists = resourcesOf(document, LIST);
  return [...resourcesOf(document, RULE).values()]
    .sort((a, b) => Number(a["priority"]) - Number(b["priority"]))
    .flatMap((rule) =>
      references(rule["firewall_domain_list_id"], LIST).map((name) => ({
        list: `${LIST}.${name}`,
        allows: rule["action"] !== "BLOCK",
        domains: texts(lists.get(name), "domains").map((domain) => domain.replace(/\.$/, "")),
      })),
    );
}

/** By a private zone with a record that leads to the endpoint, or by the private names of the service itself. */
function leadsOutside(document: TerraformDocument, endpoint: PrivateEndpoint, host: Host): Fault[] {
  if (host.resource.startsWith(`${SEARCH}.`)) return [];
  const name = host.resource.slice(host.resource.indexOf(".") + 1);
  const body = resourcesOf(document, "aws_vpc_endpoint").get(name);
  if (host.subnet === undefined) return [];
  if (endpoint.service !== "custom")
    return unless(
      body?.["private_dns_enabled"] === true,
      host.resource,
      "its names are looked for in public",
    );
  const zone = resourcesOf(document, "aws_route53_zone").get(name);
  const record = resourcesOf(document, "aws_route53_record").get(name);
  const own = text(zone, "name") === endpoint.dnsName && mentions(zone?.["vpc"], "aws_vpc.enclave.");
  const leads =
    text(record, "name") === endpoint.dnsName &&
    mentions(record?.["zone_id"], `aws_route53_zone.${name}.`) &&
    references(record?.["alias"], "aws_vpc_endpoint").join() === name;
  return unless(own && leads, host.resource, `no private name "${endpoint.dnsName}" leads to it`);
}
