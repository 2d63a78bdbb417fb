/** What AWS refuses or limits, found before anything is rendered. */
import { setting } from "../../../src/diagnostics/edit";
import { type Part, review, said, spec } from "./rendered";

const arns = (service: string, ...resources: string[]): Part => ({
  privateEndpoints: { it: { service, from: ["app"], resources: { aws: resources } } },
});
const custom = (serviceName: string): Part => ({
  privateEndpoints: {
    it: {
      service: "custom",
      from: ["app"],
      ports: ["443/tcp"],
      dnsNames: ["x.example.com"],
      target: { aws: { serviceName } },
    },
  },
});

describe("settings that AWS refuses", () => {
  test.each<readonly [string, Part, string]>([
    [
      "a pattern for all buckets",
      arns("object-storage", "arn:aws:s3:::*"),
      "error aws-bucket-pattern privateEndpoints.it.resources.aws[0]",
    ],
    [
      "a pattern for objects",
      arns("object-storage", "arn:aws:s3:::x/*"),
      "error aws-bucket-pattern privateEndpoints.it.resources.aws[0]",
    ],
    [
      "an access point for a bucket",
      arns("object-storage", "arn:aws:s3:us-east-1:111122223333:accesspoint/x"),
      "error aws-arn privateEndpoints.it.resources.aws[0]",
    ],
    [
      "a bucket with an account",
      arns("object-storage", "arn:aws:s3::111122223333:x"),
      "error aws-arn privateEndpoints.it.resources.aws[0]",
    ],
    ["a key of another service", { aws: { kmsKeyArn: "arn:aws:s3:::x" } }, "error value-shape aws.kmsKeyArn"],
    ["no ARN at all", { aws: { kmsKeyArn: "alias/logs" } }, "error value-shape aws.kmsKeyArn"],
    [
      "a certificate of another service",
      { aws: { inspectionCertificateArn: "arn:aws:s3:::x" } },
      "error value-shape aws.inspectionCertificateArn",
    ],
    [
      "a bucket that is a key",
      arns("object-storage", "arn:aws:kms:us-east-1:111122223333:key/x"),
      "error aws-arn privateEndpoints.it.resources.aws[0]",
    ],
    [
      "an ARN that would end its string",
      arns("object-storage", 'arn:aws:s3:::x"y'),
      "error aws-arn privateEndpoints.it.resources.aws[0]",
    ],
    [
      "an ARN with a template",
      arns("object-storage", "arn:aws:s3:::${path.module}"),
      "error aws-arn privateEndpoints.it.resources.aws[0]",
    ],
    [
      "metrics narrowed to resources",
      arns("metrics", "arn:aws:cloudwatch:us-east-1:111122223333:x"),
      "error capability-missing privateEndpoints.it.resources.aws",
    ],
    [
      "a service name of another form",
      custom("svc-1.example.com"),
      "error value-shape privateEndpoints.it.target.aws.serviceName",
    ],
    [
      "networks outside",
      { externalNetworks: { corp: { cidrs: ["172.16.0.0/16"], aws: { transitGatewayId: "tgw-1" } } } },
      "error capability-missing externalNetworks",
    ],
  ])("%s", (_words, part, expected) => {
    expect(said(spec(part))).toEqual([expect.stringContaining(expected)]);
  });

  test.each<readonly [string, string, string | undefined]>([
    [
      "arn:aws:sqs:us-east-1:12345678901:jobs",
      'The account "12345678901" has 11 digits; an account has 12.',
      undefined,
    ],
    ["arn:aws:sqs:us-east-1:mine:jobs", 'The account "mine" is not a number of 12 digits.', undefined],
    [
      "arn:aws:sqs:US:444455556666:jobs",
      'The region "US" has characters that no region has.',
      "arn:aws:sqs:us-east-1:444455556666:jobs",
    ],
    [
      "arn:amazon:sqs:eu-west-1:444455556666:jobs",
      'The partition "amazon" is none of aws, aws-us-gov, aws-cn.',
      "arn:aws:sqs:us-east-1:444455556666:jobs",
    ],
    [
      "arn:aws:sqs:us-east-1:444455556666:a%b",
      "The resource has characters that no ARN has.",
      "arn:aws:sqs:us-east-1:444455556666:ab",
    ],
    ["arn:aws:sqs:eu-west-1:444455556666:", "It names no resource.", undefined],
    [
      "arn:aws:sqs:jobs",
      "An ARN has six parts with colons between: arn, partition, service, region, account, resource.",
      undefined,
    ],
    ["arn:aws:sns:us-east-1:111122223333:jobs", "It is an ARN of sns.", undefined],
  ])(
    "of the ARN %s, the wrong part is named, and an edit keeps the rest where it says what was meant",
    (arn, detail, mended) => {
      const example = "ARNs of sqs look like arn:aws:sqs:us-east-1:111122223333:it.";
      const path = "privateEndpoints.it.resources.aws[0]";
      const edits = mended === undefined ? [] : [setting(path, mended)];
      expect(review(spec(arns("queue", arn)))).toMatchObject([
        { code: "aws-arn", detail: `${detail} ${example}`, edits },
      ]);
      expect(mended === undefined ? [] : said(spec(arns("queue", mended)))).toEqual([]);
    },
  );
});
