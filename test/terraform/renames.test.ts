/** Zones and endpoints get new names while they live: Terraform moves everything, replaces nothing, and changes tags in place. */
import { writeFileSync } from "node:fs";
import path from "node:path";
import type { TerraformDocument } from "../../src/plan/provider";
import {
  movesIn,
  namesOf,
  type Rename,
  readSpec,
  renamedSpec,
  runAfter,
  type Spec,
} from "../support/renamed-specs";
import { type Life, startLife } from "./life";
import { describeWith } from "./needs";
import { effective, type PlanJson } from "./plan-reading";
import { EVERY_PART, type Rendered, synth } from "./rendered";
import { pluginSource } from "./toolchain";
import { completing, needsOf, RENDERINGS, type Trial, trialsOf } from "./trials";
import { closeWorkspace, openWorkspace, pin, showPlan, type Workspace } from "./workspace";

const PRIVATE_RAG = "examples/private-rag/private-rag.enclave.yaml";

/** Every zone and every endpoint of it. */
const allIn = (spec: Spec): Rename[] =>
  (["zones", "privateEndpoints"] as const).flatMap((kind) =>
    namesOf(spec, kind).map((from) => ({ kind, from, to: `new-${from}` })),
  );

const SOME: readonly Rename[] = [
  { kind: "zones", from: "inference", to: "new-inference" },
  { kind: "privateEndpoints", from: "model", to: "new-model" },
];

/** Arguments in which the tag of a zone stands. */
const TAGS = ["effective_labels", "labels", "tags", "tags_all", "terraform_labels"];

interface Lived {
  readonly workspace: Workspace;
  readonly life: Life;
}

/** A user's values under the new names. */
const renamedIn = (variables: readonly string[], renames: readonly Rename[]): string[] =>
  variables.map((text) => renames.reduce((now, { from, to }) => now.replace(`"${from}":`, `"${to}":`), text));

/** Goes to what a document says, and answers the plan of that. */
function goTo(
  { workspace, life }: Lived,
  document: TerraformDocument,
  variables: readonly string[],
): PlanJson {
  writeFileSync(path.join(workspace.folder, "main.tf.json"), JSON.stringify(document));
  for (const step of ["init", "plan", "apply", "second plan"] as const)
    expect(life.step(step, variables)).toMatchObject({ step, held: true });
  return showPlan(workspace, "plan.bin") as PlanJson;
}

function expectInPlace(plan: PlanJson): void {
  const changed = effective(plan).map(({ address, change: { actions, before, after } }) => {
    const differing = Object.keys(after ?? {}).filter(
      (key) => JSON.stringify(before?.[key]) !== JSON.stringify(after?.[key]) && !TAGS.includes(key),
    );
    return { address, actions, differing };
  });
  expect(changed).toEqual(changed.map(({ address }) => ({ address, actions: ["update"], differing: [] })));
}

async function rename(trial: Trial, file: string, renames: readonly Rename[]): Promise<void> {
  const spec = readSpec(file);
  const target = { cloud: trial.cloud, azurermMajor: trial.flags.length === 0 ? 4 : 5 } as const;
  const before = runAfter(undefined, spec, target);
  const after = runAfter(before.lock, renamedSpec(spec, renames), target);
  const workspace = openWorkspace(synth(file, trial.cloud, trial.flags), pluginSource(trial.plugin));
  if (trial.version !== undefined) pin(workspace, trial.plugin, trial.version);
  const life = await startLife(workspace, trial.plugin, trial.standIn);
  try {
    const variables = completing(trial.cloud, before.document as Rendered);
    goTo({ workspace, life }, before.document, variables);
    const plan = goTo({ workspace, life }, after.document, renamedIn(variables, renames));
    const moved = plan.resource_changes.flatMap((each) => each.previous_address ?? []);
    // What has no instance has none to move.
    const known = new Set(movesIn(after.document).map(({ from }) => from));
    expect(
      moved.map((address) => address.replace(/\[.*$/, "")).filter((address) => !known.has(address)),
    ).toEqual([]);
    expect(moved.length).toBeGreaterThan(0);
    expectInPlace(plan);
  } finally {
    await life.end();
  }
  closeWorkspace(workspace);
}

for (const rendering of RENDERINGS)
  for (const trial of trialsOf(rendering))
    describeWith(needsOf(trial), `renames of what lives with ${trial.title}`, () => {
      test("a zone and an endpoint: nothing is replaced, created or destroyed", () =>
        rename(trial, PRIVATE_RAG, SOME));

      // An emulator takes minutes for it.
      if (trial.standIn)
        test("all zones and all endpoints of everything", () =>
          rename(trial, EVERY_PART, allIn(readSpec(EVERY_PART))));
    });
