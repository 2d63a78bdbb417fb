/** The firewall's application rules: whether a request passes. */
import { type Block, block, holds } from "../replay/blocks";
import { unless } from "../replay/fault";
import { matchesName } from "../replay/names";
import { type Dependent, dependent } from "../replay/quarantine";
import type { Exits, Host, Request, Verdict } from "../replay/reader";
import {
  type Attributes,
  blocks,
  mentions,
  references,
  resourcesOf,
  type TerraformDocument,
  text,
  texts,
} from "../terraform/document";
import { evaluate } from "../terraform/expressions";

const POLICY = "azurerm_firewall_policy";
const GROUP = "azurerm_firewall_policy_rule_collection_group";

interface Rule {
  readonly resource: string;
  readonly allow: boolean;
  readonly sources: Dependent<readonly (Block | "*")[]>;
  readonly names: readonly string[];
  /** `https 443` */
  readonly protocols: readonly string[];
  readonly ports: readonly number[];
}

/** In the order of the collections' priorities; network rules would come before all of them. */
function rulesIn(document: TerraformDocument): Rule[] {
  const groups = [...resourcesOf(document, GROUP)].sort(
    ([, a], [, b]) => Number(a["priority"]) - Number(b["priority"]),
  );
  return groups.flatMap(([name, group]) =>
    blocks(group, "application_rule_collection")
      .sort((a, b) => Number(a["priority"]) - Number(b["priority"]))
      .flatMap((collection) =>
        blocks(collection, "rule").map((rule) =>
          readRule(`${GROUP}.${name}`, collection["action"] === "Allow", rule),
        ),
      ),
  );
}

const readRule = (resource: string, allow: boolean, rule: Attributes): Rule => ({
  resource,
  allow,
  sources: dependent(rule, (inputs) =>
    texts(rule, "source_addresses").map((source) => {
      const range = String(evaluate(source, inputs));
      return range === "*" ? range : block(range);
    }),
  ),
  names: texts(rule, "destination_fqdns"),
  protocols: blocks(rule, "protocols").map(
    (one) => `${text(one, "type").toLowerCase()} ${text(one, "port")}`,
  ),
  ports: blocks(rule, "protocols").map((one) => Number(one["port"])),
});

export function exitsIn(document: TerraformDocument): Exits {
  const rules = rulesIn(document);
  const policies = [...resourcesOf(document, POLICY).values()];
  const firewalls = [...resourcesOf(document, "azurerm_firewall").values()];
  return {
    exitsBy: "packets",
    applications: ["tls", "http", "other"],
    inspector: POLICY,
    inspects: (from, request, cut) => judgedBy(rules, from, request, cut),
    letsPass: (from, request, cut) =>
      judgedBy(
        rules.filter(({ allow }) => allow),
        from,
        request,
        cut,
      ),
    begins: (from, { protocol, port }, cut) => {
      const found = rules.find(
        ({ allow, ports, sources }) =>
          allow && ports.includes(port) && holdsAny(sources.at(cut), from.address),
      );
      return { passes: protocol === "tcp" && found !== undefined, by: found?.resource ?? GROUP };
    },
    inspectors: () =>
      ["azurerm_firewall", POLICY, GROUP, "azurerm_public_ip"].flatMap((type) =>
        [...resourcesOf(document, type).keys()].map((name) => `${type}.${name}`),
      ),
    inspectionFaults: () =>
      [...resourcesOf(document, "azurerm_firewall")].flatMap(([name, body]) =>
        unless(
          text(body, "firewall_policy_id") === `\${${POLICY}.enclave.id}` &&
            references(body["ip_configuration"], "azurerm_subnet").join() === "enclave_firewall",
          `azurerm_firewall.${name}`,
          "it has another policy or another subnet",
        ),
      ),
    exitPatterns: (from, cut) => {
      const holding = rules.filter(({ allow, sources }) => allow && holdsAny(sources.at(cut), from.address));
      return { names: holding.flatMap(({ names }) => names), ports: holding.flatMap(({ ports }) => ports) };
    },
    decrypts: () =>
      policies.some((policy) => policy["tls_certificate"] !== undefined) &&
      mentions(Object.fromEntries(resourcesOf(document, GROUP)), '"terminate_tls":true'),
    exitSpansZones: () =>
      firewalls.every((firewall) => mentions(firewall["zones"], "var.availability_zones")),
  };
}

function judgedBy(rules: readonly Rule[], from: Host, request: Request, cut: readonly string[]): Verdict {
  const protocol = `${request.application === "tls" ? "https" : request.application} ${request.port}`;
  const decisive = rules.find(
    ({ protocols, names, sources }) =>
      protocols.includes(protocol) &&
      names.some((pattern) => matchesName(pattern, request.name)) &&
      holdsAny(sources.at(cut), from.address),
  );
  return { passes: decisive?.allow === true, by: decisive?.resource ?? GROUP };
}

const holdsAny = (ranges: readonly (Block | "*")[], at: number): boolean =>
  ranges.some((range) => range === "*" || holds(range, at));
