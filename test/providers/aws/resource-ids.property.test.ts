/** What `private_endpoint_resource_ids` may say is what a spec may say: the same ARNs, and the same rights for zones behind one endpoint. */
import fc from "fast-check";
import { reviewEndpoints } from "../../../providers/aws/review/endpoints";
import { endpointsOf, spec } from "./endpoint-specs";
import { type Part, render } from "./rendered";

interface Validation {
  readonly condition: string;
  readonly error_message: string;
}

const validations = (privateEndpoints: Readonly<Record<string, Part>>): readonly Validation[] => {
  const { document } = render(spec(privateEndpoints));
  return (
    (document["variable"] as Record<string, { validation: Validation[] }>)["private_endpoint_resource_ids"]
      ?.validation ?? []
  );
};

const formIn = (service: string): RegExp => {
  const [, form = ""] =
    /regex\("(.+)", arn\)/.exec(validations({ it: { service, from: ["app"] } })[1]?.condition ?? "") ?? [];
  return new RegExp(form);
};

const SERVICES = {
  "object-storage": "s3",
  "model-api": "bedrock",
  "ml-platform": "sagemaker",
  "container-registry": "ecr",
  secrets: "secretsmanager",
  keys: "kms",
  logs: "logs",
  queue: "sqs",
} as const;

const RESOURCES = [
  "x",
  "a-b.c",
  "*",
  "?*",
  "x*",
  "x/*",
  "key/x",
  "secret:x-?",
  "log-group:/x:*",
  "foundation-model/a.b-v1:0",
  "x y",
  'x"y',
  "${x}",
  "",
];

/** Mostly `usual`, so that an ARN is wrong in one part or in none. */
const mostly = (usual: string, ...others: readonly string[]): fc.Arbitrary<string> =>
  fc.oneof(
    { weight: 5, arbitrary: fc.constant(usual) },
    { weight: 1, arbitrary: fc.constantFrom(...others) },
  );

const arnsOf = (service: string): fc.Arbitrary<string> =>
  fc
    .tuple(
      mostly("arn", "x"),
      mostly("aws", "aws-cn", "*"),
      mostly(service, "s3", "sqs", "*"),
      service === "s3" ? mostly("", "us-east-1", "eu-west-1") : mostly("us-east-1", "eu-west-1", "", "*"),
      service === "s3" ? mostly("", "111122223333") : mostly("111122223333", "", "*", "1"),
      fc.constantFrom(...RESOURCES),
    )
    .map((parts) => parts.join(":"));

/** Of buckets a spec may also name a part, whose policy takes more than a list of ARNs. */
const wholeBucket = (arn: string): boolean => /^arn:[^:]*:s3:::[^/:]*$/.test(arn);

test.each(Object.entries(SERVICES))(
  "%s takes by variable the ARNs that a spec may name, and no others",
  (service, own) => {
    const form = formIn(service);
    const { plan } = render(spec({ it: { service, from: ["app"] } }));
    fc.assert(
      fc.property(arnsOf(own), (arn) => {
        const named = plan.endpoints.map((endpoint) => ({ ...endpoint, resources: { aws: [arn] } }));
        const taken = [...reviewEndpoints({ ...plan, endpoints: named })].length === 0;
        expect(form.test(arn)).toBe(taken && (service !== "object-storage" || wholeBucket(arn)));
      }),
      { numRuns: 300 },
    );
  },
);

test("nobody but endpoints whose resources the spec leaves open takes any", () => {
  const open = { service: "secrets", from: ["app"] };
  const named = { service: "object-storage", from: ["app"], resources: { aws: ["arn:aws:s3:::named"] } };
  const [keys] = validations({
    open,
    named,
    numbers: { service: "metrics", from: ["app"] },
    search: { service: "vector-search", from: ["app"] },
  });
  expect(keys).toEqual({
    condition: '${length(setsubtract(keys(var.private_endpoint_resource_ids), ["open"])) == 0}',
    error_message:
      "Only open may have resource ids by variable: the spec names those of others, or no policy can.",
  });
  expect(validations({ named })).toHaveLength(1);
});

describe("endpoints that are one on AWS take the same", () => {
  const alike = (privateEndpoints: Readonly<Record<string, Part>>): string[] =>
    validations(privateEndpoints).flatMap((each) =>
      /share one endpoint/.test(each.error_message) ? [each.error_message.split(" share")[0] ?? ""] : [],
    );
  const secrets = (...from: string[]): Part => ({ service: "secrets", from });
  test.each<readonly [string, Readonly<Record<string, Part>>, string[]]>([
    ["where their zones differ", { a: secrets("app"), b: secrets("jobs") }, ["a and b"]],
    [
      "where the zones of one are among those of the other",
      { a: secrets("app", "jobs"), b: secrets("app") },
      ["a and b"],
    ],
    ["but not where everybody uses both", { a: secrets("app", "jobs"), b: secrets("app", "jobs") }, []],
    ["and not across services", { a: secrets("app"), b: { service: "keys", from: ["jobs"] } }, []],
    [
      "said once of a service that is two endpoints",
      {
        a: { service: "container-registry", from: ["app"], access: "write" },
        b: { service: "container-registry", from: ["jobs"], access: "write" },
      },
      ["a and b"],
    ],
  ])("%s", (_words, privateEndpoints, expected) => expect(alike(privateEndpoints)).toEqual(expected));
  test("the first two of these share one indeed", () => {
    expect(endpointsOf(spec({ a: secrets("app"), b: secrets("jobs") })).size).toBe(1);
  });
});
