/** AWS: the order of the rendering steps, and the services that this cloud supports. */
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import type { Provider } from "../../src/plan/provider";
import { renderGuard } from "../shared/guard";
import { reviewQuotas } from "../shared/review/quotas";
import { missing, supportOf } from "../shared/support";
import { addVariables } from "../shared/variables";
import { regionOf } from "./data/regions";
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
import { reviewBalancers } from "./review/balancers";
import { reviewEndpoints } from "./review/endpoints";
import { reviewLimits } from "./review/limits";
import { reviewNames } from "./review/names";
import { reviewNetworkAcls } from "./review/network-acls";
import { countQuotas, reviewShares } from "./review/quotas";
import { reviewSettings } from "./review/settings";

const BY_POLICY = "consumers: security group; access and resources: endpoint policy";
const BY_GROUP = "consumers: security group; no rights at the network";

const SUPPORT = supportOf("aws", "an endpoint service", {
  "object-storage": `${BY_POLICY}, one for each zone`,
  "model-api": BY_POLICY,
  "ml-platform": BY_POLICY,
  "container-registry": BY_POLICY,
  secrets: BY_POLICY,
  keys: BY_POLICY,
  logs: BY_POLICY,
  metrics: "consumers: security group; access: endpoint policy, which names no resources",
  queue: BY_POLICY,
  "relational-db": missing(
    "RDS and Aurora have no private endpoint for their data: " +
      "a database is a network interface in one of the enclave's own zones.",
    "give the database a zone of its own (role: data, exposure: " +
      "isolated) and a flow to its port, for example ports: [5432/tcp]",
  ),
  "vector-search": `${BY_GROUP}: data access policies of the collection`,
  custom: BY_GROUP,
});

const VARIABLE_TEXTS = {
  availability_zones:
    "Availability zones of the subnets, in the order of their numbers. " +
    "Changing one replaces what lies in it.",
  private_endpoint_resource_ids:
    "ARNs that the endpoint policy is narrowed to, by endpoint, where the spec names none.",
  deletion_protection:
    "`terraform destroy` fails before anything is gone, until an apply with false. " +
    "Protects the firewall from deletion and from other policies and subnets, so another number of availability " +
    "zones needs false, too; and the DNS firewall from being taken off the VPC. Logs stay when all else goes.",
} as const;

/** @public Loaded by name, when it is asked for. */
export const awsProvider: Provider = {
  cloud: "aws",
  ...SUPPORT,
  review: (plan, printer) => [
    ...reviewSettings(plan),
    ...reviewEndpoints(plan),
    ...reviewNames(plan),
    ...reviewLimits(plan, printer),
    ...reviewBalancers(plan, printer),
    ...reviewQuotas(countQuotas(plan, printer), "aws"),
    ...reviewNetworkAcls(plan),
    ...reviewShares(plan),
  ],
  render(scope, plan, printer) {
    const rendering = { scope, plan, printer };
    addVariables(rendering, "aws", VARIABLE_TEXTS, resourceIdRules(plan));
    renderNetwork(rendering);
    renderPrefixLists(rendering);
    renderFilters(rendering);
    renderBackstop(rendering);
    renderEndpoints(rendering);
    renderEgress(rendering);
    renderDns(rendering);
    renderLogging(rendering);
    renderOutputs(rendering);
    renderGuard(rendering);
  },
  configure: (scope, plan) => void new AwsProvider(scope, "aws", { region: regionOf(plan) }),
  // Nothing rendered is missing in 5.100 or refused by 6: see docs/cloud-quirks.md.
  requirement: () => ({ name: "aws", source: "hashicorp/aws", version: ">= 5.100.0, < 7.0.0" }),
};
