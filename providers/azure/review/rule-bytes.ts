/** The size of the egress firewall's rules, for which a group of collections has one limit. */
import type { Printer } from "../../../src/addresses/address";
import type { NetworkPlan } from "../../../src/plan/network-plan";
import { zoneNamed } from "../../shared/zones";
import { protocolOf, ruleName } from "../render/egress-rules";
import { description } from "../render/naming";

const LISTS = ["fqdnTags", "webCategories", "targetUrls", "destinationAddresses", "sourceIpGroups"] as const;
const EMPTY = Object.fromEntries([...LISTS, "httpHeadersToInsert"].map((list) => [list, []]));

/**
 * Rules as the API takes them, in bytes.
 * https://learn.microsoft.com/en-us/rest/api/virtualnetwork/firewall-policy-rule-collection-groups/create-or-update
 */
export function firewallRuleBytes(plan: NetworkPlan, printer: Printer): number {
  const rules = plan.departures.map((departure) => ({
    ruleType: "ApplicationRule",
    name: ruleName(departure),
    description: description(departure.because),
    protocols: [{ protocolType: protocolOf(departure).type, port: departure.port }],
    targetFqdns: [departure.name],
    sourceAddresses: [printer.cidr(zoneNamed(plan.zones, departure.zone).block)],
    terminateTLS: plan.inspection === "request",
    ...EMPTY,
  }));
  return rules.length === 0 ? 0 : JSON.stringify(rules).length;
}
