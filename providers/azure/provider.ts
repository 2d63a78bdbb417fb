/** Azure: the order of the rendering steps, and what this cloud has and has not. */
import { AzurermProvider } from "@cdktf/provider-azurerm/lib/provider";
import type { Construct } from "constructs";
import type { Printer } from "../../src/addresses/address";
import type { NetworkPlan } from "../../src/plan/network-plan";
import type { Provider } from "../../src/plan/provider";
import type { Rendering } from "../shared/rendering";
import { supportOf } from "../shared/support";
import { addVariables } from "../shared/variables";
import { zoneNamesOf } from "./data/regions";
import { versionRange } from "./render/azurerm-5";
import { renderDns } from "./render/dns";
import { renderEgress, renderRoutes } from "./render/egress";
import { renderEndpoints } from "./render/endpoints";
import { renderFilters } from "./render/filters";
import { renderLogging } from "./render/logging";
import { renderInterfaces, renderNetwork } from "./render/network";
import { renderOutputs } from "./render/outputs";
import { reviewPlan } from "./review/limits";

const BY_ROLE =
  "consumers: network security group, per resource; access: role assignment (identity), named in the outputs";
const BY_GROUP = "consumers: network security group, per resource; no rights at the network";

const SUPPORT = supportOf("azure", {
  publishing: "a private link service",
  services: {
    "object-storage": BY_ROLE,
    "model-api": BY_ROLE,
    "ml-platform": BY_ROLE,
    "container-registry": BY_ROLE,
    secrets: BY_ROLE,
    keys: BY_ROLE,
    logs: BY_ROLE,
    metrics: BY_ROLE,
    queue: BY_ROLE,
    "relational-db": BY_GROUP,
    "vector-search": BY_GROUP,
    custom: BY_GROUP,
  },
});

const VARIABLE_TEXTS = {
  availability_zones:
    "Availability zones of the egress firewall; subnets are regional here. Changing them replaces the firewall.",
  private_endpoint_resource_ids:
    "Ids of the resources that a private endpoint leads to, by endpoint, where the spec names none. An endpoint without any is not created.",
  deletion_protection: "Locks the firewall, the filter of names and what holds logs against deletion.",
} as const;

function render(scope: Construct, plan: NetworkPlan, printer: Printer): void {
  const rendering: Rendering = { scope, plan, printer };
  addVariables(rendering, zoneNamesOf(plan) ?? [], VARIABLE_TEXTS);
  const subnets = renderFilters(rendering, renderNetwork(rendering));
  renderInterfaces(rendering, subnets);
  const egress = renderEgress(rendering);
  const routes = renderRoutes(rendering, subnets, egress);
  const endpoints = renderEndpoints(rendering, subnets);
  const dns = renderDns(rendering);
  renderLogging(rendering, dns, egress);
  const filters = [...subnets.flatMap(({ associations }) => associations), ...routes, dns.deployment];
  renderOutputs(rendering, { subnets, filters, endpoints, egress });
}

export const azureProvider: Provider = {
  cloud: "azure",
  ...SUPPORT,
  review: reviewPlan,
  render,
  // Whoever applies is outside the account's network, and needs nothing of what is stored in it.
  configure: (scope) =>
    void new AzurermProvider(scope, "azurerm", { features: [{ storage: [{ dataPlaneAvailable: false }] }] }),
  requirement: (plan) => ({
    name: "azurerm",
    source: "hashicorp/azurerm",
    version: versionRange(plan.providerMajors.azure),
  }),
};
