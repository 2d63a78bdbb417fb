/**
 * Google's endpoints have no policies, and their address reaches the data of every customer of Google. A
 * service perimeter keeps requests within the project, and admits the services that the spec uses.
 * https://docs.cloud.google.com/vpc-service-controls/docs/vpc-accessible-services
 */
import { AccessContextManagerServicePerimeter } from "@cdktf/provider-google/lib/access-context-manager-service-perimeter";
import { AccessContextManagerServicePerimeterDryRunIngressPolicy } from "@cdktf/provider-google/lib/access-context-manager-service-perimeter-dry-run-ingress-policy";
import { AccessContextManagerServicePerimeterIngressPolicy } from "@cdktf/provider-google/lib/access-context-manager-service-perimeter-ingress-policy";
import type { NetworkPlan } from "../../../src/plan/network-plan";
import { after, expr, ref } from "../../shared/expressions";
import { addResource, type Rendering } from "../../shared/resources";
import { APIS, apiEndpoints } from "../data/services";
import { LOG_BUCKET, LOG_EXCLUSION, LOG_SINK } from "./addresses";
import { perimeterName } from "./naming";

/** Undefined when the spec gives no place for a perimeter of its own. */
export function perimeterOf({ settings }: NetworkPlan) {
  const { accessPolicy, projectNumber, perimeter = {} } = settings.google;
  const { existing, projects = [], accessLevels = [], ingressFrom = [], dryRun = false } = perimeter;
  if (existing !== undefined || accessPolicy === undefined || projectNumber === undefined) return undefined;
  return { accessPolicy, projectNumber, projects, accessLevels, ingressFrom, dryRun };
}

/** Whether requests to Google APIs stay inside something; the review judges whether they may not. */
export const isClosed = (plan: NetworkPlan): boolean =>
  plan.settings.google.perimeter?.existing !== undefined || perimeterOf(plan)?.dryRun === false;

const PERIMETER = "google_access_context_manager_service_perimeter.enclave";

/** For what leads to Google APIs: the perimeter, if there is one, comes before. */
export const afterPerimeter = (plan: NetworkPlan) =>
  perimeterOf(plan) === undefined ? {} : after(PERIMETER);

/** Services that the perimeter closes. Sorted, because the API keeps a set. */
export const restrictedApis = (plan: NetworkPlan): string[] =>
  [...new Set(apiEndpoints(plan).map(({ service }) => APIS[service].api))].sort();

/** Those among them that Terraform calls: for the logs of this document, and for its own state. */
export const apisOfTerraform = (plan: NetworkPlan): string[] =>
  restrictedApis(plan).filter(
    (api) => api === APIS.logs.api || (api === APIS["object-storage"].api && plan.backend?.type === "gcs"),
  );

/** This rendering's own use of restricted services, in its logs, has to come first. */
export function renderEndpointPolicies(rendering: Rendering): void {
  const { plan } = rendering;
  const perimeter = perimeterOf(plan);
  const apis = restrictedApis(plan);
  if (perimeter === undefined || apis.length === 0) return;
  const { accessPolicy, projectNumber, projects, accessLevels, dryRun } = perimeter;
  const part = dryRun ? "spec" : "status";
  const resources = [...new Set([projectNumber, ...projects])].map((number) => `projects/${number}`).sort();
  const closed = {
    resources,
    restrictedServices: apis,
    ...(accessLevels.length > 0 && { accessLevels: [...accessLevels].sort() }),
    vpcAccessibleServices: { enableRestriction: true, allowedServices: ["RESTRICTED-SERVICES"] },
  };
  addResource(rendering, AccessContextManagerServicePerimeter, "enclave", {
    parent: accessPolicy,
    name: `${accessPolicy}/servicePerimeters/${perimeterName(plan, projectNumber)}`,
    title: perimeterName(plan, projectNumber),
    description: `Google APIs of enclave ${plan.name}`,
    perimeterType: "PERIMETER_TYPE_REGULAR",
    ...(dryRun ? { useExplicitDryRunSpec: true, spec: closed } : { status: closed }),
    lifecycle: {
      // Ways in and out that the policy's owner adds stay, as the provider's page asks for.
      ignoreChanges: [
        "ingress_policies",
        "egress_policies",
        ...(accessLevels.length > 0 ? [] : ["access_levels"]),
      ].map((argument) => `${part}[0].${argument}`),
      postcondition: [intact(part, resources, apis)],
    },
    ...after(LOG_BUCKET, LOG_SINK, LOG_EXCLUSION),
  });
  renderIngress(rendering, perimeter);
}

/** An override file replaces a block whole: one with a rule of its own would leave every service open. */
function intact(part: "spec" | "status", projects: readonly string[], apis: readonly string[]) {
  const self = `self.${part}[0]`;
  const holds = [
    `length(setsubtract(${JSON.stringify(projects)}, ${self}.resources)) == 0`,
    `length(setsubtract(${JSON.stringify(apis)}, ${self}.restricted_services)) == 0`,
    `${self}.vpc_accessible_services[0].enable_restriction`,
    `length(setsubtract(${self}.vpc_accessible_services[0].allowed_services, ["RESTRICTED-SERVICES"])) == 0`,
  ];
  return {
    condition: expr(`try(${holds.join(" && ")}, false)`),
    errorMessage:
      "The perimeter no longer closes the services of this enclave. An override file replaces the block " +
      `"${part}" whole: add rules by resources of their own.`,
  };
}

/** A resource of its own, so that rules of the policy's owner stand beside it. */
function renderIngress(rendering: Rendering, { ingressFrom, projectNumber, dryRun }: Ways): void {
  const apis = apisOfTerraform(rendering.plan);
  if (ingressFrom.length === 0 || apis.length === 0) return;
  const type = dryRun
    ? AccessContextManagerServicePerimeterDryRunIngressPolicy
    : AccessContextManagerServicePerimeterIngressPolicy;
  addResource(rendering, type, "enclave_terraform", {
    perimeter: ref(PERIMETER, "name"),
    title: `Terraform of enclave ${rendering.plan.name}`,
    ingressFrom: { identities: [...ingressFrom].sort(), sources: [{ accessLevel: "*" }] },
    ingressTo: {
      resources: [`projects/${projectNumber}`],
      operations: apis.map((serviceName) => ({ serviceName, methodSelectors: [{ method: "*" }] })),
    },
  });
}

type Ways = NonNullable<ReturnType<typeof perimeterOf>>;
