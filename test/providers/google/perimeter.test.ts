/** The perimeter around Google APIs: whose it is, what it closes, and who comes in all the same. */
import { attempt, render, resource, resourcesOf, spec } from "./rendered";

const ENDPOINTS = `privateEndpoints:
  corpus: { service: object-storage, from: [app] }
  records: { service: logs, from: [db] }
  vault: { service: secrets, from: [db] }
`;
const TYPE = "access_context_manager_service_perimeter";
const TERRAFORM = "serviceAccount:terraform@my-project.iam.gserviceaccount.com";

const around = (perimeter: string, rest = "", endpoints = ENDPOINTS): string =>
  spec(endpoints + rest).replace("google: {", `google: { perimeter: { ${perimeter} },`);

test("rules that the policy's owner adds stay, and so do access levels where the spec gives none", () => {
  expect(resource(render(spec(ENDPOINTS)), TYPE, "enclave")["lifecycle"]).toMatchObject({
    ignore_changes: ["status[0].ingress_policies", "status[0].egress_policies", "status[0].access_levels"],
  });
  const levels = "accessLevels: [accessPolicies/1234/accessLevels/office]";
  const perimeter = resource(render(around(levels)), TYPE, "enclave");
  expect(perimeter["status"]).toMatchObject({ access_levels: ["accessPolicies/1234/accessLevels/office"] });
  expect(perimeter["lifecycle"]).toMatchObject({
    ignore_changes: ["status[0].ingress_policies", "status[0].egress_policies"],
  });
});

test("more projects are inside, each once", () => {
  const document = render(around('projects: ["210987654321", "123456789012"]'));
  expect(resource(document, TYPE, "enclave")["status"]).toMatchObject({
    resources: ["projects/123456789012", "projects/210987654321"],
  });
});

const GCS = "backend: { type: gcs, config: { bucket: tf-state, prefix: small } }\n";

test.each([
  ["for logs", "", ENDPOINTS, ["logging.googleapis.com"]],
  ["for its state, too", GCS, ENDPOINTS, ["logging.googleapis.com", "storage.googleapis.com"]],
  ["to nothing where it calls nothing that is closed", "", ENDPOINTS.replace(/.*logs.*\n/, ""), undefined],
] as const)("who runs Terraform is let in %s", (_title, rest, endpoints, services) => {
  const document = render(around(`ingressFrom: ["${TERRAFORM}"]`, rest, endpoints));
  const [rule] = resourcesOf(document, `${TYPE}_ingress_policy`).values();
  expect(rule?.["ingress_from"]).toEqual(
    services && { identities: [TERRAFORM], sources: [{ access_level: "*" }] },
  );
  expect(rule?.["ingress_to"]).toEqual(
    services && {
      resources: ["projects/123456789012"],
      operations: services.map((name) => ({ service_name: name, method_selectors: [{ method: "*" }] })),
    },
  );
});

test("an account without its kind is told how it is written", () => {
  const { diagnostics } = attempt(around("ingressFrom: [terraform@my-project.iam.gserviceaccount.com]"));
  const [found] = diagnostics.filter(({ code }) => code === "value-shape");
  expect(found?.edits).toEqual([
    { op: "set", path: "google.perimeter.ingressFrom[0]", value: TERRAFORM, applicability: "likely" },
  ]);
});

test("no identity can be read as an expression of Terraform", () => {
  const { diagnostics } = attempt(around('ingressFrom: ["user:${path.root}"]'));
  expect(diagnostics.map(({ code }) => code)).toContain("value-shape");
});

describe("a perimeter that stands already", () => {
  const existing = "existing: accessPolicies/1234/servicePerimeters/ml";

  test("is not rendered, and satisfies the rule", () => {
    const { document, exitCode } = attempt(around(existing));
    expect(exitCode).toBe(0);
    expect(resourcesOf(document, TYPE).size).toBe(0);
    expect(resource(document, "compute_global_forwarding_rule", "enclave_google_apis")["depends_on"]).toBe(
      undefined,
    );
  });

  test("needs neither the policy nor the number of the project", () => {
    const yaml = around(existing).replace(/, projectNumber[^}]*/, " ");
    expect(attempt(yaml).exitCode).toBe(0);
  });
});

test("a dry run closes nothing: it is rendered where a waiver says so", () => {
  const waiver = 'waive: [{ rule: google-perimeter, why: "a trial" }]\n';
  const yaml = around(`dryRun: true, ingressFrom: ["${TERRAFORM}"]`, waiver);
  const document = render(yaml);
  const perimeter = resource(document, TYPE, "enclave");
  expect(perimeter["status"]).toBeUndefined();
  expect(perimeter).toMatchObject({
    use_explicit_dry_run_spec: true,
    spec: { resources: ["projects/123456789012"] },
  });
  expect(resourcesOf(document, `${TYPE}_dry_run_ingress_policy`).size).toBe(1);
  expect(attempt(yaml.replace(waiver, "")).exitCode).toBe(1);
});

test.each([
  ["nobody is let in", "", 1],
  ["Terraform is", `ingressFrom: ["${TERRAFORM}"]`, 0],
  ["an access level is", "accessLevels: [accessPolicies/1234/accessLevels/office]", 0],
])("services that Terraform calls, closed to it, are warned of where %s", (_title, perimeter, count) => {
  const { diagnostics } = attempt(around(perimeter, GCS));
  expect(diagnostics.filter(({ code }) => code === "google-no-way-in")).toHaveLength(count);
});
