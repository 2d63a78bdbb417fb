/** Private endpoints of a spec on AWS: resources, shared services, ports, rights and names. */
import type { Diagnostic, Fact, SpecPath } from "../../../src/diagnostics/diagnostic";
import { error } from "../../../src/diagnostics/make";
import { formatTraffic } from "../../../src/model/connections";
import type { Endpoint, NetworkPlan } from "../../../src/plan/network-plan";
import { within } from "../../shared/questions";
import { reviewAlikeNames, reviewHiddenNames, reviewTakenNames } from "../../shared/review/endpoints";
import { partitionOf, regionOf } from "../data/regions";
import { arnsOf } from "../data/resource-ids";
import { ABSENT, offeredAs, sharedServiceRegion } from "../data/services";
import { endpointGroups, rightsDiffer } from "../render/endpoint-groups";
import { reviewActions, reviewAnonymous } from "./actions";
import { reviewArn } from "./resource-ids";
import { reviewSlots } from "./slots";

export function* reviewEndpoints(plan: NetworkPlan): Iterable<Diagnostic> {
  for (const endpoint of plan.endpoints) {
    yield* reviewResources(plan, endpoint);
    yield* reviewService(plan, endpoint);
    yield* reviewPorts(endpoint);
    yield* reviewRegion(plan, endpoint);
    yield* reviewActions(endpoint);
    yield* reviewAnonymous(endpoint);
  }
  yield* reviewRights(plan);
  yield* reviewSlots(plan);
  yield* reviewNames(plan);
  yield* reviewHiddenNames(plan, "aws-dns-name-hides");
}

function* reviewResources(plan: NetworkPlan, endpoint: Endpoint): Iterable<Diagnostic> {
  const { service, resources } = endpoint;
  const path = `${endpoint.path}.resources.aws`;
  const of = arnsOf(plan, endpoint);
  const arns = resources.aws ?? [];
  if (of !== undefined)
    for (const [index, arn] of arns.entries()) yield* reviewArn(`${path}[${index}]`, arn, of);
  else if (arns.length > 0) {
    const summary = `${service} cannot be narrowed to resources on aws`;
    const why = "No endpoint policy of AWS names resources of this service. Identity policies can narrow it.";
    yield lacking(path, summary, why, { service });
  }
}

const lacking = (path: SpecPath, summary: string, why: string, facts: Record<string, Fact>): Diagnostic =>
  error("capability-missing", path, summary, why, { facts: { cloud: "aws", ...facts } });

function* reviewService(plan: NetworkPlan, endpoint: Endpoint): Iterable<Diagnostic> {
  const service = endpoint.target.aws?.["serviceName"];
  if (endpoint.service !== "custom" || service === undefined) return;
  const path = `${endpoint.path}.target.aws.serviceName`;
  const region = regionOf(plan);
  const found = sharedServiceRegion(service);
  if (found === undefined && !service.startsWith("com.amazonaws.vpce.")) yield ownService(endpoint, service);
  else if (found === undefined) {
    const summary = `"${service}" is not the name of an endpoint service`;
    const detail =
      "A shared service has a name like com.amazonaws.vpce.<region>.vpce-svc-<hexadecimal digits>.";
    yield error("aws-target", path, summary, detail);
  } else if (found !== region && partitionOf(plan) !== undefined) {
    // https://docs.aws.amazon.com/vpc/latest/privatelink/privatelink-share-your-services.html
    const summary = `the service of "${endpoint.name}" is not in ${region}`;
    const detail =
      `Its name is one of ${found}. An endpoint across regions would take its traffic out of ` +
      `${region}. The owner of the service can share it in ${region}, under a name of that region.`;
    yield error("aws-target-region", path, summary, detail, { facts: { region, found } });
  }
}

