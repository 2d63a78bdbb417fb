/** Azure: the order of the rendering steps, and the features that this cloud has and has not. */
import { AzurermProvider } from "@cdktf/provider-azurerm/lib/provider";
import { SERVICE_NAMES, type Service } from "../../src/clouds/services";
import type { NetworkPlan } from "../../src/plan/network-plan";
import type { Provider } from "../../src/plan/provider";
import { renderGuard } from "../shared/guard";
import { reviewQuotas } from "../shared/review/quotas";
import { missing, supportOf } from "../shared/support";
import { addVariables } from "../shared/variables";
import { withPlatforms } from "./data/platforms";
import { namesZones } from "./data/regions";
import { resourceIdRules } from "./data/resource-ids";
import { isMonitor, kindsOf } from "./data/services";
import { keptKinds, renderCollection } from "./render/collection";
import { renderDns } from "./render/dns";
import { renderEgress, renderPeerings } from "./render/egress";
import { renderEndpoints } from "./render/endpoints";
import { renderFilters } from "./render/filters";
import { makesLogIdentity } from "./render/flow-logs";
import { renderLogging } from "./render/logging";
import { renderInterfaces, renderNetwork, renderResourceGroup } from "./render/network";
import { renderOutputs } from "./render/outputs";
import { leavePolicyTags } from "./render/policy-tags";
import { renderRoutes } from "./render/routes";
import { reviewEndpoints } from "./review/endpoints";
import { reviewHubZones } from "./review/hub-zones";
import { reviewLimits } from "./review/limits";
import { reviewLogging } from "./review/logging";
import { reviewNames } from "./review/names";
import { reviewPlaces } from "./review/platforms";
import { reviewPrerequisites } from "./review/prerequisites";
import { countQuotas, groupsOf } from "./review/quotas";
import { reviewSettings } from "./review/settings";

const BY_ROLE =
  "consumers: network security group, per resource; access: role assignment (identity), named in the outputs";
const BY_GROUP = "consumers: network security group, per resource; no rights at the network";

const HELD_BY = Object.fromEntries(
  SERVICE_NAMES.map((service) => {
    const hasRoles = isMonitor(service) || kindsOf(service).some(({ roles }) => roles !== undefined);
    return [service, hasRoles ? BY_ROLE : BY_GROUP];
  }),
) as Record<Service, string>;

const variableTexts = (plan: NetworkPlan) => ({
  availability_zones: namesZones(plan)
    ? "Availability zones of the egress firewall; subnets are regional here. " +
      "Changing them replaces the firewall."
    : "Changes nothing: subnets are regional here, and Azure spreads the egress firewall over all zones.",
  private_endpoint_resource_ids:
    "Ids of the resources that a private endpoint leads to, by endpoint, where the spec names none. " +
    "An endpoint without any is not created.",
  deletion_protection:
    "`terraform destroy` fails before anything is gone, until an apply with false. " +
    "Where the spec says azure.locks, it locks the firewall, the filter of names and what holds logs.",
});

/** Those of templates, locks and roles are registered in every subscription. */
const resourceProviders = (plan: NetworkPlan): string[] => [
  "Microsoft.Insights",
  ...(makesLogIdentity(plan.settings.azure) ? ["Microsoft.ManagedIdentity"] : []),
  ...(keptKinds(plan).includes("metrics") ? ["Microsoft.Monitor"] : []),
  "Microsoft.Network",
  "Microsoft.OperationalInsights",
  "Microsoft.Storage",
];

export const azureProvider: Provider = {
  cloud: "azure",
  ...supportOf("azure", "a private link service", HELD_BY, {
    actions: missing(
      "No policy of an endpoint names actions here: roles hold them.",
      "remove actions.azure, and assign a role to the identity",
    ),
  }),
  review(given, printer) {
    const plan = withPlatforms(given);
    const groups = groupsOf(plan, printer);
    return [
      ...reviewSettings(plan),
      ...reviewLogging(plan),
      ...reviewPlaces(plan, printer),
      ...reviewEndpoints(plan),
      ...reviewHubZones(plan),
      ...reviewNames(plan),
      ...reviewQuotas(countQuotas(plan, printer, groups), "azure"),
      ...reviewLimits(plan, printer, groups),
      ...reviewPrerequisites(plan),
    ];
  },
  render(scope, given, printer) {
    const plan = withPlatforms(given);
    const rendering = { scope, plan, printer };
    addVariables(rendering, "azure", variableTexts(plan), resourceIdRules(plan));
    renderResourceGroup(rendering);
    renderFilters(rendering);
    renderEgress(rendering);
    renderRoutes(rendering);
    renderNetwork(rendering);
    renderInterfaces(rendering);
    renderPeerings(rendering);
    renderEndpoints(rendering);
    renderDns(rendering);
    renderLogging(rendering);
    renderCollection(rendering);
    renderOutputs(rendering);
    leavePolicyTags(rendering);
    renderGuard(rendering);
  },
  // Whoever applies is outside the account's network, and needs nothing of what is stored in it.
  configure: (scope, plan) =>
    void new AzurermProvider(scope, "azurerm", {
      features: [{ storage: [{ dataPlaneAvailable: false }] }],
      // The same in both majors: 4 registers sixty of them by default, 5 none.
      resourceProviderRegistrations: "none",
      resourceProvidersToRegister: resourceProviders(plan),
    }),
  requirement: ({ azurermMajor }) => ({
    name: "azurerm",
    source: "hashicorp/azurerm",
    // The first version of each range has every argument used here.
    version: azurermMajor === 5 ? ">= 5.2.0, < 6.0.0" : ">= 4.55.0, < 5.0.0",
  }),
};
