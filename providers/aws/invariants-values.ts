/**
 * Every value that a document gives a resource, compared with what the plan makes of it. It has the last word, when nothing that
 * holds for every enclave is broken: then a value that opens something is still not written unless somebody planned it.
 */
import type { NetworkPlan } from "../../src/plan/network-plan";
import type { TerraformDocument } from "../../src/plan/provider";
import { resourcesOf, resourceTypes } from "../shared/document";
import { plannedVariables, variablesIn } from "../shared/planned-variables";
import { differingStatements, type Statement } from "../shared/statements";
import { zoneNamesOf } from "./data/regions";
import { resourceIdRules } from "./data/resource-ids";
import { printerOf } from "./planned";
import { plannedEgress } from "./planned-egress";
import { plannedEndpoints } from "./planned-endpoints";
import { plannedLogs } from "./planned-logs";
import { plannedNames } from "./planned-names";
import { plannedNetwork } from "./planned-network";
import { plannedRules } from "./planned-rules";

export function brokenValues(document: TerraformDocument, plan: NetworkPlan): string[] {
  const planned = { plan, printer: printerOf(document, plan) };
  const statements: Statement[] = [
    ...plannedNetwork(planned),
    ...plannedRules(planned),
    ...plannedEgress(planned),
    ...plannedEndpoints(plan),
    ...plannedNames(plan),
    ...plannedLogs(plan),
    ...plannedVariables(plan, zoneNamesOf(plan), resourceIdRules(plan)),
  ];
  return differingStatements(statementsOf(document), new Map(statements.map(withPolicies)), WITHOUT_EFFECT);
}

const statementsOf = (document: TerraformDocument): Statement[] =>
  [
    ...resourceTypes(document).flatMap((type) =>
      [...resourcesOf(document, type)].map(([name, body]): Statement => [`${type}.${name}`, body]),
    ),
    ...variablesIn(document),
    ...Object.entries((document["locals"] ?? {}) as object).map(
      ([name, value]): Statement => [`local.${name}`, { value }],
    ),
  ].map(withPolicies);

const POLICIES = ["policy", "policy_document", "assume_role_policy"];

/** A policy is a text, in which more is said in JSON. */
function withPolicies([subject, values]: Statement): Statement {
  const texts = POLICIES.filter((argument) => values[argument] !== undefined);
  return texts.length === 0
    ? [subject, values]
    : [subject, { ...values, ...Object.fromEntries(texts.map((name) => [name, parsed(values[name])])) }];
}

function parsed(value: unknown): unknown {
  if (typeof value !== "string") return value;
  try {
    return JSON.parse(value) as unknown;
  } catch {
    return value;
  }
}

/** What only a reader sees, and what has to be true of a variable: compared where the plan says something of it. */
const WITHOUT_EFFECT = ["description", "tags", "comment", "type", "validation"];
