/** AWS: the order of the rendering steps, and the services that this cloud supports. */
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import type { Construct } from "constructs";
import type { Printer } from "../../src/addresses/address";
import type { NetworkPlan } from "../../src/plan/network-plan";
import type { Provider } from "../../src/plan/provider";
import type { Rendering } from "../shared/rendering";
import { missing, supportOf } from "../shared/support";
import { addVariables } from "../shared/variables";
import { regionOf, zoneNamesOf } from "./data/regions";
import { resourceIdRules } from "./data/resource-ids";
import { renderBackstop } from "./render/backstop";
import { renderDns } from "./render/dns";
import { renderEgress } from "./render/egress";
import { renderEndpoints } from "./render/endpoints";
import { renderFilters } from "./render/filters";
import { renderLogging } from "./render/logging";
import { renderNetwork } from "./render/network";
import { renderOutputs } from "./render/outputs";
import { renderPrefixLists } from "./render/prefix-lists";
import { reviewPlan } from "./review/review";

const BY_POLICY = "consumers: security group; access and resources: endpoint policy";
const BY_GROUP = "consumers: security group; no rights at the network";

const SUPPORT = supportOf("aws", {
  publishing: "an endpoint service",
  services: {
    "object-storage": `${BY_POLICY}, one per zone where rights differ`,
    "model-api": BY_POLICY,
    "ml-platform": BY_POLICY,
    "container-registry": BY_POLICY,
    secrets: BY_POLICY,
    keys: BY_POLICY,
    logs: BY_POLICY,
    metrics: "consumers: security group; access: endpoint policy, which names no resources",
    queue: BY_POLICY,
    "relational-db": missing(
      "RDS and Aurora have no private endpoint for their data: a database is a network interface in one of the enclave's own zones.",
      "give the database a zone of its own (role: data, exposure: isolated) and a flow to its port, for example ports: [5432/tcp]",
    ),
    "vector-search": `${BY_GROUP}: data access policies of the collection`,
    custom: BY_GROUP,
  },
});

const VARIABLE_TEXTS = {
  availability_zones:
    "Availability zones of the subnets, in the order of their numbers. Changing one replaces what lies in it.",
  private_endpoint_resource_ids:
    "ARNs that the endpoint policy is narrowed to, by endpoint, where the spec names none.",
  deletion_protection:
    "Protects the firewall from deletion and the DNS firewall from being taken off the VPC; logs stay when all else goes.",
} as const;

function render(scope: Construct, plan: NetworkPlan, printer: Printer): void {
  const rendering: Rendering = { scope, plan, printer };
  addVariables(rendering, zoneNamesOf(plan) ?? [], VARIABLE_TEXTS, resourceIdRules(plan));
  renderNetwork(rendering);
  renderPrefixLists(rendering);
  renderFilters(rendering);
  renderBackstop(rendering);
  renderEndpoints(rendering);
  renderEgress(rendering);
  renderOutputs(rendering, renderDns(rendering), renderLogging(rendering));
}

/** @public Loaded by name, when it is asked for. */
export const awsProvider: Provider = {
  cloud: "aws",
  ...SUPPORT,
  review: reviewPlan,
  render,
  configure: (scope, plan) => void new AwsProvider(scope, "aws", { region: regionOf(plan) }),
  // Nothing rendered is missing in 5.100 or refused by 6: see docs/cloud-quirks.md.
  requirement: () => ({ name: "aws", source: "hashicorp/aws", version: ">= 5.100.0, < 7.0.0" }),
};
