/**
 * Quotas of Google, counted on the plan. Read on 2026-11-21:
 * https://docs.cloud.google.com/firewall/quotas, https://docs.cloud.google.com/dns/quotas
 * https://docs.cloud.google.com/secure-web-proxy/docs/cel-matcher-language-reference
 */
import type { Printer } from "../../../src/addresses/address";
import type { Diagnostic } from "../../../src/diagnostics/diagnostic";
import { warning } from "../../../src/diagnostics/make";
import type { NetworkPlan } from "../../../src/plan/network-plan";
import { privateZones } from "../../shared/private-zones";
import { pathOf } from "../../shared/questions";
import { fixed, type Quota, reviewQuotas } from "../../shared/review/quotas";
import { apiDomains } from "../data/services";
import { allowedDomains } from "../render/dns";
import { egressRules, ruleId, sessionMatcher } from "../render/egress-rules";
import { type PolicyRule, policyRules } from "../render/ways";

export function* reviewAllQuotas(plan: NetworkPlan, printer: Printer): Iterable<Diagnostic> {
  const input = { plan, printer };
  const rules = policyRules(input);
  const operators = egressRules(plan).map((way) => {
    const what = `logical operators of proxy rule ${ruleId(plan, way)}`;
    return fixed(what, countOperators(sessionMatcher(input, way)), 12, pathOf(way, "egress"));
  });
  const zones = 1 + [...apiDomains(plan), ...privateZones(plan), ...allowedDomains(plan)].length;
  const zoneQuota = fixed("DNS zones of the project", zones, 10_000, "dns.allow");
  yield* reviewQuotas([...rules.flatMap(quotasOfRule), ...operators, zoneQuota], "google");
  yield* reviewAttributes(rules);
}

/** https://docs.cloud.google.com/firewall/quotas#limits */
export const quotasOfRule = ({ name, direction, ...rule }: PolicyRule): Quota[] =>
  (["source", "destination"] as const).map((end) =>
    fixed(`${end} ranges of rule ${name} (${direction})`, rule[`${end}s`].length, 5000, "flows"),
  );

/** Terraform's own operators, within `${}`, are gone before the expression reaches Google. */
export const countOperators = (matcher: string): number =>
  matcher.replaceAll(/\$\{[^}]*\}/g, "").match(/&&|\|\||!(?!=)/g)?.length ?? 0;

/** https://docs.cloud.google.com/firewall/quotas#per-firewall-policy-rule-attr-count */
export function attributesOf(rules: readonly PolicyRule[]): number {
  let sum = 0;
  for (const { sources, destinations, traffic } of rules) {
    const protocols = new Set(traffic.map(({ protocol }) => protocol));
    const ports = traffic.filter(({ protocol }) => protocol === "tcp" || protocol === "udp");
    sum += sources.length + destinations.length + protocols.size + ports.length;
  }
  return sum;
}

/** Google publishes no number, and shows each project its own in the console. It is wise to look there. */
function* reviewAttributes(rules: readonly PolicyRule[]): Iterable<Diagnostic> {
  const threshold = 2000;
  const count = attributesOf(rules);
  if (count <= threshold) return;
  const summary = `the firewall policy has ${rules.length} rules with ${count} attributes`;
  const detail =
    "The project has a quota of its own: rule_attributes_per_global_network_firewall_policy of " +
    "compute.googleapis.com in the console. Above it the apply fails.";
  const facts = { rules: rules.length, attributes: count, threshold };
  yield warning("google-rule-attributes", "flows", summary, detail, { facts });
}
