/**
 * The rule that only this cloud can break: Google APIs without a perimeter reach the resources of everybody. And what stands
 * behind every endpoint, said on every run, because here the network alone cannot enforce a service or a right.
 */
import type { Diagnostic } from "../../../src/diagnostics/diagnostic";
import { finding, info, warning } from "../../../src/diagnostics/make";
import type { Waiver } from "../../../src/model/enclave";
import type { Endpoint, NetworkPlan } from "../../../src/plan/network-plan";
import { endpointPath } from "../../shared/paths";
import { apiEndpoints, apiOf, attachedEndpoints, isRegional } from "../data/services";
import { perimeterOf } from "../render/endpoint-policies";

const RULE = "google-perimeter";

export function reviewPerimeter(plan: NetworkPlan): Diagnostic[] {
  return [
    ...judgeEndpoints(plan),
    ...judgeWaivers(plan),
    ...apiEndpoints(plan).map((endpoint) => enforcementOf(plan, endpoint)),
    ...attachedEndpoints(plan).map(attachedEnforcement),
  ];
}

const waiversOf = ({ waivers }: NetworkPlan): Waiver[] => waivers.filter(({ rule }) => rule === RULE);

/** A waiver for one zone speaks for that zone only, so every zone that uses the endpoint needs one. */
function isWaived(plan: NetworkPlan, endpoint: Endpoint): boolean {
  return endpoint.consumers.every(({ zone }) =>
    waiversOf(plan).some((waiver) => covers(waiver, endpoint, zone)),
  );
}

const covers = (waiver: Waiver, endpoint: Endpoint, zone: string): boolean =>
  (waiver.zone === undefined || waiver.zone === zone) &&
  (waiver.endpoint === undefined || waiver.endpoint === endpoint.name);

function judgeEndpoints(plan: NetworkPlan): Diagnostic[] {
  if (perimeterOf(plan) !== undefined) return [];
  return apiEndpoints(plan)
    .filter((endpoint) => !isWaived(plan, endpoint))
    .map((endpoint) => {
      const detail = `On google "${endpoint.name}" is an address that reaches the resources of every customer of Google. A service perimeter keeps it to the own project, and needs google.accessPolicy and google.projectNumber.`;
      const fix = `google: { accessPolicy: accessPolicies/1234, projectNumber: "123456789012" }\n# or set the rule aside:\nwaive:\n  - { rule: ${RULE}, endpoint: ${endpoint.name}, why: "why it may stand" }`;
      return finding(RULE, endpointPath(endpoint), `"${endpoint.name}" has no perimeter around it`, detail, {
        facts: { endpoint: endpoint.name, service: endpoint.service },
        fix,
      });
    });
}

/** As the other rules' waivers are reported: in use, or needless. */
function judgeWaivers(plan: NetworkPlan): Diagnostic[] {
  const needed = perimeterOf(plan) === undefined;
  return waiversOf(plan).map((waiver) => {
    const used =
      needed &&
      apiEndpoints(plan).some((endpoint) =>
        endpoint.consumers.some(({ zone }) => covers(waiver, endpoint, zone)),
      );
    if (used)
      return info("rule-waived", waiver.path, `rule ${RULE} is set aside`, `The reason given: ${waiver.why}`);
    const detail =
      "Nothing is set aside by this line today, and it would hide a breach that comes later. Remove it.";
    return warning("waiver-unused", waiver.path, `rule ${RULE} holds without a waiver`, detail);
  });
}

const RIGHTS = { read: "read", write: "write", "read-write": "read and write" } as const;

function enforcementOf(plan: NetworkPlan, endpoint: ReturnType<typeof apiEndpoints>[number]): Diagnostic {
  const zones = endpoint.consumers.map(({ zone }) => zone).join(", ");
  const apis = [apiOf(endpoint.service)];
  const perimeter =
    perimeterOf(plan) === undefined
      ? `No perimeter: every customer's resources${isRegional(plan) ? "" : " and every API of the bundle"} can be reached.`
      : `Perimeter: ${apis.join(", ")} of the own project.`;
  const access = RIGHTS[endpoint.access ?? "read"];
  const resources = endpoint.resources.google ?? [];
  const identity = `Identity policy, which is not rendered: ${access}${resources.length === 0 ? "" : ` on ${resources.join(", ")}`}.`;
  const address = isRegional(plan)
    ? `an address of ${endpoint.service} alone`
    : "the one address of all Google APIs";
  const detail = `Network: ${zones} to ${address}, port 443. ${perimeter} ${identity}`;
  return info(
    "google-enforcement",
    endpointPath(endpoint),
    `"${endpoint.name}": what holds it on google`,
    detail,
    {
      facts: {
        endpoint: endpoint.name,
        zones: endpoint.consumers.map(({ zone }) => zone),
        apis,
        access,
        perimeter: perimeterOf(plan) !== undefined,
      },
    },
  );
}

function attachedEnforcement(endpoint: Endpoint): Diagnostic {
  const zones = endpoint.consumers.map(({ zone }) => zone);
  const detail = `Network: ${zones.join(", ")} to an address of its own. Who may do what behind it is the service's to say.`;
  return info(
    "google-enforcement",
    endpointPath(endpoint),
    `"${endpoint.name}": what holds it on google`,
    detail,
    { facts: { endpoint: endpoint.name, zones } },
  );
}
