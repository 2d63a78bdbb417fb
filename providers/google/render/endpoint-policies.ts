/**
 * Google's endpoints have no policies, and their address reaches the data of every customer of Google. A
 * service perimeter keeps requests within the project, and admits the services that the spec uses.
 * https://docs.cloud.google.com/vpc-service-controls/docs/vpc-accessible-services
 */
import { AccessContextManagerServicePerimeter } from "@cdktf/provider-google/lib/access-context-manager-service-perimeter";
import type { NetworkPlan } from "../../../src/plan/network-plan";
import { after } from "../../shared/expressions";
import { addResource, type Rendering } from "../../shared/resources";
import { APIS, apiEndpoints } from "../data/services";
import { LOG_BUCKET, LOG_SINK } from "./addresses";
import { perimeterName } from "./naming";

/** Undefined when the spec gives no place for the perimeter; the review judges whether that may be. */
export function perimeterOf({ settings }: NetworkPlan) {
  const { accessPolicy, projectNumber } = settings.google;
  return accessPolicy && projectNumber ? { accessPolicy, projectNumber } : undefined;
}

/** For what leads to Google APIs: the perimeter, if there is one, comes before. */
export const afterPerimeter = (plan: NetworkPlan) =>
  perimeterOf(plan) === undefined ? {} : after("google_access_context_manager_service_perimeter.enclave");

/** This rendering's own use of restricted services, in its logs, has to come first. */
export function renderEndpointPolicies(rendering: Rendering): void {
  const { plan } = rendering;
  const perimeter = perimeterOf(plan);
  const apis = apiEndpoints(plan).map(({ service }) => APIS[service].api);
  if (perimeter === undefined || apis.length === 0) return;
  addResource(rendering, AccessContextManagerServicePerimeter, "enclave", {
    parent: perimeter.accessPolicy,
    name: `${perimeter.accessPolicy}/servicePerimeters/${perimeterName(plan)}`,
    title: perimeterName(plan),
    description: `Google APIs of enclave ${plan.name}`,
    perimeterType: "PERIMETER_TYPE_REGULAR",
    status: {
      resources: [`projects/${perimeter.projectNumber}`],
      // Sorted, because the API keeps a set.
      restrictedServices: [...new Set(apis)].sort(),
      vpcAccessibleServices: { enableRestriction: true, allowedServices: ["RESTRICTED-SERVICES"] },
    },
    ...after(LOG_BUCKET, LOG_SINK),
  });
}
