/**
 * Google APIs without a perimeter reach the resources of everybody: a rule that only this cloud can break.
 * The network alone enforces neither service nor right, so a note on every endpoint says what does.
 */
import type { Diagnostic } from "../../../src/diagnostics/diagnostic";
import { finding, info, warning } from "../../../src/diagnostics/make";
import type { Waiver } from "../../../src/model/enclave";
import type { Endpoint, NetworkPlan } from "../../../src/plan/network-plan";
import { APIS, type ApiEndpoint, apiEndpoints, attachedEndpoints, isRegional } from "../data/services";
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
  for (const endpoint of apiEndpoints(plan)) yield noteApi(plan, endpoint);
  for (const endpoint of attachedEndpoints(plan))
    yield note(endpoint, "an address of its own. The service behind it decides on rights.");
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

const RIGHTS = { read: "read", write: "write", "read-write": "read and write" } as const;

function noteApi(plan: NetworkPlan, endpoint: ApiEndpoint): Diagnostic {
  const { service, resources } = endpoint;
  const { api } = APIS[service];
  const hasPerimeter = perimeterOf(plan) !== undefined;
  const bundle = isRegional(plan) ? "" : " and every API of the bundle";
  const perimeter = hasPerimeter
    ? `Perimeter: ${api} of the own project.`
    : `No perimeter: every customer's resources${bundle} can be reached.`;
  const access = RIGHTS[endpoint.access ?? "read"];
  const buckets = (resources.google ?? []).join(", ");
  const identity = `Identity policy, which is not rendered: ${access}${buckets && ` on ${buckets}`}.`;
  const address = isRegional(plan) ? `an address of ${service} alone` : "the one address of all Google APIs";
  const facts = { apis: [api], access, perimeter: hasPerimeter };
  return note(endpoint, `${address}, port 443. ${perimeter} ${identity}`, facts);
}

function note({ name, path, from }: Endpoint, rest: string, facts: Diagnostic["facts"] = {}): Diagnostic {
  const detail = `Network: ${from.join(", ")} to ${rest}`;
  const all = { endpoint: name, zones: from, ...facts };
  return info("google-enforcement", path, `how "${name}" is enforced on google`, detail, { facts: all });
}
