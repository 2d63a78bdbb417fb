/**
 * What is rendered for google, under every version of the plugin that the mirror has: the lower end of the range and the newest.
 * A stand-in plugin, which knows the schema and invents the rest, is taken through a whole life; the real one needs its cloud.
 */
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { render, spec } from "../providers/google/rendered";
import { describeWith } from "./needs";
import { effective, type PlanJson } from "./plan-reading";
import { findPlugin } from "./toolchain";
import { closeWorkspace, openWorkspace, overrideProvider, showPlan, terraform, type Workspace } from "./workspace";

/** Every type of resource, and every optional argument. */
const EVERY_PART = `${spec().replace("google: {", "google: { kmsKey: projects/p/locations/us-east1/keyRings/k/cryptoKeys/c, inspectionCaPool: projects/p/locations/us-east1/caPools/p,")}flows:
  - { from: internet, to: web, ports: [443/tcp], why: "public" }
  - { from: web, to: app, ports: [8080/tcp, 100-200/udp, icmp], why: "requests" }
  - { from: app, to: db, ports: [any], why: "all" }
privateEndpoints:
  corpus: { service: object-storage, from: [app] }
  images: { service: container-registry, from: [app, db] }
  index: { service: custom, from: [app], ports: [443/tcp], dnsName: x.example.com, target: { google: { serviceAttachment: projects/p/regions/us-east1/serviceAttachments/s } } }
  users: { service: relational-db, from: [app] }
egress:
  - { from: app, to: ["*.huggingface.co", mirror.example.com], ports: [443/tcp, 80/tcp, 8443/tcp], why: "packages" }
inspection: request
dns: { allow: [time.example.org] }
`;
const NOTHING = spec();

const NO_CALLS = { access_token: "none", project: "my-project", region: "us-east1", user_project_override: false };
const DEAD = { HTTPS_PROXY: "http://127.0.0.1:1" };
const HOST = "registry.terraform.io/hashicorp/google";

function mirror(): string {
  const source = findPlugin("google");
  return "found" in source && "mirror" in source.found ? source.found.mirror : "";
}

const versions = (): string[] =>
  existsSync(path.join(mirror(), HOST)) ? readdirSync(path.join(mirror(), HOST)).filter((name) => /^\d+\.\d+\.\d+$/.test(name)) : [];

function isStandIn(version: string): boolean {
  const folder = path.join(mirror(), HOST, version);
  return readdirSync(folder).some((platform) => existsSync(path.join(folder, platform, "schema.json")));
}

function open(yaml: string, version: string): Workspace {
  const source = findPlugin("google");
  if ("missing" in source) throw new Error(source.missing);
  const folder = mkdtempSync(path.join(tmpdir(), "enclave-google-"));
  writeFileSync(path.join(folder, "main.tf.json"), JSON.stringify(render(yaml)));
  const workspace = openWorkspace(folder, source.found);
  rmSync(folder, { recursive: true });
  overrideProvider(workspace, "google", NO_CALLS);
  const only = { terraform: { required_providers: { google: { source: "hashicorp/google", version: `= ${version}` } } } };
  writeFileSync(path.join(workspace.folder, "zz_version_override.tf.json"), JSON.stringify(only));
  expect(terraform(workspace, "init", ["init", "-input=false"])).toMatchObject({ code: 0 });
  return workspace;
}

function withWorkspace(yaml: string, version: string, use: (workspace: Workspace) => void): void {
  const workspace = open(yaml, version);
  try {
    use(workspace);
  } finally {
    closeWorkspace(workspace);
  }
}

describeWith(["terraform", "plugin:google"], "plan on google without a project", () => {
  const cases = versions().flatMap((version) => [
    ["every part", version, EVERY_PART] as const,
    ["nothing declared", version, NOTHING] as const,
  ]);

  test("there is a version to try", () => expect(versions().length).toBeGreaterThan(0));

  for (const [what, version, yaml] of cases)
    test(`${what}: plugin ${version} takes every argument, warns of none, and plans while nobody answers`, () => {
      withWorkspace(yaml, version, (workspace) => {
        expect(JSON.parse(terraform(workspace, "validate", ["validate", "-json"]).text)).toMatchObject({
          valid: true,
          error_count: 0,
          warning_count: 0,
        });
        const run = terraform(workspace, "plan", ["plan", "-input=false"], DEAD);
        expect(run.text).toMatch(/Plan: \d+ to add, 0 to change, 0 to destroy/);
        expect(run.code).toBe(0);
      });
    });

  for (const version of versions().filter(isStandIn))
    test(`plugin ${version}: all of it lives, has a zone cut off in place, and goes`, () => {
      withWorkspace(EVERY_PART, version, (workspace) => {
        const cutOff = ["-var", 'quarantine=["app"]'];
        expect(terraform(workspace, "apply", ["apply", "-input=false", "-auto-approve"])).toMatchObject({ code: 0 });
        expect(terraform(workspace, "second plan", ["plan", "-input=false", "-detailed-exitcode"])).toMatchObject({ code: 0 });
        expect(terraform(workspace, "plan", ["plan", "-input=false", "-out=plan.bin", ...cutOff])).toMatchObject({ code: 0 });
        const changes = effective(showPlan(workspace, "plan.bin") as PlanJson).map(
          ({ address, change }) => `${address}: ${change.actions.join()}`,
        );
        expect(changes.sort()).toEqual([
          "google_compute_network_firewall_policy_with_rules.enclave: update",
          ...["443", "80", "8443"].map((port) => `google_network_security_gateway_security_policy_rule.app_${port}: update`),
        ]);
        expect(terraform(workspace, "apply", ["apply", "-input=false", "plan.bin"])).toMatchObject({ code: 0 });
        expect(terraform(workspace, "second plan", ["plan", "-input=false", "-detailed-exitcode", ...cutOff])).toMatchObject({ code: 0 });
        expect(terraform(workspace, "destroy", ["destroy", "-input=false", "-auto-approve"])).toMatchObject({ code: 0 });
      });
    });
});
