/** What the network firewall's rules say of one connection, read in their strict order. */

import type { TerraformDocument } from "../terraform/document";
import { nested, resourcesOf, text, texts } from "../terraform/document";
import { evaluate } from "../terraform/expressions";
import { block } from "./network";

interface Rule {
  readonly action: string;
  readonly protocol: string;
  readonly source: string;
  readonly ports: string;
  readonly options: string;
}

const parse = (line: string): Rule[] => {
  const [, action = "", protocol = "", source = "", ports = "", options = ""] =
    /^(\w+) (\w+) (\S+) any -> \S+ (\S+) \((.*)\)$/.exec(line) ?? [];
  if (action === "") throw new Error(`unread: ${line}`);
  return action === "alert" ? [] : [{ action, protocol, source, ports, options }];
};

/** Whether a connection over TCP from the address to a host of that name passes. The handshake alone is not asked about. */
export function judgedByFirewall(
  document: TerraformDocument,
  from: number,
  name: string,
  port: number,
  cut: readonly string[],
): boolean {
  const policy = nested(
    resourcesOf(document, "aws_networkfirewall_firewall_policy").get("enclave"),
    "firewall_policy",
  );
  const falls = texts(policy, "stateful_default_actions").some((action) => action.startsWith("aws:drop"));
  const forwards = texts(policy, "stateless_default_actions").join() === "aws:forward_to_sfe";
  if (!forwards) return true;
  for (const group of resourcesOf(document, "aws_networkfirewall_rule_group").values()) {
    const rules = nested(group, "rule_group");
    const sets = (nested(rules, "rule_variables")?.["ip_sets"] ?? []) as {
      key: string;
      ip_set: { definition: string[] };
    }[];
    const source = new Map(
      sets.map(({ key, ip_set: { definition } }) => [
        `$${key}`,
        definition.map((each) => String(evaluate(each, { quarantine: cut }))),
      ]),
    );
    const lines = text(nested(rules, "rules_source"), "rules_string").split("\n").flatMap(parse);
    const decisive = lines.find((rule) => matches(rule, source, from, name, port));
    if (decisive !== undefined) return decisive.action === "pass";
  }
  return !falls;
}

function matches(
  rule: Rule,
  sets: ReadonlyMap<string, readonly string[]>,
  from: number,
  name: string,
  port: number,
): boolean {
  const application = port === 80 ? "http" : "tls";
  if (rule.protocol !== "tcp" && rule.protocol !== application) return false;
  const ranges = sets.get(rule.source)?.map(block);
  if (rule.source !== "any" && !ranges?.some(({ first, last }) => first <= from && from <= last))
    return false;
  const listed = rule.ports.replace(/[!\][]/g, "").split(",");
  if (rule.ports !== "any" && listed.includes(String(port)) === rule.ports.startsWith("!")) return false;
  return hasContent(rule.options, name);
}

function hasContent(options: string, name: string): boolean {
  const [, wanted] = /content:"([^"]+)"/.exec(options) ?? [];
  if (wanted === undefined) return true;
  if (!/(^|; ?)endswith;/.test(options)) return name.includes(wanted);
  return /(^|; ?)startswith;/.test(options) ? name === wanted : name.endsWith(wanted);
}
