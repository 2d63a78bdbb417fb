/**
 * Application rules of the firewall: a collection for each zone that leaves, in which every name is bound to its port, and one
 * last that denies by name. There are no network rules: they would be asked first, and know no names.
 */
import type { FirewallPolicyRuleCollectionGroupApplicationRuleCollection as Collection } from "@cdktf/provider-azurerm/lib/firewall-policy-rule-collection-group";
import type { Printer } from "../../../src/addresses/address";
import type { NetworkPlan, PlannedDeparture, PlannedZone } from "../../../src/plan/network-plan";
import { shorten } from "../../shared/names";
import { unlessQuarantined } from "../../shared/rendering";
import { departuresOf, leavingZones } from "../../shared/zones";
import { description, RULE_NAME_LENGTH } from "./naming";
import { NOWHERE } from "./subnet-rules";

/** Priorities of collections; a zone's follows from its ordinal, which no neighbour moves. */
const COLLECTION_PRIORITIES = { zone: (ordinal: number): number => 1000 + ordinal, last: 65000 } as const;

export const ruleName = (departure: PlannedDeparture): string => shorten(departure.id, RULE_NAME_LENGTH);

export function ruleCollections(plan: NetworkPlan, printer: Printer): Collection[] {
  return [...leavingZones(plan).map((zone) => zoneCollection(plan, printer, zone)), lastCollection(plan)];
}

function zoneCollection(plan: NetworkPlan, printer: Printer, zone: PlannedZone): Collection {
  const departures = departuresOf(plan, zone).sort((a, b) => a.ordinal - b.ordinal);
  const sourceAddresses = [unlessQuarantined([zone.name], `"${printer.cidr(zone.block)}"`, `"${NOWHERE}"`)];
  return {
    name: zone.name,
    priority: COLLECTION_PRIORITIES.zone(zone.ordinal),
    action: "Allow",
    rule: departures.map((departure) => ({
      name: ruleName(departure),
      description: description(departure.because),
      sourceAddresses,
      destinationFqdns: [departure.name],
      protocols: [{ type: protocolOf(departure), port: departure.port }],
      ...(plan.inspection === "request" && departure.protocol === "tls" ? { terminateTls: true } : {}),
    })),
  };
}

const protocolOf = ({ protocol }: PlannedDeparture): "Http" | "Https" =>
  protocol === "http" ? "Http" : "Https";

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
    departuresOf(plan, zone).map((departure) => ({ departure, source: printer.cidr(zone.block) })),
  );
  const documents = rules.map(({ departure, source }) => ({
    ruleType: "ApplicationRule",
    name: ruleName(departure),
    description: description(departure.because),
    protocols: [{ protocolType: protocolOf(departure), port: departure.port }],
    targetFqdns: [departure.name],
    sourceAddresses: [source],
    terminateTLS: plan.inspection === "request",
    ...none,
  }));
  return documents.length === 0 ? 0 : JSON.stringify(documents).length;
}

/** On the ports of Azure's own names, and on every port that any zone may use. */
function lastCollection(plan: NetworkPlan): Collection {
  const own = plan.departures.map((departure) => ({ type: protocolOf(departure), port: departure.port }));
  const protocols = [{ type: "Http", port: 80 }, { type: "Https", port: 443 }, ...own];
  const distinct = [
    ...new Map(protocols.map((protocol) => [`${protocol.type} ${protocol.port}`, protocol])).values(),
  ].sort((a, b) => a.port - b.port);
  return {
    name: "enclave-everything-else",
    priority: COLLECTION_PRIORITIES.last,
    action: "Deny",
    rule: [
      {
        name: "everything_else",
        description: "What is not declared",
        sourceAddresses: ["*"],
        destinationFqdns: ["*"],
        protocols: distinct,
      },
    ],
  };
}
