/**
 * Clients of AWS's SDK for Python in an enclave: the hosts that they call resolve, in every region, and the rights have the
 * actions that they need. The SDK itself says both.
 */
import { spawnSync } from "node:child_process";
import path from "node:path";
import { ABSENT, type Grant, POLICY_SERVICES } from "../../providers/aws/data/services";
import { endsIn, listedRegions } from "../../src/clouds/regions";
import { keysOf } from "../../src/model/lookup";
import { matchesName } from "../../src/verifier/replay/names";
import { resourcesOf, texts } from "../../src/verifier/terraform/document";
import { review, synth } from "../support/rendered";
import { describeWith } from "./needs";

type Covered = keyof typeof POLICY_SERVICES;

/** Services of the SDK behind each of the spec. */
const CLIENTS: Readonly<Record<Covered, readonly string[]>> = {
  "object-storage": ["s3"],
  "model-api": ["bedrock", "bedrock-runtime"],
  "ml-platform": ["sagemaker", "sagemaker-runtime"],
  "container-registry": ["ecr"],
  secrets: ["secretsmanager"],
  keys: ["kms"],
  logs: ["logs"],
  metrics: ["cloudwatch"],
  queue: ["sqs"],
};

/** The SDK lists no regions of some services; these stand for them. */
const LISTED_AS: Readonly<Record<string, string>> = { "bedrock-runtime": "bedrock" };
const SEARCH = "opensearchserverless";

interface Answer {
  readonly version: string;
  readonly operations: Readonly<Record<string, readonly string[]>>;
  readonly regions: Readonly<Record<string, readonly string[]>>;
  readonly hosts: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;
}

const REGIONS = listedRegions("aws");

function ask(): Answer {
  const services = [...Object.values(CLIENTS).flat(), SEARCH];
  const script = path.join(__dirname, "botocore", "clients.py");
  const input = JSON.stringify({ services, regions: REGIONS });
  const run = spawnSync("python3", [script], { input, encoding: "utf8", maxBuffer: 2 ** 26 });
  if (run.status !== 0) throw new Error(run.stderr);
  return JSON.parse(run.stdout) as Answer;
}

const specIn = (region: string, services: readonly string[]) => ({
  name: "case",
  cloud: "aws",
  region,
  // Regions whose zones differ from account to account want names.
  ...(endsIn("aws", region) === "" ? { zoneNames: { aws: [`${region}a`, `${region}b`] } } : {}),
  cidr: "10.20.0.0/16",
  zones: { app: { exposure: "private", hosts: 20 } },
  privateEndpoints: Object.fromEntries(
    services.map((service) => [
      service.slice(0, 9).replace(/-$/, ""),
      { service, from: ["app"], ...(service === "vector-search" ? {} : { access: "read-write" }) },
    ]),
  ),
});

/** Patterns that resolve in an enclave with all services that the region has. */
function resolvable(region: string, services: readonly string[]): string[] {
  const { rendered, diagnostics } = synth("aws", specIn(region, services));
  if (rendered === undefined) throw new Error(diagnostics.map(({ summary }) => summary).join("; "));
  const list = resourcesOf(rendered.document, "aws_route53_resolver_firewall_domain_list").get(
    "enclave_needed",
  );
  return texts(list, "domains").map((name) => name.replace(/\.$/, ""));
}

const actionsOf = (service: Covered): string[] => {
  const { read, write } = POLICY_SERVICES[service];
  const grants: Grant[] = [...read, ...write]
    .flatMap(([, ...some]) => some)
    .filter(({ on }) => on !== "layers");
  return [...new Set(grants.flatMap(({ actions }) => actions.map((action) => action.split(":")[1] ?? "")))];
};

/**
 * Actions by which AWS checks an operation, where they are not called as it is. Empty: the operation is none that clients call.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/
 */
const CHECKED_AS: Readonly<Record<string, string>> = {
  ChangeMessageVisibilityBatch: "ChangeMessageVisibility",
  CompleteMultipartUpload: "PutObject",
  Converse: "InvokeModel",
  ConverseStream: "InvokeModelWithResponseStream",
  CopyObject: "PutObject",
  CreateMultipartUpload: "PutObject",
  DeleteMessageBatch: "DeleteMessage",
  DeleteObjects: "DeleteObject",
  HeadBucket: "ListBucket",
  HeadObject: "GetObject",
  ListMultipartUploads: "ListBucketMultipartUploads",
  ListObjects: "ListBucket",
  ListObjectsV2: "ListBucket",
  ListParts: "ListMultipartUploadParts",
  ReEncrypt: "ReEncryptFrom",
  SelectObjectContent: "GetObject",
  SendMessageBatch: "SendMessage",
  UploadPart: "PutObject",
  UploadPartCopy: "PutObject",
};

