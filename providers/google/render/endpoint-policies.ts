/**
 * Google's endpoints have no policies of their own. Without a perimeter the address of Google APIs reaches the buckets, models and
 * secrets of every customer of Google; a service perimeter around the project keeps what its network sends within it, and lets
 * through the services that the spec uses and no other.
 * https://docs.cloud.google.com/vpc-service-controls/docs/vpc-accessible-services
 */
import { AccessContextManagerServicePerimeter } from "@cdktf/provider-google/lib/access-context-manager-service-perimeter";
import type { NetworkPlan } from "../../../src/plan/network-plan";
import { type Address, addResource, dependable, type Rendering } from "../../shared/rendering";
import { apiEndpoints, apisOf } from "../data/managed-services";
import { perimeterName } from "./naming";

export interface PerimeterSettings {
  readonly accessPolicy: string;
  readonly projectNumber: string;
}

/** Undefined when the spec does not say where the perimeter belongs; whether that may be is the review's to judge. */
export function perimeterOf({ settings }: NetworkPlan): PerimeterSettings | undefined {
  const { accessPolicy, projectNumber } = settings.google;
  return accessPolicy === undefined || projectNumber === undefined
    ? undefined
    : { accessPolicy, projectNumber };
}

/** After `after`: what this rendering itself does with restricted services has to be done before. Undefined where there is none. */
export function renderPerimeter(rendering: Rendering, after: readonly Address[]): Address | undefined {
  const { plan } = rendering;
  const perimeter = perimeterOf(plan);
  if (perimeter === undefined || apiEndpoints(plan).length === 0) return undefined;
  return addResource(rendering, AccessContextManagerServicePerimeter, "enclave", {
    parent: perimeter.accessPolicy,
    name: `${perimeter.accessPolicy}/servicePerimeters/${perimeterName(plan)}`,
    title: perimeterName(plan),
    description: `Google APIs of enclave ${plan.name}`,
    perimeterType: "PERIMETER_TYPE_REGULAR",
    status: {
      resources: [`projects/${perimeter.projectNumber}`],
      restrictedServices: restrictedServices(plan),
      vpcAccessibleServices: { enableRestriction: true, allowedServices: ["RESTRICTED-SERVICES"] },
    },
    dependsOn: after.map(dependable),
  });
}

/** Sorted, because the API keeps a set. */
const restrictedServices = (plan: NetworkPlan): string[] =>
  [...new Set(apiEndpoints(plan).flatMap(({ service }) => apisOf(service).map(({ api }) => api)))].sort();
