/**
 * Application rules of the firewall: a collection for each zone that leaves, and one last that denies the
 * rest, or Azure's own list of names would be asked. The firewall judges name, zone and port together, before
 * it translates addresses. Network rules would be asked first, and know no names, so there are none.
 * https://learn.microsoft.com/en-us/azure/firewall/rule-processing
 */
import type { FirewallPolicyRuleCollectionGroupApplicationRuleCollection as Collection } from "@cdktf/provider-azurerm/lib/firewall-policy-rule-collection-group";
import type { Printer } from "../../../src/addresses/address";
import type { NetworkPlan, PlannedDeparture, PlannedZone } from "../../../src/plan/network-plan";
import { quoted, unlessQuarantined } from "../../shared/expressions";
import { departuresOf, leavingZones } from "../../shared/questions";
import { description, ruleName } from "./naming";
import { NOWHERE } from "./ways";

export function ruleCollections(plan: NetworkPlan, printer: Printer): Collection[] {
  return [...leavingZones(plan).map((zone) => zoneCollection(plan, printer, zone)), lastCollection(plan)];
}

function zoneCollection(plan: NetworkPlan, printer: Printer, zone: PlannedZone): Collection {
  const departures = departuresOf(plan, zone).sort((a, b) => a.ordinal - b.ordinal);
  const range = quoted(printer.cidr(zone.block));
  const sourceAddresses = [unlessQuarantined([zone.name], range, quoted(NOWHERE))];
  return {
    name: zone.name,
    // No neighbour moves it.
    priority: 1000 + zone.ordinal,
    action: "Allow",
    rule: departures.map((departure) => ({
      name: ruleName(departure),
      description: description(departure.because),
      sourceAddresses,
      destinationFqdns: [departure.name],
      protocols: [protocolOf(departure)],
      ...(plan.inspection === "request" && departure.protocol === "tls" ? { terminateTls: true } : {}),
    })),
  };
}

export const protocolOf = ({ protocol, port }: PlannedDeparture) => ({
  type: protocol === "http" ? "Http" : "Https",
  port,
});

/** On the ports of Azure's own names, and on every port that any zone may use. */
function lastCollection({ departures }: NetworkPlan): Collection {
  const all = [{ type: "Http", port: 80 }, { type: "Https", port: 443 }, ...departures.map(protocolOf)];
  const protocols = new Map(all.map((protocol) => [protocol.port, protocol]));
  return {
    name: "enclave-everything-else",
    priority: 65000,
    action: "Deny",
    rule: [
      {
        name: "everything_else",
        description: "What is not declared",
        sourceAddresses: ["*"],
        destinationFqdns: ["*"],
        protocols: [...protocols.values()].sort((a, b) => a.port - b.port),
      },
    ],
  };
}
