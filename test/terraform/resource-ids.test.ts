/** What `private_endpoint_resource_ids` may not say is refused by Terraform itself, before anything is planned. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Cloud } from "../../src/clouds/cloud";
import { render, type Spec } from "../support/rendered";
import { describeWith } from "./needs";
import { closeWorkspace, openWorkspace, type Ran, terraform, type Workspace } from "./workspace";

const SPEC = {
  name: "ids",
  region: "us-east-1",
  cidr: "10.20.0.0/20",
  zones: { app: { exposure: "isolated", hosts: 20 }, jobs: { exposure: "isolated", hosts: 20 } },
  privateEndpoints: {
    "app-secrets": { service: "secrets", from: ["app"] },
    "job-secrets": { service: "secrets", from: ["jobs"] },
    files: { service: "object-storage", from: ["app"] },
    named: {
      service: "queue",
      from: ["app"],
      resources: { aws: ["arn:aws:sqs:us-east-1:111122223333:jobs"] },
    },
  },
};

const SECRET = "arn:aws:secretsmanager:us-east-1:111122223333:secret:x";

type Ids = Readonly<Record<string, readonly string[]>>;

type Trial = readonly [words: string, ids: Ids];

function trials(
  cloud: Cloud,
  spec: Spec,
  taken: readonly Trial[],
  refused: readonly (readonly [...Trial, message: RegExp])[],
): void {
  let source: string;
  let workspace: Workspace;

  beforeAll(() => {
    source = mkdtempSync(path.join(tmpdir(), "enclave-variables-"));
    const { variable } = render(cloud, spec).document as { variable: unknown };
    writeFileSync(path.join(source, "main.tf.json"), JSON.stringify({ variable }));
    workspace = openWorkspace(source, { mirror: source });
  });

  afterAll(() => {
    closeWorkspace(workspace);
    rmSync(source, { recursive: true, force: true });
  });

  const planned = (ids: Ids): Ran =>
    terraform(workspace, "plan", [
      "plan",
      "-input=false",
      `-var=private_endpoint_resource_ids=${JSON.stringify(ids)}`,
    ]);

  test.each(taken)("%s is taken", (_words, ids) => expect(planned(ids)).toMatchObject({ code: 0 }));

  test.each(refused)("%s is refused", (_words, ids, message) => {
    const { code, text } = planned(ids);
    expect(text.replaceAll(/[\s│╷╵]+/g, " ")).toMatch(message);
    expect(code).toBe(1);
  });
}

describeWith(["terraform"], "resource ids by variable on aws", () =>
  trials(
    "aws",
    SPEC,
    [
      ["none", {}],
      ["a bucket and a pattern for buckets", { files: ["arn:aws:s3:::files", "arn:aws:s3:::files-*"] }],
      [
        "the same for both endpoints that are one, in any order",
        { "app-secrets": [SECRET, `${SECRET}y`], "job-secrets": [`${SECRET}y`, SECRET] },
      ],
    ],
    [
      ["everything", { files: ["*"] }, /Resource ids of files are ARNs like arn:aws:s3:::ids\./],
      ["every bucket", { files: ["arn:aws:s3:::*"] }, /Resource ids of files are ARNs/],
      [
        "what ends the text of a policy",
        { files: ['arn:aws:s3:::x"],"Action":["*'] },
        /Resource ids of files are ARNs/,
      ],
      ["a secret where a bucket is meant", { files: [SECRET] }, /Resource ids of files are ARNs/],
      [
        "a secret of another region",
        { "app-secrets": [SECRET.replace("us-east-1", "eu-west-1")] },
        /Resource ids of app-secrets, job-secrets/,
      ],
      [
        "what narrows one of two endpoints that are one",
        { "app-secrets": [SECRET] },
        /app-secrets and job-secrets share one endpoint of AWS/,
      ],
      [
        "an endpoint that the spec has narrowed",
        { named: ["arn:aws:sqs:us-east-1:111122223333:x"] },
        /Only app-secrets, job-secrets, files may/,
      ],
      [
        "an endpoint that is not there",
        { nothing: [] },
        /Only app-secrets, job-secrets, files may have resource ids/,
      ],
    ],
  ),
);

const ATTACHED = {
  ...SPEC,
  region: "us-east1",
  google: { projectNumber: "123456789012", accessPolicy: "accessPolicies/1" },
  privateEndpoints: {
    users: { service: "relational-db", from: ["app"] },
    files: { service: "object-storage", from: ["app"] },
    named: {
      service: "vector-search",
      from: ["app"],
      resources: { google: ["projects/p/regions/us-east1/serviceAttachments/n"] },
    },
  },
};

const ATTACHMENT = "projects/p/regions/us-east1/serviceAttachments/users";

describeWith(["terraform"], "service attachments by variable on google", () =>
  trials(
    "google",
    ATTACHED,
    [
      ["none", {}],
      ["an empty list", { users: [] }],
      ["one", { users: [ATTACHMENT] }],
      [
        "one with its interface before it",
        { users: [`https://www.googleapis.com/compute/v1/${ATTACHMENT}`] },
      ],
    ],
    [
      [
        "a second one",
        { users: [ATTACHMENT, `${ATTACHMENT}2`] },
        /Each endpoint leads to one service attachment/,
      ],
      [
        "one of another region",
        { users: [ATTACHMENT.replace("us-east1", "us-west1")] },
        /like projects\/my-project\/regions\/us-east1/,
      ],
      [
        "the bundle of all Google APIs",
        { users: ["all-apis"] },
        /Each endpoint leads to one service attachment/,
      ],
      [
        "an endpoint of Google APIs",
        { files: [ATTACHMENT] },
        /Only users may have a service attachment by variable/,
      ],
      ["an endpoint that the spec has led somewhere", { named: [ATTACHMENT] }, /Only users may have/],
    ],
  ),
);
