/** Google: the order of the rendering steps, and what this cloud has and has not. */
import { GoogleProvider } from "@cdktf/provider-google/lib/provider";
import { SERVICE_NAMES, type Service } from "../../src/clouds/services";
import type { Provider } from "../../src/plan/provider";
import { renderGuard } from "../shared/guard";
import { missing, supportOf } from "../shared/support";
import { addVariables } from "../shared/variables";
import { regionOf } from "./data/regions";
import { resourceIdRules } from "./data/resource-ids";
import { APIS, isApi } from "./data/services";
import { renderBackstop } from "./render/backstop";
import { renderDns } from "./render/dns";
import { renderEgress } from "./render/egress";
import { renderEndpointPolicies } from "./render/endpoint-policies";
import { renderEndpoints } from "./render/endpoints";
import { renderFilters } from "./render/filters";
import { renderLogging } from "./render/logging";
import { renderNetwork } from "./render/network";
import { renderOutputs } from "./render/outputs";
import { reviewEndpoints } from "./review/endpoints";
import { healthChecks, reviewHealthChecks } from "./review/health-checks";
import { reviewLimits } from "./review/limits";
import { reviewNames } from "./review/names";
import { reviewPerimeter } from "./review/perimeter";
import { reviewPrerequisites } from "./review/prerequisites";
import { reviewProxy } from "./review/proxy";
import { reviewAllQuotas } from "./review/quotas";
import { reviewSettings } from "./review/settings";
import { sharedAddress } from "./review/shared-address";

const BY_PERIMETER =
  "consumers: firewall policy, to the one address of all Google APIs; service: perimeter; access: IAM";
const BY_REGION =
  `${BY_PERIMETER}; with google.regionalEndpoints, consumers and service: ` +
  "firewall policy, to an address of the service";
const BY_ADDRESS = "consumers: firewall policy, to an address of its own; no rights at the network";

const HELD_BY = Object.fromEntries(
  SERVICE_NAMES.map((service) => {
    if (!isApi(service)) return [service, BY_ADDRESS];
    return [service, APIS[service].regions.length > 0 ? BY_REGION : BY_PERIMETER];
  }),
) as Record<Service, string>;

const VARIABLE_TEXTS = {
  availability_zones:
    "Zones of the region in which workloads of each slot belong, in the order of the slots. " +
    "Subnetworks span the region, so changing one changes none.",
  private_endpoint_resource_ids:
    "The service attachment of each relational-db or vector-search endpoint for which the spec names " +
    "none. Google APIs need no id.",
  deletion_protection: "`terraform destroy` fails before anything is gone, until an apply with false.",
} as const;

export const googleProvider: Provider = {
  cloud: "google",
  ...supportOf("google", "a service attachment", HELD_BY, {
    actions: missing(
      "No policy of an endpoint names actions here: IAM roles hold them.",
      "remove actions.google, and give the identity a role",
    ),
    anonymous: missing(
      "A perimeter judges the project of a bucket, and nothing shows that it lets unsigned requests through.",
      "remove anonymous, and read with the identity of the machine",
    ),
  }),
  review: (plan, printer) => [
    ...reviewSettings(plan),
    ...reviewEndpoints(plan),
    ...reviewLimits(plan),
    ...reviewHealthChecks(plan),
    ...reviewProxy(plan),
    ...reviewPrerequisites(plan),
    ...reviewNames(plan),
    ...reviewAllQuotas(plan, printer),
    ...reviewPerimeter(plan),
  ],
  joins: (plan) => [sharedAddress(plan), healthChecks(plan)],
  render(scope, plan, printer) {
    const rendering = { scope, plan, printer };
    addVariables(rendering, "google", VARIABLE_TEXTS, resourceIdRules(plan));
    renderNetwork(rendering);
    renderFilters(rendering);
    renderBackstop(rendering);
    renderEndpoints(rendering);
    renderEndpointPolicies(rendering);
    renderEgress(rendering);
    renderDns(rendering);
    renderLogging(rendering);
    renderOutputs(rendering);
    renderGuard(rendering);
  },
  /** A project that the spec does not name is the provider's own, from the environment. */
  configure(scope, plan) {
    const { project } = plan.settings.google;
    new GoogleProvider(scope, "google", { region: regionOf(plan), ...(project && { project }) });
  },
  // Nothing rendered is missing in 6.50 or refused by 7: see docs/cloud-quirks.md.
  requirement: () => ({ name: "google", source: "hashicorp/google", version: ">= 6.50.0, < 8.0.0" }),
};
