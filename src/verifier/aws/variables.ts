/** AWS: ARNs that come by variable stand in a policy's text, so that their form keeps a policy a policy. */
import type { PrivateEndpoint, Service } from "../../model/enclave";
import { type Fault, unless } from "../replay/fault";
import { type TerraformDocument, variablesOf } from "../terraform/document";

/** The service in the ARNs of what an endpoint leads to; undefined where no policy names resources. */
const ARN_SERVICES: Readonly<Record<Service, string | undefined>> = {
  "object-storage": "s3",
  "model-api": "bedrock",
  "ml-platform": "sagemaker",
  "container-registry": "ecr",
  secrets: "secretsmanager",
  keys: "kms",
  logs: "logs",
  metrics: undefined,
  queue: "sqs",
  "relational-db": undefined,
  "vector-search": undefined,
  custom: undefined,
};

const VARIABLE = "private_endpoint_resource_ids";

export function unheldVariables(
  document: TerraformDocument,
  region: string,
  endpoints: readonly PrivateEndpoint[],
): Fault[] {
  const open = endpoints.flatMap(({ name, service, resources }) => {
    const of = ARN_SERVICES[service];
    return of === undefined || (resources.aws ?? []).length > 0 ? [] : [{ name, of }];
  });
  const listed = (names: readonly string[]): string => `[${names.map((name) => `"${name}"`).join(", ")}]`;
  const forms = [...new Set(open.map(({ of }) => of))].map((of) => {
    const names = listed(open.flatMap((each) => (each.of === of ? [each.name] : [])));
    const arns = `flatten([for name in ${names} : lookup(var.${VARIABLE}, name, [])])`;
    return `\${alltrue([for arn in ${arns} : can(regex("${formOf(of, region)}", arn))])}`;
  });
  const keys = `\${length(setsubtract(keys(var.${VARIABLE}), ${listed(open.map(({ name }) => name))})) == 0}`;
  const held = variablesOf(document).get(VARIABLE)?.conditions ?? [];
  return [keys, ...forms].flatMap((condition) =>
    unless(held.includes(condition), `variable.${VARIABLE}`, `it is not held to ${condition}`),
  );
}

const RESOURCE = "[A-Za-z0-9_+=,.@:/*?-]+";

/**
 * Of the enclave's own partition and region, with an account by its number; buckets have neither, and models
 * of AWS no account.
 */
function formOf(service: string, region: string): string {
  const partition = partitionOf(region);
  const own = `${region}:([0-9]{12})?:${RESOURCE}`;
  if (service === "s3") return `^arn:${partition}:s3:::[A-Za-z0-9_.*?-]*[A-Za-z0-9_.-][A-Za-z0-9_.*?-]*$`;
  return service === "bedrock"
    ? `^arn:${partition}:bedrock:(${own}|([a-z0-9-]*|[*])::foundation-model/${RESOURCE})$`
    : `^arn:${partition}:${service}:${own}$`;
}

function partitionOf(region: string): string {
  if (region.startsWith("cn-")) return "aws-cn";
  return region.startsWith("us-gov-") ? "aws-us-gov" : "aws";
}
