/** The size of the egress firewall's rules. */
import type { Printer } from "../../../src/addresses/address";
import type { NetworkPlan } from "../../../src/plan/network-plan";
import { departuresOf, leavingZones } from "../../shared/zones";
import { protocolOf, ruleName } from "../render/egress-rules";
import { description } from "../render/naming";

/**
 * Rules as the API takes them, in bytes: a group of collections has a limit for all of them together.
 * https://learn.microsoft.com/en-us/rest/api/virtualnetwork/firewall-policy-rule-collection-groups/create-or-update
 */
export function firewallRuleBytes(plan: NetworkPlan, printer: Printer): number {
  const none = {
    fqdnTags: [],
    webCategories: [],
    targetUrls: [],
    destinationAddresses: [],
    sourceIpGroups: [],
    httpHeadersToInsert: [],
  };
  const rules = leavingZones(plan).flatMap((zone) =>
    departuresOf(plan, zone).map((departure) => ({
      ruleType: "ApplicationRule",
      name: ruleName(departure),
      description: description(departure.because),
      protocols: [{ protocolType: protocolOf(departure).type, port: departure.port }],
      targetFqdns: [departure.name],
      sourceAddresses: [printer.cidr(zone.block)],
      terminateTLS: plan.inspection === "request",
      ...none,
    })),
  );
  return rules.length === 0 ? 0 : JSON.stringify(rules).length;
}
