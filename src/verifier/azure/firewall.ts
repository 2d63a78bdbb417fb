/**
 * The firewall's application rules: whether a request passes, and whether the rules are the ones that apply.
 */
import { type Block, block, holds } from "../replay/blocks";
import { type Fault, reading, unless } from "../replay/fault";
import { matchesName } from "../replay/names";
import type { Host, Verdict } from "../replay/paths";
import { type Dependent, dependent } from "../replay/quarantine";
import type { Application, Exits, Request } from "../replay/reader";
import {
  type Attributes,
  blocks,
  nested,
  resourcesOf,
  type TerraformDocument,
  text,
  texts,
} from "../terraform/document";
import { evaluate } from "../terraform/expressions";

const FIREWALL = "azurerm_firewall";
const POLICY = "azurerm_firewall_policy";
const GROUP = "azurerm_firewall_policy_rule_collection_group";
const ADDRESS = "azurerm_public_ip";
const SUBNET = "${local.enclave_firewall_subnet_ids[0]}";

export interface FirewallRule {
  readonly resource: string;
  readonly allow: boolean;
  readonly sources: Dependent<readonly (Block | "*")[]>;
  readonly names: readonly string[];
  readonly protocols: readonly { readonly application: Application; readonly port: number }[];
  readonly isDecrypted: boolean;
}

/**
 * In the order of the collections' priorities:
 * https://learn.microsoft.com/en-us/azure/firewall/rule-processing
 */
export function readFirewall(document: TerraformDocument): FirewallRule[] {
  const groups = [...resourcesOf(document, GROUP)].sort(([, a], [, b]) => rank(a) - rank(b));
  return groups.flatMap(([name, group]) =>
    reading(`${GROUP}.${name}`, () =>
      blocks(group, "application_rule_collection")
        .sort((a, b) => rank(a) - rank(b))
        .flatMap((collection) =>
          blocks(collection, "rule").map((rule) =>
            readRule(`${GROUP}.${name}`, collection["action"] === "Allow", rule),
          ),
        ),
    ),
  );
}

const rank = (body: Attributes): number => Number(body["priority"]);

function readRule(resource: string, allow: boolean, rule: Attributes): FirewallRule {
  const sources = dependent(rule, (inputs) =>
    texts(rule, "source_addresses").map((source) => {
      const range = String(evaluate(source, inputs));
      return range === "*" ? range : block(range);
    }),
  );
  sources.variants();
  return {
    resource,
    allow,
    sources,
    names: texts(rule, "destination_fqdns"),
    protocols: blocks(rule, "protocols").map((one) => ({
      application: one["type"] === "Https" ? "tls" : "http",
      port: Number(one["port"]),
    })),
    isDecrypted: rule["terminate_tls"] === true,
  };
}

export const holdsSource = (
  { sources }: FirewallRule,
  { address }: Pick<Host, "address">,
  cut: readonly string[],
): boolean => sources.at(cut).some((source) => source === "*" || holds(source, address));

export function exitsIn(document: TerraformDocument, rules: readonly FirewallRule[]): Exits {
  const policies = [...resourcesOf(document, POLICY).values()];
  const firewalls = [...resourcesOf(document, FIREWALL).values()];
  const allowing = rules.filter(({ allow }) => allow);
  return {
    exitsBy: "packets",
    applications: ["tls", "http", "other"],
    inspector: POLICY,
    inspects: (from, request, cut) => judgedBy(rules, from, request, cut),
    letsPass: (from, request, cut) => judgedBy(allowing, from, request, cut),
    begins: (from, { protocol, port }, cut) => {
      const found = allowing.find(
        (rule) => rule.protocols.some((one) => one.port === port) && holdsSource(rule, from, cut),
      );
      return { passes: protocol === "tcp" && found !== undefined, by: found?.resource ?? GROUP };
    },
    inspectors: () =>
      [FIREWALL, POLICY, GROUP, ADDRESS].flatMap((type) =>
        [...resourcesOf(document, type).keys()].map((name) => `${type}.${name}`),
      ),
    inspectionFaults: () => brokenFirewall(document, rules),
    exitPatterns: (from, cut) => {
      const holding = allowing.filter((rule) => holdsSource(rule, from, cut));
      return {
        names: holding.flatMap(({ names }) => names),
        ports: holding.flatMap(({ protocols }) => protocols.map(({ port }) => port)),
      };
    },
    decrypts: () =>
      policies.some((policy) => policy["tls_certificate"] !== undefined) &&
      rules.every((rule) => rule.isDecrypted || !isTls(rule)),
    // A firewall without zones is spread over all. An address that is asked for in fewer zones than a region
    // has is replaced by the next plan.
    exitSpansZones: () =>
      firewalls.every(({ zones }) => [undefined, "${var.availability_zones}"].includes(zones as string)) &&
      [...resourcesOf(document, ADDRESS).values()].every(({ zones }) => String(zones) === "1,2,3"),
  };
}

