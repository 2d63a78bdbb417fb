/** What has to be there before the first apply of this very document. */
import type { Diagnostic } from "../../../src/diagnostics/diagnostic";
import { info } from "../../../src/diagnostics/make";
import type { NetworkPlan } from "../../../src/plan/network-plan";
import { hasEgress } from "../../shared/questions";
import { isApiEndpoint, isBundled, isRegional } from "../data/services";

/** APIs of the project that the resources belong to, without those of the services behind endpoints. */
function neededApis(plan: NetworkPlan): string[] {
  const { endpoints, settings, inspection } = plan;
  const isBundle = endpoints.some((endpoint) => isBundled(plan, endpoint));
  const apis: readonly (readonly [name: string, isNeeded: boolean])[] = [
    ["compute", true],
    ["dns", true],
    ["logging", true],
    // https://docs.cloud.google.com/vpc/docs/configure-private-service-connect-apis
    ["servicedirectory", isBundle],
    ["networkconnectivity", endpoints.some((endpoint) => isRegional(plan, endpoint))],
    ["accesscontextmanager", settings.google.accessPolicy !== undefined && endpoints.some(isApiEndpoint)],
    // https://docs.cloud.google.com/secure-web-proxy/docs/initial-setup-steps
    ["networksecurity", hasEgress(plan)],
    ["networkservices", hasEgress(plan)],
    ["privateca", hasEgress(plan) && inspection === "request"],
  ];
  return apis.flatMap(([name, isNeeded]) => (isNeeded ? [`${name}.googleapis.com`] : []));
}

export function* reviewPrerequisites(plan: NetworkPlan): Iterable<Diagnostic> {
  const apis = neededApis(plan);
  const summary = `on google ${apis.length} APIs of the project have to be enabled before the first apply`;
  const detail = `gcloud services enable ${apis.join(" ")}, and those of the services behind private endpoints.`;
  yield info("google-apis", "google", summary, detail, { facts: { apis } });
}
