/**
 * Every value that a document gives a resource, compared with what the plan makes of it. It has the last word, when nothing that
 * holds for every enclave is broken: then a value that opens something is still not written unless somebody planned it.
 */
import type { NetworkPlan } from "../../src/plan/network-plan";
import type { TerraformDocument } from "../../src/plan/provider";
import { blocks, resourcesOf, resourceTypes, text } from "../shared/document";
import { printerFrom } from "../shared/invariants";
import { plannedVariables, variablesIn } from "../shared/planned-variables";
import { differingStatements, type Statement } from "../shared/statements";
import { zoneNamesOf } from "./data/regions";
import { resourceIdRules } from "./data/resource-ids";
import { ruleSubject } from "./planned";
import { plannedEgress } from "./planned-egress";
import { plannedEndpoints } from "./planned-endpoints";
import { plannedLogs } from "./planned-logs";
import { plannedNames } from "./planned-names";
import { plannedNetwork } from "./planned-network";
import { plannedRules } from "./planned-rules";

export function brokenValues(document: TerraformDocument, plan: NetworkPlan): string[] {
  const first = resourcesOf(document, "google_compute_subnetwork").get(`${plan.zones[0]?.id}_1`);
  const planned = { plan, printer: printerFrom(plan, text(first, "ip_cidr_range")) };
  const statements = new Map([
    ...plannedNetwork(planned),
    ...plannedRules(planned),
    ...plannedEgress(planned),
    ...plannedEndpoints(planned),
    ...plannedNames(planned),
    ...plannedLogs(plan),
    ...plannedVariables(plan, zoneNamesOf(plan), resourceIdRules(plan)),
  ]);
  return differingStatements(statementsOf(document), statements, WITHOUT_EFFECT);
}

const statementsOf = (document: TerraformDocument): Statement[] => [
  ...resourceTypes(document).flatMap((type) =>
    [...resourcesOf(document, type)].flatMap(([name, { rule, ...body }]): Statement[] => [
      [`${type}.${name}`, body],
      ...blocks({ rule }, "rule").map((one): Statement => [ruleSubject(one["priority"]), one]),
    ]),
  ),
  ...variablesIn(document),
];

/** What only a reader sees, and what has to be true of a variable: compared where the plan says something of it. */
const WITHOUT_EFFECT = ["name", "rule_name", "description", "labels", "type", "validation"];
