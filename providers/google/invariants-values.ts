/**
 * Every value that a document gives a resource, compared with what the plan makes of it. It has the last word, when nothing that
 * holds for every enclave is broken: then a value that opens something is still not written unless somebody planned it.
 */
import type { NetworkPlan } from "../../src/plan/network-plan";
import type { TerraformDocument } from "../../src/provider";
import { resourcesOf, resourceTypes, text } from "../document";
import { printerFrom } from "../invariants";
import { differingStatements, type Statement } from "../statements";
import { brokenContents } from "./invariants-contents";
import { plannedEgress } from "./planned-egress";
import { plannedEndpoints } from "./planned-endpoints";
import { plannedLogs } from "./planned-logs";
import { plannedNames } from "./planned-names";
import { plannedNetwork } from "./planned-network";

export function brokenValues(document: TerraformDocument, plan: NetworkPlan): string[] {
  const first = resourcesOf(document, "google_compute_subnetwork").get(`${plan.zones[0]?.id}_1`);
  const planned = { plan, printer: printerFrom(plan, text(first, "ip_cidr_range")) };
  const statements = new Map([
    ...plannedNetwork(planned),
    ...plannedEgress(planned),
    ...plannedEndpoints(planned),
    ...plannedNames(planned),
    ...plannedLogs(plan),
  ]);
  return [...brokenContents(document, planned), ...differingStatements(statementsOf(document), statements, WITHOUT_EFFECT)];
}

/** Rules of the policy have words of their own, in `invariants-contents.ts`. */
const statementsOf = (document: TerraformDocument): Statement[] =>
  resourceTypes(document).flatMap((type) =>
    [...resourcesOf(document, type)].map(([name, { rule, ...body }]): Statement => [`${type}.${name}`, body]),
  );

/** What only a reader sees: compared where the plan says something of it. */
const WITHOUT_EFFECT = ["name", "description", "labels"];
