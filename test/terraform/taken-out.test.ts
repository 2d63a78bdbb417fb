/**
 * Egress and `dns.allow` go in one apply while an enclave lives on google. Terraform destroys a thing before it changes what named it,
 * and a cloud may keep what is still named: so nothing that changes in place may name what goes.
 */
import { writeFileSync } from "node:fs";
import path from "node:path";
import type { TerraformDocument } from "../../src/plan/provider";
import { runAfter, type Spec } from "../support/renamed-specs";
import { type Life, startLife } from "./life";
import { describeWith } from "./needs";
import { effective, type PlanJson } from "./plan-reading";
import { spec, synth } from "./rendered";
import { pluginSource } from "./toolchain";
import { needsOf, RENDERINGS, type Trial, trialsOf } from "./trials";
import { closeWorkspace, openWorkspace, pin, showPlan, type Workspace } from "./workspace";

const UNPROTECTED = ["deletion_protection=false"];

const WITHOUT: Spec = {
  name: "leaving",
  cloud: "google",
  region: "us-east1",
  cidr: "10.30.0.0/20",
  zones: { bring: { exposure: "private", hosts: 10 }, app: { exposure: "isolated", hosts: 10 } },
  flows: [{ from: "app", to: "bring", ports: ["8080/tcp"], why: "requests" }],
  google: { project: "my-project" },
};
const EGRESS = { egress: [{ from: "bring", to: ["example.com"], ports: ["443/tcp"], why: "weights" }] };
const NAMES = { dns: { allow: ["time.example.com"] } };

/** What changes in place and still names something that goes. */
function namingWhatGoes(plan: PlanJson): string[] {
  const changes = effective(plan).map(({ address, change }) => ({ address, ...change }));
  const gone = changes
    .filter(({ actions }) => actions.includes("delete"))
    .map(({ before }) => JSON.stringify(before?.["id"]));
  return changes
    .filter(({ actions, before }) => {
      const named = JSON.stringify(before);
      return actions.join() === "update" && gone.some((id) => named.includes(id));
    })
    .map(({ address }) => address);
}

const ATTACHED: Spec = {
  ...WITHOUT,
  privateEndpoints: { users: { service: "relational-db", from: ["app"] } },
};

const TRIALS = RENDERINGS.filter(({ cloud }) => cloud === "google").flatMap(trialsOf);

async function begin({ plugin, version, standIn }: Trial): Promise<{ workspace: Workspace; life: Life }> {
  const workspace = openWorkspace(synth(spec("nothing"), "google"), pluginSource(plugin));
  if (version !== undefined) pin(workspace, plugin, version);
  return { workspace, life: await startLife(workspace, plugin, standIn) };
}

for (const trial of TRIALS)
  describeWith(needsOf(trial), `parts that an enclave loses with ${trial.title}`, () => {
    test("egress and allowed names go together, come back one by one, and nothing is left", async () => {
      const { workspace, life } = await begin(trial);
      let lock: string | undefined;
      const goTo = (parts: object): PlanJson => {
        const ran: { document: TerraformDocument; lock: string } = runAfter(
          lock,
          { ...WITHOUT, ...parts },
          { cloud: "google" },
        );
        lock = ran.lock;
        writeFileSync(path.join(workspace.folder, "main.tf.json"), JSON.stringify(ran.document));
        for (const step of ["init", "plan", "apply", "second plan"] as const)
          expect(life.step(step, UNPROTECTED)).toMatchObject({ step, held: true });
        return showPlan(workspace, "plan.bin") as PlanJson;
      };
      try {
        goTo({ ...EGRESS, ...NAMES });
        expect(namingWhatGoes(goTo({}))).toEqual([]);
        goTo(NAMES);
        goTo({ ...EGRESS, ...NAMES });
        expect(namingWhatGoes(goTo(EGRESS))).toEqual([]);
        expect(life.step("destroy", UNPROTECTED)).toMatchObject({ held: true });
      } finally {
        await life.end();
      }
      closeWorkspace(workspace);
    });

    // Which argument makes a thing anew is not in a schema.
    if (!trial.standIn)
      test("an endpoint with another service attachment is made anew, at its address", async () => {
        const { workspace, life } = await begin(trial);
        try {
          const document = runAfter(undefined, ATTACHED, { cloud: "google" }).document;
          writeFileSync(path.join(workspace.folder, "main.tf.json"), JSON.stringify(document));
          expect(life.step("init")).toMatchObject({ held: true });
          for (const name of ["old", "new"]) {
            const users = [`projects/partner/regions/us-east1/serviceAttachments/${name}`];
            const variables = [...UNPROTECTED, `private_endpoint_resource_ids=${JSON.stringify({ users })}`];
            for (const step of ["plan", "apply", "second plan"] as const)
              expect(life.step(step, variables)).toMatchObject({ step, held: true });
          }
          const changes = effective(showPlan(workspace, "plan.bin") as PlanJson);
          expect(changes.map(({ address, change }) => [address, change.actions.join()])).toEqual([
            ["google_compute_forwarding_rule.enclave_users[0]", "delete,create"],
          ]);
        } finally {
          await life.end();
        }
        closeWorkspace(workspace);
      });
  });
