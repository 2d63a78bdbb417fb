/** The whole life of the private RAG enclave on the emulator of AWS, with the real plugin, and a zone cut off while it lives. */
import { type Life, liveThrough, startLife } from "./life";
import { describeWith } from "./needs";
import { type Change, effective, type PlanJson } from "./plan-reading";
import { synth } from "./rendered";
import { findPlugin } from "./toolchain";
import { closeWorkspace, openWorkspace, showPlan, type Workspace } from "./workspace";

const SPEC = "examples/private-rag/private-rag.enclave.yaml";
const UNPROTECTED = "deletion_protection=false";
const CUT_OFF = 'quarantine=["inference"]';

async function begin(): Promise<{ readonly workspace: Workspace; readonly life: Life }> {
  const source = findPlugin("aws");
  if ("missing" in source) throw new Error(source.missing);
  const workspace = openWorkspace(synth(SPEC, "aws"), source.found);
  return { workspace, life: await startLife(workspace, "aws") };
}

/** A rule that denies, added; every other addition or removal would be a permit that moved. */
const addsDenial = ({ type, change }: Change): boolean =>
  change.actions.join() === "create" && type === "aws_network_acl_rule" && change.after?.["rule_action"] === "deny";

describeWith(["terraform", "plugin:aws", "moto"], "the life of an enclave on aws", () => {
  test("it is applied, is complete, has a zone cut off in place and restored, and goes", async () => {
    const { workspace, life } = await begin();
    try {
      for (const step of ["init", "validate", "plan", "apply", "second plan"] as const) {
        expect(life.step(step, [UNPROTECTED])).toMatchObject({ step, held: true });
      }
      expect(life.step("plan", [UNPROTECTED, CUT_OFF])).toMatchObject({ held: true });
      const changes = effective(showPlan(workspace, "plan.bin") as PlanJson);
      const others = changes.filter((change) => !addsDenial(change) && change.change.actions.join() !== "update");
      expect(others.map(({ address, change }) => `${address}: ${change.actions.join()}`)).toEqual([]);
      expect(changes.some(addsDenial)).toBe(true);
      expect(changes.some(({ change }) => change.actions.join() === "update")).toBe(true);

      expect(life.step("apply")).toMatchObject({ held: true });
      expect(life.step("second plan", [UNPROTECTED, CUT_OFF])).toMatchObject({ held: true });
      expect(life.step("plan", [UNPROTECTED])).toMatchObject({ held: true });
      expect(life.step("apply")).toMatchObject({ held: true });
      expect(life.step("second plan", [UNPROTECTED])).toMatchObject({ held: true });
      expect(life.step("destroy", [UNPROTECTED])).toMatchObject({ held: true });
    } finally {
      await life.end();
    }
    closeWorkspace(workspace);
  });

  test("a zone may be cut off from the first day", async () => {
    const { workspace, life } = await begin();
    try {
      const results = liveThrough(life, [UNPROTECTED, CUT_OFF]);
      expect(results.filter(({ held }) => !held)).toEqual([]);
      expect(results.map(({ step }) => step)).toContain("destroy");
    } finally {
      await life.end();
    }
    closeWorkspace(workspace);
  });
});