/**
 * Behind the last rule come names of Azure's own:
 * https://learn.microsoft.com/en-us/azure/firewall/infrastructure-fqdns
 */
function judgedBy(
  rules: readonly FirewallRule[],
  from: Host,
  { name, port, application }: Request,
  cut: readonly string[],
): Verdict {
  const decisive = rules.find(
    (rule) =>
      rule.protocols.some((one) => one.port === port && one.application === application) &&
      rule.names.some((pattern) => matchesName(pattern, name)) &&
      holdsSource(rule, from, cut),
  );
  return { passes: decisive?.allow === true, by: decisive?.resource ?? GROUP };
}

/**
 * Rules that are not the firewall's, that leave something to Azure's own, or that decrypt some requests and
 * not others.
 */
function brokenFirewall(document: TerraformDocument, rules: readonly FirewallRule[]): Fault[] {
  const groups = [...resourcesOf(document, GROUP)];
  const policies = [...resourcesOf(document, POLICY)];
  return [
    ...[...resourcesOf(document, FIREWALL)].flatMap(([name, firewall]) => {
      const [, policy] = policies.find(([each]) => idOf(each) === firewall["firewall_policy_id"]) ?? [];
      const places = blocks(firewall, "ip_configuration").map((each) => each["subnet_id"]);
      return [
        ...unless(policy !== undefined, `${FIREWALL}.${name}`, "it has no policy of the enclave"),
        ...unless(
          firewall["sku_tier"] === policy?.["sku"],
          `${FIREWALL}.${name}`,
          "its tier is not its policy's",
        ),
        ...unless(places.join() === SUBNET, `${FIREWALL}.${name}`, "it stands outside its subnet"),
        ...unless(
          groups.some(([, group]) => group["firewall_policy_id"] === firewall["firewall_policy_id"]),
          `${FIREWALL}.${name}`,
          "its policy has no rules",
        ),
      ];
    }),
    ...groups.flatMap(([name, group]) =>
      refusedCollections(
        `${GROUP}.${name}`,
        group,
        policies.map(([each]) => idOf(each)),
      ),
    ),
    ...policies.flatMap(([name, policy]) => undecided(`${POLICY}.${name}`, policy, rules)),
  ];
}

const idOf = (policy: string): string => `\${${POLICY}.${policy}.id}`;

function refusedCollections(resource: string, group: Attributes, policies: readonly string[]): Fault[] {
  const numbers = blocks(group, "application_rule_collection").map(rank);
  return [
    ...unless(policies.includes(text(group, "firewall_policy_id")), resource, "its rules are in no policy"),
    ...unless(new Set(numbers).size === numbers.length, resource, "two collections have one number"),
  ];
}

const isTls = ({ allow, protocols }: FirewallRule): boolean =>
  allow && protocols.some(({ application }) => application === "tls");

/** The standard tier cannot decrypt; the premium tier has to look into what it decrypts. */
function undecided(resource: string, policy: Attributes, rules: readonly FirewallRule[]): Fault[] {
  const decrypts = policy["tls_certificate"] !== undefined;
  const isPremium = policy["sku"] === "Premium";
  const secret = text(nested(policy, "tls_certificate"), "key_vault_secret_id");
  return [
    ...unless(
      isPremium === (policy["intrusion_detection"] !== undefined),
      resource,
      "its tier and its detection differ",
    ),
    ...unless(
      !decrypts || (isPremium && secret !== "" && policy["identity"] !== undefined),
      resource,
      "it cannot decrypt",
    ),
    ...rules.flatMap((rule) => {
      return unless(
        rule.isDecrypted === (decrypts && isTls(rule)),
        rule.resource,
        `${rule.names.join()} is decrypted otherwise than the rest`,
      );
    }),
  ];
}
