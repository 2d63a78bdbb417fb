/**
 * Quotas of Google, counted on the plan before anything is rendered. Read on 2026-11-21:
 * https://docs.cloud.google.com/firewall/quotas, https://docs.cloud.google.com/dns/quotas
 * https://docs.cloud.google.com/secure-web-proxy/docs/cel-matcher-language-reference
 */
import type { Printer } from "../../../src/addresses/address";
import type { Diagnostic, SpecPath } from "../../../src/diagnostics/diagnostic";
import { warning } from "../../../src/diagnostics/make";
import type { NetworkPlan } from "../../../src/plan/network-plan";
import { pathOf } from "../../shared/paths";
import { namedEndpoints } from "../../shared/private-names";
import { judge, type Limits, type Quota } from "../../shared/quota";
import { allowedDomains, apiDomains } from "../render/dns";
import { egressRules, sessionMatcher } from "../render/egress-rules";
import { type PolicyRule, policyRules } from "../render/ways";

const LIMITS: Limits = {
  cloud: "Google",
  codes: { most: "google-quota", normal: "google-quota" },
  normally: ({ normal }) => `A project has ${normal} by default`,
};

export function reviewQuotas(plan: NetworkPlan, printer: Printer): Diagnostic[] {
  const input = { plan, printer };
  const rules = policyRules(input);
  const matchers = egressRules(plan).map((rule) => {
    const path = pathOf(rule, "egress");
    return { rule: rule.id, text: sessionMatcher(input, rule), path };
  });
  const quotas = [...rules.flatMap(quotasOfRule), ...matchers.map(operatorsOf), zonesOf(plan)];
  return [...quotas.flatMap((quota) => judge(LIMITS, quota)), ...reviewAttributes(rules)];
}

/** Of one rule, fixed: https://docs.cloud.google.com/firewall/quotas#limits */
const MOST_RANGES = 5000;

export function quotasOfRule({ name, direction, sources, destinations }: PolicyRule): Quota[] {
  const quota = (what: string, { length }: readonly string[]): Quota => ({
    what: `${what} of rule ${name} (${direction})`,
    count: length,
    normal: MOST_RANGES,
    most: MOST_RANGES,
    path: "flows",
  });
  return [quota("source ranges", sources), quota("destination ranges", destinations)];
}

/** Logical operators of one expression, fixed. */
const MOST_OPERATORS = 12;

/** A condition of a proxy rule, as Google reads it but for the parts that Terraform fills in. */
interface Matcher {
  readonly rule: string;
  readonly text: string;
  readonly path: SpecPath;
}

/** Terraform's own operators, within `${}`, are gone before the expression reaches Google. */
export function operatorsOf({ rule, text, path }: Matcher): Quota {
  const count = text.replaceAll(/\$\{[^}]*\}/g, "").match(/&&|\|\||!(?!=)/g)?.length ?? 0;
  return {
    what: `logical operators of proxy rule ${rule}`,
    count,
    normal: MOST_OPERATORS,
    most: MOST_OPERATORS,
    path,
  };
}

/** Private zones of a project: https://docs.cloud.google.com/dns/quotas */
const MOST_ZONES = 10_000;

function zonesOf(plan: NetworkPlan): Quota {
  const count = 1 + apiDomains(plan).length + namedEndpoints(plan).length + allowedDomains(plan).length;
  return { what: "DNS zones of the project", count, normal: MOST_ZONES, most: MOST_ZONES, path: "dns.allow" };
}

/** Google shows each project's own quota in its console and publishes none; this is where asking becomes wise. */
const MANY_ATTRIBUTES = 2000;

/** Ranges, protocols and ports of all rules: https://docs.cloud.google.com/firewall/quotas#per-firewall-policy-rule-attr-count */
export function attributesOf(rules: readonly PolicyRule[]): number {
  return rules.reduce((sum, { sources, destinations, traffic }) => {
    const protocols = new Set(traffic.map(({ protocol }) => protocol)).size;
    const ports = traffic.filter(({ protocol }) => protocol === "tcp" || protocol === "udp").length;
    return sum + sources.length + destinations.length + protocols + ports;
  }, 0);
}

function reviewAttributes(rules: readonly PolicyRule[]): Diagnostic[] {
  const count = attributesOf(rules);
  if (count <= MANY_ATTRIBUTES) return [];
  const detail =
    "The quota is the project's own: rule_attributes_per_global_network_firewall_policy of compute.googleapis.com in the console. Above it the apply fails.";
  return [
    warning(
      "google-rule-attributes",
      "flows",
      `the firewall policy has ${rules.length} rules with ${count} attributes`,
      detail,
      { facts: { rules: rules.length, attributes: count, threshold: MANY_ATTRIBUTES } },
    ),
  ];
}