/** Actions that are no operation of the SDK. */
const ACTIONS_ALONE = [
  "BatchImportUpstreamImage",
  "CallWithBearerToken",
  "GetObjectVersion",
  "ListBucket",
  "ListBucketMultipartUploads",
  "ListMultipartUploadParts",
  "ReEncryptFrom",
  "ReEncryptTo",
];

const lets = (actions: readonly string[], operation: string): boolean => {
  const action = CHECKED_AS[operation] ?? operation;
  return actions.some((each) =>
    each.endsWith("*") ? action.startsWith(each.slice(0, -1)) : each === action,
  );
};

/** Operations that no right has, of services that are there to be called: they change the thing, or who may use it. */
const LEFT_OUT: Readonly<Partial<Record<string, string>>> = {
  "bedrock-runtime": "",
  "sagemaker-runtime": "",
  bedrock:
    "BatchDeleteAdvancedPromptOptimizationJob BatchDeleteEvaluationJob CancelAutomatedReasoningPolicyBuildWorkflow " +
    "DeregisterMarketplaceModelEndpoint ExportAutomatedReasoningPolicyVersion RegisterMarketplaceModelEndpoint",
  secretsmanager:
    "CancelRotateSecret CreateSecret DeleteResourcePolicy DeleteSecret GetRandomPassword GetResourcePolicy " +
    "ListSecretVersionIds PutResourcePolicy RemoveRegionsFromReplication ReplicateSecretToRegions RestoreSecret " +
    "RotateSecret StopReplicationToReplica TagResource UntagResource UpdateSecret ValidateResourcePolicy",
  sqs:
    "AddPermission CancelMessageMoveTask CreateQueue DeleteQueue ListDeadLetterSourceQueues ListMessageMoveTasks " +
    "ListQueueTags ListQueues PurgeQueue RemovePermission SetQueueAttributes StartMessageMoveTask TagQueue UntagQueue",
};

describeWith(["botocore"], "clients of AWS's SDK for Python", () => {
  const answer = ask();

  const isThere = (service: Covered, region: string): boolean =>
    CLIENTS[service].every((client) => answer.regions[LISTED_AS[client] ?? client]?.includes(region));

  test("know the regions of the table, and no others", () => {
    expect([...(answer.regions["kms"] ?? [])].sort()).toEqual(REGIONS);
  });

  test.each(REGIONS)("in %s find every host that they call, and miss what is not there", (region) => {
    const there = keysOf(CLIENTS).filter((service) => isThere(service, region));
    const absent: string[] = keysOf(CLIENTS).filter((service) => !there.includes(service));
    if (!answer.regions[SEARCH]?.includes(region)) absent.push("vector-search");
    const refused = review("aws", specIn(region, [...keysOf(CLIENTS), "vector-search"])).flatMap(
      ({ code, facts }) => (code === "capability-missing" ? String(facts["service"]) : []),
    );
    expect(refused.sort()).toEqual(absent.sort());
    const patterns = resolvable(region, there);
    const called = there.flatMap((service) =>
      CLIENTS[service].flatMap((client) => answer.hosts[client]?.[region] ?? []),
    );
    expect(called.length).toBeGreaterThan(9);
    expect(called.filter((host) => !patterns.some((each) => matchesName(each, host)))).toEqual([]);
  });

  test("have operations for all actions of the rights", () => {
    const alone = keysOf(CLIENTS).flatMap((service) => {
      const operations = CLIENTS[service].flatMap((client) => answer.operations[client] ?? []);
      return actionsOf(service).filter(
        (action) => !operations.some((each) => lets([action], each) || each === action),
      );
    });
    const called = Object.values(CHECKED_AS);
    expect(alone.filter((action) => !ACTIONS_ALONE.includes(action))).toEqual([]);
    expect(
      called.filter((action) => keysOf(CLIENTS).every((service) => !lets(actionsOf(service), action))),
    ).toEqual([]);
  });

  test.each(Object.entries(LEFT_OUT))(
    "may call every operation of %s but those that change it",
    (client, left = "") => {
      const [service] = keysOf(CLIENTS).filter((each) => CLIENTS[each].includes(client));
      const actions = service === undefined ? [] : actionsOf(service);
      const refused = (answer.operations[client] ?? []).filter((operation) => !lets(actions, operation));
      expect(refused).toEqual(left.split(" ").filter((word) => word !== ""));
    },
  );

  test("may call what moves objects", () => {
    const moves = (answer.operations["s3"] ?? []).filter((operation) =>
      /^(?:Get|Head|Put|Copy|Delete|List)Objects?(?:V2|Attributes|Tagging)?$|Multipart|Part/.test(operation),
    );
    expect(moves.length).toBeGreaterThan(15);
    expect(moves.filter((operation) => !lets(actionsOf("object-storage"), operation))).toEqual([
      "DeleteObjectTagging",
    ]);
  });

  test("are refused only where the table says so", () => {
    for (const [service, absence] of Object.entries(ABSENT))
      for (const region of absence?.regions ?? [])
        expect([service, region, REGIONS.includes(region)]).toEqual([service, region, true]);
  });
});
