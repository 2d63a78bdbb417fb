/** An override file replaces a block whole: one that empties the perimeter on Google stops before anything changes. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { NOBODY } from "./emulator";
import { describeWith } from "./needs";
import { synth } from "./rendered";
import { pluginSource } from "./toolchain";
import { closeWorkspace, openWorkspace, overrideProvider, succeed, terraform } from "./workspace";

const RULE = { ingress_from: { identity_type: "ANY_IDENTITY" } };
const STATUS = { resources: ["projects/123456789012"], ingress_policies: [RULE] };

describeWith(["terraform", "plugin:google"], "the perimeter in an override file", () => {
  const workspace = openWorkspace(
    synth("examples/private-rag/private-rag.enclave.yaml", "google", []),
    pluginSource("google"),
  );
  overrideProvider(workspace, "google", NOBODY.google.provider);

  const plan = () => terraform(workspace, "plan", ["plan", "-input=false"], NOBODY.google.env);

  beforeAll(() => succeed(workspace, "init", ["init", "-input=false"]));
  afterAll(() => closeWorkspace(workspace));

  test("is planned as it was rendered", () => {
    expect(plan().code).toBe(0);
  });

  test("is refused when a rule of somebody's own replaces what it closes", () => {
    const perimeter = { google_access_context_manager_service_perimeter: { enclave: { status: STATUS } } };
    writeFileSync(join(workspace.folder, "mine_override.tf.json"), JSON.stringify({ resource: perimeter }));
    const { code, text } = plan();
    expect(code).toBe(1);
    expect(text).toContain("The perimeter no longer closes the services of this enclave");
  });
});
