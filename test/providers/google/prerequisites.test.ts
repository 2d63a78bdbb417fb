/** What a project needs before the first apply, said of the very document. */
import { attempt, spec } from "./rendered";

const apisOf = (yaml: string): unknown =>
  attempt(yaml).diagnostics.find(({ code }) => code === "google-apis")?.facts["apis"];
const ALWAYS = ["compute", "dns", "logging"];
const EGRESS = "egress:\n  - { from: app, to: [a.example.com], ports: [443/tcp], why: x }\n";
const ENDPOINT = "privateEndpoints:\n  logs: { service: logs, from: [app] }\n";

test.each([
  ["nothing beside the network", "", []],
  ["a way out", EGRESS, ["networksecurity", "networkservices"]],
  ["Google APIs, in a perimeter", ENDPOINT, ["servicedirectory", "accesscontextmanager"]],
])("%s", (_words, more, apis) => {
  expect(apisOf(spec(more))).toEqual([...ALWAYS, ...apis].map((name) => `${name}.googleapis.com`));
});

const POOL = "projects/my-project/locations/us-east1/caPools/inspection";
const KEY = "projects/my-project/locations/us-east1/keyRings/logs/cryptoKeys/logs";

test.each([
  ["nothing of one's own", spec(EGRESS), undefined],
  [
    "a pool of certificates",
    spec(`${EGRESS}inspection: request\n`).replace("google: {", `google: { inspectionCaPool: ${POOL},`),
    [
      "services identity create",
      `${POOL} --member=serviceAccount:service-123456789012@gcp-sa-networksecurity`,
    ],
  ],
  [
    "a key",
    spec().replace("google: {", `google: { kmsKey: ${KEY},`),
    [
      "--project=my-project # kmsServiceAccountId, else loggingServiceAccountId",
      `${KEY} --member=serviceAccount:`,
    ],
  ],
])("with %s the commands that give agents their rights are told", (_words, yaml, parts) => {
  const found = attempt(yaml).diagnostics.find(({ code }) => code === "google-agents");
  const commands = found?.facts["commands"] as string[] | undefined;
  expect(commands?.length).toBe(parts?.length);
  for (const [index, part] of (parts ?? []).entries()) expect(commands?.[index]).toContain(part);
});

const told = (yaml: string) => attempt(yaml).diagnostics.find(({ code }) => code === "google-roles")?.facts;
const PROJECT = ["compute.networkAdmin", "compute.securityAdmin", "dns.admin", "logging.configWriter"];
const of = (roles: readonly string[]) => roles.map((role) => `roles/${role}`);
const POLICY = "roles/accesscontextmanager.policyEditor on accessPolicies/1234 or its organization";
const PLACE = "gcp.resourceLocations";
const OPEN = [PLACE, "gcp.restrictNonCmekServices"];
const PSC = "compute.disablePrivateServiceConnectCreationForConsumers";

test.each([
  ["a network alone", spec(), of(PROJECT), OPEN],
  ["a record under a key", spec().replace("google: {", `google: { kmsKey: ${KEY},`), of(PROJECT), [PLACE]],
  [
    "a way out",
    spec(EGRESS),
    of(PROJECT),
    [...OPEN, "compute.restrictVpcPeering", "compute.restrictCloudNATUsage"],
  ],
  ["Google APIs", spec(ENDPOINT), [...of([...PROJECT, "servicedirectory.editor"]), POLICY], [...OPEN, PSC]],
  [
    "Google APIs of the region",
    spec(ENDPOINT).replace("google: {", "google: { regionalEndpoints: true,"),
    [...of([...PROJECT, "networkconnectivity.regionalEndpointAdmin"]), POLICY],
    [...OPEN, PSC],
  ],
])("the first apply of %s needs roles, and no policy that refuses it", (_title, yaml, roles, policies) => {
  expect(told(yaml)).toEqual({ roles, policies });
});

test.each([
  ["machines that forward are to be denied", "google-roles", "compute.vmCanIpForward"],
  ["a person who applies sets a project that pays", "google-perimeter-reach", "USER_PROJECT_OVERRIDE"],
  [
    "other networks of the project feel the perimeter",
    "google-perimeter-reach",
    "Other networks of the project",
  ],
])("%s: the note says so", (_title, code, part) => {
  const found = attempt(spec(ENDPOINT)).diagnostics.find((each) => each.code === code);
  expect(found?.detail).toContain(part);
});
