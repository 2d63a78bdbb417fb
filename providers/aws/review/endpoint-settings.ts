/** What a spec says of private endpoints for AWS: ARNs of the right service and place, shared services, names that are free. */

import type { Diagnostic, SpecPath } from "../../../src/diagnostics/diagnostic";
import { asYaml, removing, replacing } from "../../../src/diagnostics/edit";
import { error } from "../../../src/diagnostics/make";
import type { Endpoint, NetworkPlan } from "../../../src/plan/network-plan";
import { endpointPath } from "../../shared/paths";
import { freeName, hiddenNames, sameNames, within } from "../../shared/private-names";
import { arnsOf, reviewArn } from "../data/arns";
import { partitionOf, regionOf } from "../data/regions";
import { offeredAs, sharedServiceRegion } from "../data/service-names";

export const reviewEndpoints = (plan: NetworkPlan): Diagnostic[] => [
  ...plan.endpoints.flatMap((endpoint) => reviewEndpoint(plan, endpoint)),
  ...reviewSameNames(plan),
  ...reviewHiddenNames(plan),
];

function reviewEndpoint(plan: NetworkPlan, endpoint: Endpoint): Diagnostic[] {
  const path = endpointPath(endpoint);
  const of = arnsOf(plan, endpoint);
  const resources = endpoint.resources.aws ?? [];
  if (of !== undefined)
    return resources.flatMap((arn, index) => reviewArn(`${path}.resources.aws[${index}]`, arn, of));
  if (resources.length > 0) return [cannotNarrow(endpoint, path)];
  return endpoint.service === "custom" ? reviewCustom(plan, endpoint, path) : [];
}

const cannotNarrow = (endpoint: Endpoint, path: SpecPath): Diagnostic =>
  error(
    "capability-missing",
    `${path}.resources.aws`,
    `${endpoint.service} cannot be narrowed to resources on aws`,
    "No endpoint policy of AWS names resources of this service; identity policies can narrow it.",
    { facts: { cloud: "aws", service: endpoint.service }, fix: removing(`${path}.resources.aws`) },
  );

function reviewCustom(plan: NetworkPlan, endpoint: Endpoint, path: SpecPath): Diagnostic[] {
  const service = endpoint.target.aws?.["serviceName"];
  if (service === undefined) return [];
  const field = `${path}.target.aws.serviceName`;
  const found = sharedServiceRegion(service);
  if (found === undefined && !service.startsWith("com.amazonaws.vpce."))
    return [ownService(endpoint, service, path)];
  if (found === undefined) {
    const detail =
      "Services that others share are called com.amazonaws.vpce.<region>.vpce-svc-<hexadecimal digits>.";
    return [
      error("aws-target", field, `"${service}" is not the name of an endpoint service`, detail, {
        fix: replacing(field, `com.amazonaws.vpce.${regionOf(plan)}.vpce-svc-0123456789abcdef0`),
      }),
    ];
  }
  return [
    ...otherRegion(plan, endpoint, { service, field, found }),
    ...ownName(plan, endpoint, `${path}.dnsName`),
  ];
}

/** An endpoint that AWS makes without a policy lets everybody through to every account's resources. */
function ownService(endpoint: Endpoint, service: string, path: SpecPath): Diagnostic {
  const offered = offeredAs(service);
  const zones = endpoint.consumers.map(({ zone }) => asYaml(zone)).join(", ");
  const way =
    offered === undefined
      ? "No service of a spec leads to it, so it cannot be reached privately."
      : `"service: ${offered}" leads to it.`;
  const detail = `"${service}" is a service of AWS itself. A custom endpoint has no policy, and without one AWS admits every account's data. ${way}`;
  return error(
    "aws-service-not-custom",
    path,
    `"${endpoint.name}" is custom and leads to a service of AWS`,
    detail,
    {
      facts: { service, ...(offered === undefined ? {} : { offered }) },
      fix:
        offered === undefined
          ? removing(path)
          : `${asYaml(endpoint.name)}: { service: ${offered}, from: [${zones}] }`,
    },
  );
}

interface Target {
  readonly service: string;
  readonly field: SpecPath;
  /** The region in its name. */
  readonly found: string;
}

/** https://docs.aws.amazon.com/vpc/latest/privatelink/privatelink-share-your-services.html#endpoint-service-cross-region */
function otherRegion(plan: NetworkPlan, endpoint: Endpoint, { service, field, found }: Target): Diagnostic[] {
  const region = regionOf(plan);
  if (found === region || partitionOf(plan) === undefined) return [];
  const detail = `Its name is one of ${found}. An endpoint across regions would take what it carries out of ${region}; the service's owner can share it here, under a name of ${region}.`;
  return [
    error("aws-target-region", field, `the service of "${endpoint.name}" is not in ${region}`, detail, {
      facts: { region, found },
      fix: replacing(field, service.replace(`.${found}.`, `.${region}.`)),
    }),
  ];
}

/** Under these AWS answers for itself. The last is a top-level domain of Amazon's. */
const AWS_DOMAINS: readonly string[] = [
  "amazonaws.com",
  "amazonaws.com.cn",
  "amazonwebservices.com.cn",
  "aws",
];

/** A private zone answers for everything below it, in the place of AWS. */
function ownName(plan: NetworkPlan, endpoint: Endpoint, path: SpecPath): Diagnostic[] {
  const name = (endpoint.dnsName ?? "").toLowerCase();
  const domain = AWS_DOMAINS.find((own) => within(name, own));
  if (domain === undefined) return [];
  const detail = `Names below ${domain} are AWS's. Here "${name}" and all names below it would lead to somebody else's service.`;
  return [
    error("aws-dns-name-own", path, `"${name}" is a name of AWS itself`, detail, {
      facts: { name, domain },
      fix: replacing(path, freeName(plan, endpoint.name, "example.com")),
    }),
  ];
}

/** https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/hosted-zone-private-considerations.html */
const reviewSameNames = (plan: NetworkPlan): Diagnostic[] =>
  sameNames(plan).map(({ endpoint, name, first }) => {
    const path = `${endpointPath(endpoint)}.dnsName`;
    const detail = `"${first}" has it already. Each would be a private zone, and a VPC takes one of a name.`;
    return error("aws-dns-name-twice", path, `"${name}" is the name of "${first}" already`, detail, {
      facts: { name, first },
      fix: replacing(path, freeName(plan, endpoint.name, name)),
    });
  });

/** What the private zone does not hold is not looked for elsewhere. */
const reviewHiddenNames = (plan: NetworkPlan): Diagnostic[] =>
  hiddenNames(plan).map(({ endpoint, name, hidden, by }) => {
    const path = `${endpointPath(endpoint)}.dnsName`;
    const detail = `A private zone "${name}" answers for every name in it, so that "${hidden}" (${by}) would not be found.`;
    return error("aws-dns-name-hides", path, `the name of "${endpoint.name}" hides "${hidden}"`, detail, {
      facts: { name, hidden, by },
      fix: replacing(path, freeName(plan, endpoint.name, name)),
    });
  });