function* reviewRegion(plan: NetworkPlan, { service, path }: Endpoint): Iterable<Diagnostic> {
  const region = regionOf(plan);
  const absence = ABSENT[service];
  if (absence === undefined || !absence.regions.includes(region)) return;
  const summary = `aws has no ${absence.product} in ${region}`;
  const detail = `Another region has it. ${absence.instead}`;
  yield lacking(`${path}.service`, summary, detail, { service, region });
}

/** An endpoint that AWS makes without a policy lets everybody through to every account's resources. */
function ownService({ name, path }: Endpoint, service: string): Diagnostic {
  const offered = offeredAs(service);
  const way =
    offered === undefined
      ? "No service of a spec leads to it, so it cannot be reached privately."
      : `"service: ${offered}" leads to it.`;
  const summary = `"${name}" is custom and leads to a service of AWS`;
  const detail =
    `"${service}" is a service of AWS itself. A custom endpoint has no policy, and without one AWS ` +
    `admits every account's data. ${way}`;
  const facts = { service, ...(offered === undefined ? {} : { offered }) };
  return error("aws-service-not-custom", path, summary, detail, { facts });
}

/** https://docs.aws.amazon.com/opensearch-service/latest/developerguide/serverless-vpc.html */
function* reviewPorts(endpoint: Endpoint): Iterable<Diagnostic> {
  const { name, service } = endpoint;
  const ports = endpoint.traffic.map(formatTraffic).filter((port) => port !== "443/tcp");
  if (service !== "vector-search" || ports.length === 0) return;
  const path = `${endpoint.path}.ports`;
  const summary = `"${name}" cannot be reached on ${ports[0]} on aws`;
  const detail =
    "On aws vector-search is OpenSearch Serverless, which answers on 443/tcp only; " +
    `${ports.join(", ")} is asked for. A service with other ports needs a zone of its own.`;
  yield lacking(path, summary, detail, { service, ports });
}

function* reviewRights(plan: NetworkPlan): Iterable<Diagnostic> {
  for (const { aws, uses } of endpointGroups(plan).filter(rightsDiffer)) {
    const last = uses.at(-1)?.endpoint;
    if (last === undefined) continue;
    const endpoints = uses.map(({ endpoint }) => endpoint.name);
    const names = endpoints.map((name) => `"${name}"`).join(", ");
    const summary = `"${last.name}" cannot have rights of its own on AWS`;
    const detail =
      `AWS has one endpoint for ${aws.name} in a VPC, and its policy cannot tell zones apart: ` +
      `${names} would each get the rights of all. Give them the same access and resources, or the same ` +
      "zones in from.";
    const facts = { service: aws.name, endpoints };
    yield error("aws-endpoint-rights-differ", last.path, summary, detail, { facts });
  }
}

/** Under these names AWS answers for itself. The last is a top-level domain of Amazon's. */
const AWS_DOMAINS = ["amazonaws.com", "amazonaws.com.cn", "amazonwebservices.com.cn", "aws"] as const;

/** https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/hosted-zone-private-considerations.html */
function* reviewNames(plan: NetworkPlan): Iterable<Diagnostic> {
  yield* reviewTakenNames(plan, "aws-dns-name-own", ({ domain: name, endpoint: { target } }) => {
    const domain = AWS_DOMAINS.find((each) => within(name, each));
    if (domain === undefined || sharedServiceRegion(target.aws?.["serviceName"] ?? "") === undefined) return;
    const why =
      `Names below ${domain} are AWS's. Here "${name}" and all names below it would lead to a service ` +
      "of somebody else.";
    return { facts: { domain }, why };
  });
  yield* reviewTakenNames(plan, "aws-dns-name-twice", ({ domain }, earlier) => {
    const first = earlier.find((each) => each.domain === domain)?.endpoint;
    if (first === undefined) return;
    const why = `"${first.name}" has it already. Each would be a private zone, and a VPC takes one of a name.`;
    return { facts: { first: first.name }, why };
  });
  yield* reviewAlikeNames(plan);
}
