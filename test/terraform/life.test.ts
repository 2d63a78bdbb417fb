/** The whole life of enclaves on the emulator of AWS, with the real plugin, and zones cut off while they live. */
import { type Life, startLife } from "./life";
import { describeWith } from "./needs";
import { type Change, effective, type PlanJson } from "./plan-reading";
import { EVERY_PART, synth } from "./rendered";
import { findPlugin } from "./toolchain";
import { closeWorkspace, openWorkspace, showPlan, type Workspace } from "./workspace";

const UNPROTECTED = "deletion_protection=false";

async function begin(spec: string): Promise<{ readonly workspace: Workspace; readonly life: Life }> {
  const source = findPlugin("aws");
  if ("missing" in source) throw new Error(source.missing);
  const workspace = openWorkspace(synth(spec, "aws"), source.found);
  return { workspace, life: await startLife(workspace, "aws") };
}

/** A rule that denies, added; every other addition or removal would be a permit that moved. */
const addsDenial = ({ type, change }: Change): boolean =>
  change.actions.join() === "create" && type === "aws_network_acl_rule" && change.after?.["rule_action"] === "deny";

/** Cuts zones off in an enclave that stands: only denials are added, and permits change in place. */
function cutOff(workspace: Workspace, life: Life, variable: string): void {
  expect(life.step("plan", [UNPROTECTED, variable])).toMatchObject({ held: true });
  const changes = effective(showPlan(workspace, "plan.bin") as PlanJson);
  const others = changes.filter((change) => !addsDenial(change) && change.change.actions.join() !== "update");
  expect(others.map(({ address, change }) => `${address}: ${change.actions.join()}`)).toEqual([]);
  expect(changes.some(addsDenial)).toBe(true);
  expect(changes.some(({ change }) => change.actions.join() === "update")).toBe(true);
  expect(life.step("apply")).toMatchObject({ held: true });
  expect(life.step("second plan", [UNPROTECTED, variable])).toMatchObject({ held: true });
}

function complete(life: Life): void {
  for (const step of ["init", "validate", "plan", "apply", "second plan"] as const) {
    expect(life.step(step, [UNPROTECTED])).toMatchObject({ step, held: true });
  }
}

describeWith(["terraform", "plugin:aws", "moto"], "the life of an enclave on aws", () => {
  test("it is applied, is complete, has a zone cut off in place and restored, and goes", async () => {
    const { workspace, life } = await begin("examples/private-rag/private-rag.enclave.yaml");
    try {
      complete(life);
      cutOff(workspace, life, 'quarantine=["inference"]');
      expect(life.step("plan", [UNPROTECTED])).toMatchObject({ held: true });
      expect(life.step("apply")).toMatchObject({ held: true });
      expect(life.step("second plan", [UNPROTECTED])).toMatchObject({ held: true });
      expect(life.step("destroy", [UNPROTECTED])).toMatchObject({ held: true });
    } finally {
      await life.end();
    }
    closeWorkspace(workspace);
  });

  test("one with every part and a zone cut off from the first day has more zones cut off, and goes", async () => {
    const { workspace, life } = await begin(EVERY_PART);
    try {
      complete(life);
      cutOff(workspace, life, 'quarantine=["tooling","train","serve"]');
      expect(life.step("destroy", [UNPROTECTED])).toMatchObject({ held: true });
    } finally {
      await life.end();
    }
    closeWorkspace(workspace);
  });
});
