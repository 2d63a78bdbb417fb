/**
 * Google APIs without a perimeter reach the resources of everybody: a rule that only this cloud can break.
 */
import type { Diagnostic } from "../../../src/diagnostics/diagnostic";
import { error, finding, info, warning } from "../../../src/diagnostics/make";
import type { Waiver } from "../../../src/model/enclave";
import type { Endpoint, NetworkPlan } from "../../../src/plan/network-plan";
import { APIS, type ApiService, apiEndpoints, isApiEndpoint, isRegional } from "../data/services";
import { apisOfTerraform, isClosed, perimeterOf, restrictedApis } from "../render/endpoint-policies";

const RULE = "google-perimeter";

export function* reviewPerimeter(plan: NetworkPlan): Iterable<Diagnostic> {
  const waivers = plan.waivers.filter(({ rule }) => rule === RULE);
  const breaking = isClosed(plan) ? [] : apiEndpoints(plan);
  // A waiver for one zone holds for that zone only.
  const isWaived = (endpoint: Endpoint): boolean =>
    endpoint.from.every((zone) => waivers.some((waiver) => covers(waiver, endpoint, zone)));
  for (const endpoint of breaking) if (!isWaived(endpoint)) yield reportBreach(endpoint);
  for (const waiver of waivers) yield reportWaiver(waiver, breaking);
  yield* noteEnforcement(plan);
  yield* reviewSettings(plan);
  if (perimeterOf(plan) !== undefined && apiEndpoints(plan).length > 0) yield notePerimeter(plan);
}

const covers = (waiver: Waiver, endpoint: Endpoint, zone: string): boolean =>
  (waiver.zone === undefined || waiver.zone === zone) &&
  (waiver.endpoint === undefined || waiver.endpoint === endpoint.name);

function reportBreach({ name, path, service }: Endpoint): Diagnostic {
  const detail =
    `On google "${name}" is an address that reaches the resources of every customer of Google. ` +
    "A service perimeter keeps it to the own project, and needs google.accessPolicy and " +
    "google.projectNumber, or google.perimeter.existing; a dry run closes nothing. " +
    `What sets the rule aside: waive: [{ rule: ${RULE}, endpoint: ${name}, why: ` +
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

/** A perimeter that stands already takes no settings, and one that closes Terraform out is told. */
function* reviewSettings(plan: NetworkPlan): Iterable<Diagnostic> {
  const { existing, ...own } = plan.settings.google.perimeter ?? {};
  const [setting] = Object.keys(own);
  if (existing !== undefined && setting !== undefined) {
    const detail = "Its owner decides what it holds and who comes in. Nothing of it is rendered.";
    const summary = "a perimeter that stands already takes no settings of the spec";
    yield error("google-perimeter-settings", `google.perimeter.${setting}`, summary, detail);
  }
  const perimeter = perimeterOf(plan);
  const called = apisOfTerraform(plan);
  if (perimeter === undefined || perimeter.dryRun || called.length === 0) return;
  if (perimeter.ingressFrom.length > 0 || perimeter.accessLevels.length > 0) return;
  const detail =
    `After the first apply Terraform no longer reaches ${called.join(", ")} from outside: no plan, no ` +
    "quarantine and no destroy. Name who runs it in google.perimeter.ingressFrom, or make sure that the " +
    "policy's owner lets them in.";
  const summary = "the perimeter closes services that Terraform calls, and lets nobody in";
  yield warning("google-no-way-in", "google.accessPolicy", summary, detail, { facts: { called } });
}

/** https://docs.cloud.google.com/vpc-service-controls/docs/service-perimeters */
function notePerimeter(plan: NetworkPlan): Diagnostic {
  const [closed, called] = [restrictedApis(plan), apisOfTerraform(plan)];
  const detail =
    `From outside the project, ${closed.join(", ")} are closed, to Terraform too, which calls ` +
    `${called.join(", ") || "none of them"}: google.perimeter.ingressFrom names who runs it. ` +
    "Other networks of the project reach only these services, and none that a perimeter could close beside " +
    "them. A project in another perimeter is refused: then name that one in google.perimeter.existing. " +
    "Whoever applies as a person sets USER_PROJECT_OVERRIDE and GOOGLE_BILLING_PROJECT. " +
    "A change takes up to 30 minutes.";
  const summary = "on google the perimeter is around the whole project, for everybody and Terraform";
  return info("google-perimeter-reach", "google.accessPolicy", summary, detail, {
    facts: { closed, called },
  });
}

/** One note for all: the network alone enforces neither service nor right. */
function* noteEnforcement(plan: NetworkPlan): Iterable<Diagnostic> {
  const { endpoints } = plan;
  const [first] = endpoints;
  if (first === undefined) return;
  const perimeter = isClosed(plan);
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

const DEDICATED = "Dedicated endpoints of Vertex AI do not resolve: reach them by custom.";

/**
 * Parts of a service that do not answer inside.
 * https://docs.cloud.google.com/vertex-ai/docs/predictions/choose-endpoint-type
 * https://docs.cloud.google.com/artifact-registry/docs/securing-with-vpc-sc
 */
const KEPT_OUT: Partial<Record<ApiService, string>> = {
  "object-storage": "Signed URLs need a key of one's own: iamcredentials.googleapis.com does not resolve.",
  "model-api": DEDICATED,
  "ml-platform": DEDICATED,
  "container-registry":
    "A perimeter refuses mirror.gcr.io and what remote repositories fetch, until its owner lets them out.",
};

const RIGHTS = { read: "read", write: "write", "read-write": "read and write" } as const;

function enforcement(plan: NetworkPlan, endpoint: Endpoint): string {
  if (!isApiEndpoint(endpoint)) return "an address of its own. The service behind it decides on rights.";
  const { service, resources, access = "read" } = endpoint;
  const buckets = (resources.google ?? []).join(", ");
  const address = isRegional(plan, endpoint)
    ? `an address of ${service} alone`
    : "the one address of all Google APIs";
  const right = `${RIGHTS[access]}${buckets && ` on ${buckets}`}`;
  const besides = KEPT_OUT[service];
  return `${address}, port 443, for ${APIS[service].api}. IAM: ${right}.${besides ? ` ${besides}` : ""}`;
}
