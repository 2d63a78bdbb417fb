/** What has to be there before the first apply of this very document. */
import type { Diagnostic } from "../../../src/diagnostics/diagnostic";
import { info } from "../../../src/diagnostics/make";
import type { NetworkPlan } from "../../../src/plan/network-plan";
import { hasEgress } from "../../shared/questions";
import { isApiEndpoint, isRegional } from "../data/services";
import { perimeterOf } from "../render/endpoint-policies";

/** APIs of the project that the resources belong to, without those of the services behind endpoints. */
function neededApis(plan: NetworkPlan): string[] {
  const { endpoints, inspection } = plan;
  const apis: readonly (readonly [name: string, isNeeded: boolean])[] = [
    ["compute", true],
    ["dns", true],
    ["logging", true],
    ["servicedirectory", isRegistered(plan)],
    ["networkconnectivity", endpoints.some((endpoint) => isRegional(plan, endpoint))],
    ["accesscontextmanager", perimeterOf(plan) !== undefined && endpoints.some(isApiEndpoint)],
    // https://docs.cloud.google.com/secure-web-proxy/docs/initial-setup-steps
    ["networksecurity", hasEgress(plan)],
    ["networkservices", hasEgress(plan)],
    ["privateca", hasEgress(plan) && inspection === "request"],
  ];
  return apis.flatMap(([name, isNeeded]) => (isNeeded ? [`${name}.googleapis.com`] : []));
}

/**
 * Service Directory has all endpoints but those of the region.
 * https://docs.cloud.google.com/vpc/docs/configure-private-service-connect-apis
 * https://docs.cloud.google.com/vpc/docs/configure-private-service-connect-services
 */
const isRegistered = (plan: NetworkPlan): boolean =>
  plan.endpoints.some((endpoint) => !isRegional(plan, endpoint));

/** https://docs.cloud.google.com/iam/docs/roles-permissions, by the resources of the document. */
function neededRoles(plan: NetworkPlan): string[] {
  const { endpoints, settings } = plan;
  const roles: readonly (readonly [role: string, isNeeded: boolean])[] = [
    ["compute.networkAdmin", true],
    ["compute.securityAdmin", true],
    ["dns.admin", true],
    ["logging.configWriter", true],
    ["servicedirectory.editor", isRegistered(plan)],
    ["networkconnectivity.regionalEndpointAdmin", endpoints.some((endpoint) => isRegional(plan, endpoint))],
  ];
  const ofProject = roles.flatMap(([role, isNeeded]) => (isNeeded ? [`roles/${role}`] : []));
  const hasPerimeter = perimeterOf(plan) !== undefined && endpoints.some(isApiEndpoint);
  return [
    ...ofProject,
    ...(hasPerimeter
      ? [`roles/accesscontextmanager.policyEditor on ${settings.google.accessPolicy} or its organization`]
      : []),
  ];
}

/**
 * Policies of an organization that refuse what is rendered: by kind, by region, and a record without an own key.
 * https://docs.cloud.google.com/resource-manager/docs/organization-policy/defining-locations
 * https://docs.cloud.google.com/kms/docs/cmek-org-policy
 */
const stoppingPolicies = (plan: NetworkPlan): string[] => [
  "gcp.resourceLocations",
  ...(plan.settings.google.kmsKey === undefined ? ["gcp.restrictNonCmekServices"] : []),
  ...(hasEgress(plan) ? ["compute.restrictVpcPeering", "compute.restrictCloudNATUsage"] : []),
  ...(plan.endpoints.length > 0 ? ["compute.disablePrivateServiceConnectCreationForConsumers"] : []),
];

/**
 * Agents of Google that act for the project, and exist only once somebody asked for them; no resource of the plugin's
 * does. Commands, in the order in which they have to run.
 * https://docs.cloud.google.com/secure-web-proxy/docs/enable-tls-inspection
 * https://docs.cloud.google.com/logging/docs/routing/managed-encryption-storage
 */
function grantsToAgents({ inspection, settings }: NetworkPlan): string[] {
  const {
    inspectionCaPool: pool,
    kmsKey: key,
    project = "PROJECT",
    projectNumber = "NUMBER",
  } = settings.google;
  const inspector = `service-${projectNumber}@gcp-sa-networksecurity.iam.gserviceaccount.com`;
  const ofInspection = [
    `gcloud beta services identity create --service=networksecurity.googleapis.com --project=${project}`,
    `gcloud privateca pools add-iam-policy-binding ${pool} --member=serviceAccount:${inspector} ` +
      "--role=roles/privateca.certificateManager",
  ];
  const ofKey = [
    `gcloud logging settings describe --project=${project} # kmsServiceAccountId, else loggingServiceAccountId`,
    `gcloud kms keys add-iam-policy-binding ${key} --member=serviceAccount:SERVICE_ACCOUNT_ID ` +
      "--role=roles/cloudkms.cryptoKeyEncrypterDecrypter",
  ];
  return [
    ...(inspection === "request" && pool !== undefined ? ofInspection : []),
    ...(key === undefined ? [] : ofKey),
  ];
}

/** A machine that forwards sends with any source, so that rules of another zone would hold for its packets. */
const FORWARDING = "compute.vmCanIpForward";

export function* reviewPrerequisites(plan: NetworkPlan): Iterable<Diagnostic> {
  const apis = neededApis(plan);
  const summary = `on google ${apis.length} APIs of the project have to be enabled before the first apply`;
  const detail = `gcloud services enable ${apis.join(" ")}, and those of the services behind private endpoints.`;
  yield info("google-apis", "google", summary, detail, { facts: { apis } });
  const roles = neededRoles(plan);
  const policies = stoppingPolicies(plan);
  const refused = `Policies of an organization that may refuse it: ${policies.join(", ")}.`;
  const text = `${roles.join(", ")}. ${refused} Deny forwarding by ${FORWARDING}: no rule tells what it sends.`;
  const needed = "on google the first apply needs roles, which --verbose lists";
  yield info("google-roles", "google", needed, text, { facts: { roles, policies } });
  const commands = grantsToAgents(plan);
  if (commands.length === 0) return;
  const agents = "on google agents of the project need rights before the first apply, which --verbose lists";
  yield info("google-agents", "google", agents, commands.join("\n"), { facts: { commands } });
}
