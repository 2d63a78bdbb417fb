/** The length of endpoint policies, counted before anything is rendered. */
import { endpointGroups } from "../../../providers/aws/render/endpoint-groups";
import { policyLength } from "../../../providers/aws/render/endpoint-policies";
import { render, review, type Spec, spec } from "./rendered";

describe("the length of an endpoint's policy", () => {
  const secrets = (aws: readonly string[]): Spec =>
    spec({
      privateEndpoints: {
        it: { service: "secrets", from: ["app"], ...(aws.length === 0 ? {} : { resources: { aws } }) },
      },
    });
  const notes = (count: number): string[] =>
    Array.from(
      { length: count },
      (_, index) => `arn:aws:secretsmanager:us-east-1:111122223333:secret:${"n".repeat(100)}${100 + index}`,
    );
  const whole = (Resource: readonly string[]): number =>
    JSON.stringify({
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "It1",
          Effect: "Allow",
          Principal: "*",
          Action: ["secretsmanager:DescribeSecret", "secretsmanager:GetSecretValue"],
          Resource,
          Condition: { StringEquals: { "aws:PrincipalAccount": "111122223333" } },
        },
        {
          Sid: "It2",
          Effect: "Allow",
          Principal: "*",
          Action: ["secretsmanager:BatchGetSecretValue", "secretsmanager:ListSecrets"],
          Resource: ["*"],
          Condition: { StringEquals: { "aws:PrincipalAccount": "111122223333" } },
        },
      ],
    }).length;

  test.each([
    ["what the spec names", notes(3), { characters: whole(notes(3)), open: [] }],
    [
      "the defaults, until a variable names others",
      [],
      { characters: whole(["arn:aws:secretsmanager:*:111122223333:*"]), open: ["it"] },
    ],
  ])("is counted with %s", (_words, aws, expected) => {
    const { plan } = render(secrets(aws));
    expect(endpointGroups(plan).map((group) => policyLength(plan, group))).toEqual([expected]);
  });

  test("is an error above what AWS takes", () => {
    const found = review(secrets(notes(140))).map(({ severity, path, summary }) => [severity, path, summary]);
    const summary = `characters of the policy of endpoint secretsmanager: ${whole(notes(140))} needed, AWS takes 20480 at most`;
    expect(found).toEqual([["error", "privateEndpoints.it", summary]]);
  });
});

test("policies of gateways that say the same are one error", () => {
  const aws = Array.from({ length: 300 }, (_, index) => `arn:aws:s3:::${"n".repeat(50)}${100 + index}`);
  const zones = Object.fromEntries(
    ["z0", "z1", "z2"].map((name) => [name, { exposure: "isolated", prefix: 28 }]),
  );
  const of = spec({
    zones,
    privateEndpoints: {
      reads: { service: "object-storage", from: ["z0", "z1"], access: "read", resources: { aws } },
      writes: { service: "object-storage", from: ["z2"], access: "write" },
    },
  });
  expect(review(of).map(({ code, path }) => [code, path])).toEqual([["aws-quota", "privateEndpoints.reads"]]);
});
