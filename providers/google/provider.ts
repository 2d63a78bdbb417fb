/** Google: the order of the rendering steps, and what this cloud has and has not. */
import { GoogleProvider } from "@cdktf/provider-google/lib/provider";
import type { Construct } from "constructs";
import type { Printer } from "../../src/addresses/address";
import type { NetworkPlan } from "../../src/plan/network-plan";
import type { Provider } from "../../src/plan/provider";
import type { Rendering } from "../shared/rendering";
import { supportOf } from "../shared/support";
import { addVariables } from "../shared/variables";
import { regionOf, zoneNamesOf } from "./data/regions";
import { resourceIdRules } from "./data/resource-ids";
import { renderDns } from "./render/dns";
import { renderEgress } from "./render/egress";
import { renderEndpointPolicies } from "./render/endpoint-policies";
import { renderEndpoints } from "./render/endpoints";
import { renderLogging } from "./render/logging";
import { renderNetwork } from "./render/network";
import { renderOutputs } from "./render/outputs";
import { reviewPlan } from "./review/review";

const BY_PERIMETER =
  "consumers: firewall policy, to the one address of all Google APIs; service: perimeter; access: IAM";
const BY_REGION = `${BY_PERIMETER}; with google.regionalEndpoints, consumers and service: firewall policy, to an address of the service`;
const BY_ADDRESS = "consumers: firewall policy, to an address of its own; no rights at the network";

const SUPPORT = supportOf("google", {
  publishing: "a service attachment",
  services: {
    "object-storage": BY_REGION,
    "model-api": BY_PERIMETER,
    "ml-platform": BY_PERIMETER,
    "container-registry": BY_PERIMETER,
    secrets: BY_REGION,
    keys: BY_REGION,
    logs: BY_REGION,
    metrics: BY_PERIMETER,
    queue: BY_REGION,
    "relational-db": BY_ADDRESS,
    "vector-search": BY_ADDRESS,
    custom: BY_ADDRESS,
  },
});

const VARIABLE_TEXTS = {
  availability_zones:
    "Zones of the region in which workloads of each slot belong, in the order of the slots. Subnetworks span the region, so changing one changes none.",
  private_endpoint_resource_ids:
    "The service attachment of each relational-db or vector-search endpoint for which the spec names none. Google APIs need no id.",
  deletion_protection:
    "Locks the log bucket, for good: its retention can then never be shortened, nor the bucket be deleted before its last entry has expired.",
} as const;

function render(scope: Construct, plan: NetworkPlan, printer: Printer): void {
  const rendering: Rendering = { scope, plan, printer };
  addVariables(rendering, zoneNamesOf(plan) ?? [], VARIABLE_TEXTS, resourceIdRules(plan));
  const network = renderNetwork(rendering);
  const egressNetwork = renderEgress(rendering, network.network);
  const logging = renderLogging(rendering);
  const perimeter = renderEndpointPolicies(rendering, logging.all);
  const endpoints = renderEndpoints(rendering, network, perimeter);
  renderDns(rendering, network.network, egressNetwork);
  renderOutputs(rendering, network, endpoints, logging);
}

/** A project that the spec does not name is the provider's own, from the environment. */
function configure(scope: Construct, plan: NetworkPlan): void {
  const { project } = plan.settings.google;
  new GoogleProvider(scope, "google", {
    region: regionOf(plan),
    ...(project === undefined ? {} : { project }),
  });
}

export const googleProvider: Provider = {
  cloud: "google",
  ...SUPPORT,
  review: reviewPlan,
  render,
  configure,
  // Nothing rendered is missing in 6.50 or refused by 7: see docs/cloud-quirks.md.
  requirement: () => ({ name: "google", source: "hashicorp/google", version: ">= 6.50.0, < 8.0.0" }),
};
