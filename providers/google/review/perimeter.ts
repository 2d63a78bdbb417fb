/**
 * Google APIs without a perimeter reach the resources of everybody: a rule that only this cloud can break.
 */
import type { Diagnostic } from "../../../src/diagnostics/diagnostic";
import { finding, info, warning } from "../../../src/diagnostics/make";
import type { Waiver } from "../../../src/model/enclave";
import type { Endpoint, NetworkPlan } from "../../../src/plan/network-plan";
import { APIS, apiEndpoints, isApiEndpoint, isRegional } from "../data/services";
import { perimeterOf } from "../render/endpoint-policies";

const RULE = "google-perimeter";

export function* reviewPerimeter(plan: NetworkPlan): Iterable<Diagnostic> {
  const waivers = plan.waivers.filter(({ rule }) => rule === RULE);
  const breaking = perimeterOf(plan) === undefined ? apiEndpoints(plan) : [];
  // A waiver for one zone holds for that zone only.
  const isWaived = (endpoint: Endpoint): boolean =>
    endpoint.from.every((zone) => waivers.some((waiver) => covers(waiver, endpoint, zone)));
  for (const endpoint of breaking) if (!isWaived(endpoint)) yield reportBreach(endpoint);
  for (const waiver of waivers) yield reportWaiver(waiver, breaking);
  yield* noteEnforcement(plan);
}

const covers = (waiver: Waiver, endpoint: Endpoint, zone: string): boolean =>
  (waiver.zone === undefined || waiver.zone === zone) &&
  (waiver.endpoint === undefined || waiver.endpoint === endpoint.name);

function reportBreach({ name, path, service }: Endpoint): Diagnostic {
  const detail =
    `On google "${name}" is an address that reaches the resources of every customer of Google. ` +
    "A service perimeter keeps it to the own project, and needs google.accessPolicy and " +
    `google.projectNumber. What sets the rule aside: waive: [{ rule: ${RULE}, endpoint: ${name}, why: ` +
    "… }]";
  const summary = `"${name}" has no perimeter around it`;
  return finding(RULE, path, summary, detail, { facts: { endpoint: name, service } });
}

function reportWaiver(waiver: Waiver, breaking: readonly Endpoint[]): Diagnostic {
  const isUsed = breaking.some((endpoint) => endpoint.from.some((zone) => covers(waiver, endpoint, zone)));
  if (isUsed)
    return info("rule-waived", waiver.path, `rule ${RULE} is set aside`, `The reason given: ${waiver.why}`);
  const detail = "This line sets nothing aside today, and would hide a breach that comes later. Remove it.";
  return warning("waiver-unused", waiver.path, `rule ${RULE} holds without a waiver`, detail);
}

/** One note for all: the network alone enforces neither service nor right. */
function* noteEnforcement(plan: NetworkPlan): Iterable<Diagnostic> {
  const { endpoints } = plan;
  const [first] = endpoints;
  if (first === undefined) return;
  const perimeter = perimeterOf(plan) !== undefined;
  const lines = endpoints.map(
    (each) => `${each.name}: ${each.from.join(", ")} to ${enforcement(plan, each)}`,
  );
  const summary = "on google network, perimeter and identity policy each hold a part of what endpoints give";
  const detail = [...(endpoints.some(isApiEndpoint) ? [reachText(perimeter)] : []), ...lines].join("\n");
  const facts = { endpoints: endpoints.map(({ name }) => name), perimeter };
  yield info("google-enforcement", "privateEndpoints", summary, detail, { facts });
}

const reachText = (perimeter: boolean): string =>
  perimeter
    ? "The perimeter admits the services below, of the own project. Rights are IAM's, and not rendered."
    : "No perimeter: every customer's resources can be reached. Rights are IAM's, and not rendered.";

const RIGHTS = { read: "read", write: "write", "read-write": "read and write" } as const;

function enforcement(plan: NetworkPlan, endpoint: Endpoint): string {
  if (!isApiEndpoint(endpoint)) return "an address of its own. The service behind it decides on rights.";
  const { service, resources, access = "read" } = endpoint;
  const buckets = (resources.google ?? []).join(", ");
  const address = isRegional(plan, endpoint)
    ? `an address of ${service} alone`
    : "the one address of all Google APIs";
  return `${address}, port 443, for ${APIS[service].api}. IAM: ${RIGHTS[access]}${buckets && ` on ${buckets}`}.`;
}
