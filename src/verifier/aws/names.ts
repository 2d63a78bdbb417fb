/** Names on AWS: the resolver's firewall decides what resolves, private DNS where it leads. */
import type { PrivateEndpoint } from "../../model/enclave";
import { type Fault, faults, reading, unless } from "../replay/fault";
import { matchesName } from "../replay/names";
import type { Host } from "../replay/paths";
import type { Names } from "../replay/reader";
import {
  type Attributes,
  blocks,
  mentions,
  nested,
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
  const [associated] = [...resourcesOf(document, ASSOCIATION)].filter(
    ([, each]) => text(each, "vpc_id") === VPC,
  );
  const [group] = references(associated?.[1]["firewall_rule_group_id"], RULES);
  const rules = group === undefined ? [] : rulesIn(document, group);
  const isClosed = [...resourcesOf(document, CONFIG).values()].some(
    (config) => text(config, "firewall_fail_open") === "DISABLED" && text(config, "resource_id") === VPC,
  );
  return {
    resolves: (name) => {
      if (group === undefined) return { passes: true, by: ASSOCIATION };
      if (!isClosed) return { passes: true, by: CONFIG };
      const decisive = rules.find(({ domains }) => domains.some((each) => matchesName(each, name)));
      return { passes: decisive?.allows ?? true, by: decisive?.list ?? RULE };
    },
    namePatterns: () => rules.flatMap(({ domains }) => domains),
    namesOf: (endpoint) => namesOf(endpoint, region),
    // https://docs.aws.amazon.com/vpc/latest/userguide/AmazonDNS-concepts.html
    hostDomain: () => (region === "us-east-1" ? "ec2.internal" : `${region}.compute.internal`),
    leadsOutside: (endpoint) =>
      endpointsFor(endpoint).flatMap((host) => leadsOutside(document, endpoint, host)),
    otherResolvers: () =>
      faults(
        resourceTypesLike(document, /dhcp_options|resolver_endpoint|resolver_rule(_assoc|$)/),
        "another resolver could answer",
      ),
  };
}

const aliasOf = (record: Attributes | undefined): string | undefined => {
  const [alias] = blocks(record, "alias");
  const [, entry] = /^\$\{(.+)\.dns_name\}$/.exec(text(alias, "name")) ?? [];
  return text(alias, "zone_id") === `\${${entry}.hosted_zone_id}` ? entry : undefined;
};

interface NameRule {
  readonly list: string;
  readonly allows: boolean;
  readonly domains: readonly string[];
}

/** In the order of their priorities; what the list says without the dot at the end. */
function rulesIn(document: TerraformDocument, group: string): NameRule[] {
  const lists = resourcesOf(document, LIST);
  return [...resourcesOf(document, RULE)]
    .filter(([, rule]) => references(rule["firewall_rule_group_id"], RULES).join() === group)
    .sort(([, a], [, b]) => Number(a["priority"]) - Number(b["priority"]))
    .flatMap(([name, rule]) =>
      references(rule["firewall_domain_list_id"], LIST).map((list) => ({
        list: `${LIST}.${list}`,
        allows: reading(`${RULE}.${name}`, () => allows(rule)),
        domains: texts(lists.get(list), "domains").map((domain) => domain.replace(/\.$/, "")),
      })),
    );
}

/** Names of content networks are aliases of names that nobody lists. */
function allows(rule: Attributes): boolean {
  const action = text(rule, "action");
  if (action === "BLOCK" && text(rule, "block_response") === "NXDOMAIN") return false;
  if (action === "ALERT") return true;
  const trusted = text(rule, "firewall_domain_redirection_action") === "TRUST_REDIRECTION_DOMAIN";
  if (action === "ALLOW" && trusted) return true;
  throw new Error("it neither lets names resolve nor denies that they exist");
}

/**
 * By a private zone with a record that leads to the endpoint, or by the private names of the service itself.
 */
function leadsOutside(document: TerraformDocument, endpoint: PrivateEndpoint, host: Host): Fault[] {
  if (host.resource.startsWith(`${SEARCH}.`)) return [];
  const name = host.resource.slice(host.resource.indexOf(".") + 1);
  const body = resourcesOf(document, "aws_vpc_endpoint").get(name);
  if (host.subnet === undefined) return [];
  const vpc = resourcesOf(document, "aws_vpc").get("enclave");
  if (vpc?.["enable_dns_support"] !== true || vpc["enable_dns_hostnames"] !== true)
    return unless(false, "aws_vpc.enclave", "it does not answer with private names");
  if (endpoint.service !== "custom")
    return unless(
      body?.["private_dns_enabled"] === true,
      host.resource,
      "its names are looked for in public",
    );
  return endpoint.dnsNames.flatMap((each) =>
    unless(
      body?.["private_dns_enabled"] === false && answerTo(document, each) === host.resource,
      host.resource,
      `no private name "${each}" leads to it`,
    ),
  );
}

/** A record of a name, or a wildcard, in a zone of the network. */
interface Answer {
  readonly name: string;
  /** Terraform address of the endpoint that it is an alias of. */
  readonly leadsTo: string | undefined;
}

/** Of the zones that hold a name the one with the longest asks its records: an exact one, else the nearest wildcard. */
function answerTo(document: TerraformDocument, name: string): string | undefined {
  const asked = name.replace(/^\*\./, "any.").toLowerCase();
  const [zone] = [...resourcesOf(document, "aws_route53_zone")]
    .flatMap(([id, body]) =>
      text(nested(body, "vpc"), "vpc_id") === VPC ? [{ id, domain: text(body, "name").toLowerCase() }] : [],
    )
    .filter(({ domain }) => `.${asked}`.endsWith(`.${domain}`))
    .sort((a, b) => b.domain.length - a.domain.length);
  const answers = [...resourcesOf(document, "aws_route53_record").values()].flatMap((record): Answer[] => {
    if (zone === undefined || !mentions(record["zone_id"], `aws_route53_zone.${zone.id}.`)) return [];
    const entry = text(record, "type") === "A" ? aliasOf(record) : undefined;
    return [
      { name: text(record, "name").toLowerCase(), leadsTo: /^(.+)\.dns_entry\[0\]$/.exec(entry ?? "")?.[1] },
    ];
  });
  const matching = answers
    .filter((each) => matchesName(each.name, asked))
    .sort((a, b) => b.name.length - a.name.length);
  return (matching.find((each) => each.name === asked) ?? matching[0])?.leadsTo;
}
