/** What is rendered is planned by each plugin without credentials, without an account and with nobody to answer a call. */
import type { Cloud } from "../../src/clouds/cloud";
import { NOBODY } from "./emulator";
import { describeWith } from "./needs";
import { ofType, type PlanJson } from "./plan-reading";
import { type Rendered, readRendered, spec, synth } from "./rendered";
import { pluginSource } from "./toolchain";
import { completing, RENDERINGS, rangeOf, specsFor, type Trial, trialsOf, waitingIn } from "./trials";
import {
  chosenVersion,
  closeWorkspace,
  openWorkspace,
  overrideProvider,
  pin,
  showPlan,
  succeed,
  terraform,
  type Workspace,
} from "./workspace";

/** What holds of a cloud's plans alone. */
const SENTENCES: Readonly<Record<Cloud, Readonly<Record<string, (plan: PlanJson) => void>>>> = {
  aws: {
    "firewalls are protected against deletion by default": (plan) => {
      for (const { change } of ofType(plan, "aws_networkfirewall_firewall"))
        expect(change.after).toMatchObject({ delete_protection: true });
    },
    "nothing has a public address of its own but the way out": (plan) => {
      const subnets = ofType(plan, "aws_subnet");
      expect(subnets.length).toBeGreaterThan(0);
      for (const { change } of subnets)
        expect(change.after).toMatchObject({ map_public_ip_on_launch: false });
    },
  },
  azure: {
    "no subnet is open for a moment, because each is made with its network": (plan) => {
      const networks = ofType(plan, "azurerm_virtual_network");
      expect(networks.length).toBeGreaterThan(0);
      for (const { change } of networks)
        expect(change.after?.["subnet"]).toEqual(
          expect.arrayContaining([expect.objectContaining({ default_outbound_access_enabled: false })]),
        );
    },
  },
  google: {
    "no log bucket is locked, which nobody could undo": (plan) => {
      const buckets = ofType(plan, "google_logging_project_bucket_config");
      expect(buckets.length).toBeGreaterThan(0);
      for (const { change } of buckets) expect(change.after).not.toMatchObject({ locked: true });
    },
  },
};

/** Real azurerm asks for a token before it plans; its plans are judged with the emulator, in a whole life. */
const plansAlone = ({ plugin, standIn }: Trial): boolean => standIn || plugin !== "azurerm";

interface Opened {
  readonly workspace: Workspace;
  readonly document: Rendered;
}

function open({ cloud, plugin, version, flags }: Trial, spec: string): Opened {
  const folder = synth(spec, cloud, flags);
  const workspace = openWorkspace(folder, pluginSource(plugin));
  overrideProvider(workspace, plugin, NOBODY[plugin].provider);
  if (version !== undefined) pin(workspace, plugin, version);
  succeed(workspace, "init", ["init", "-input=false"]);
  return { workspace, document: readRendered(folder) };
}

function planOf({ plugin }: Trial, { workspace }: Opened, variables: readonly string[]): string {
  const values = variables.flatMap((variable) => ["-var", variable]);
  return succeed(workspace, "plan", ["plan", "-input=false", "-out=plan.bin", ...values], NOBODY[plugin].env);
}

/** The first words of each warning, or of what a failed check says in it. */
const warningsOf = (text: string): string[] =>
  text
    .replaceAll(/[│╷╵]/g, "")
    .split("Warning: ")
    .slice(1)
    .map(
      (warning) =>
        /Private endpoint \S+ is\s+not\s+created/.exec(warning)?.[0].replaceAll(/\s+/g, " ") ??
        warning.trim(),
    )
    .sort();

for (const rendering of RENDERINGS) {
  const { cloud, plugin, flags } = rendering;
  describeWith(
    ["terraform", `plugin:${plugin}`],
    `plan on ${[cloud, ...flags].join(" ")} without an account`,
    () => {
      const trials = trialsOf(rendering);

      test("Terraform chooses the newest version of those that are tried", () => {
        const workspace = openWorkspace(synth(spec("nothing"), cloud, flags), pluginSource(plugin));
        succeed(workspace, "init", ["init", "-input=false", "-backend=false"]);
        const version = chosenVersion(workspace, plugin);
        closeWorkspace(workspace);
        expect(version).toBe(trials.at(-1)?.version ?? version);
      });

      describe.each(
        trials.filter(plansAlone).flatMap((trial) => specsFor(cloud).map((spec) => ({ trial, spec }))),
      )("$trial.title: $spec", ({ trial, spec }) => {
        let opened: Opened;
        let plan: PlanJson;

        beforeAll(() => {
          opened = open(trial, spec);
        });

        afterAll(() => closeWorkspace(opened.workspace));

        test("validates without a warning", () => {
          const { text } = terraform(opened.workspace, "validate", ["validate", "-json"]);
          expect(JSON.parse(text)).toMatchObject({
            valid: true,
            error_count: 0,
            warning_count: 0,
            diagnostics: [],
          });
        });

        test("plans while nobody answers a call, and warns of nothing but endpoints whose ids are not given", () => {
          const waiting = waitingIn(opened.document);
          const first = planOf(trial, opened, []);
          expect(warningsOf(first)).toEqual(
            waiting.map((name) => `Private endpoint ${name} is not created`).sort(),
          );
          const text =
            waiting.length === 0 ? first : planOf(trial, opened, completing(cloud, opened.document));
          expect(text).toMatch(/Plan: \d+ to add, 0 to change, 0 to destroy/);
          expect(warningsOf(text)).toEqual([]);
          plan = showPlan(opened.workspace, "plan.bin") as PlanJson;
        });

        test("asks the cloud nothing: there is no data source", () => {
          expect(plan.resource_changes.filter(({ mode }) => mode === "data")).toEqual([]);
        });

        test("every resource has an address of its own, without an index that could move", () => {
          const moving = plan.resource_changes
            .map(({ address }) => address)
            .filter((address) => /\[\d+\]$/.test(address) && !address.endsWith("[0]"));
          expect(moving).toEqual([]);
        });

        test("a guard refuses to destroy by default", () => {
          expect(ofType(plan, "terraform_data")).toMatchObject([{ change: { after: { input: 1 } } }]);
        });

        for (const [title, judge] of Object.entries(SENTENCES[cloud])) test(title, () => judge(plan));
      });
    },
  );

  const { from } = rangeOf(rendering);
  describeWith(
    ["terraform", `plugin:${plugin} ${from}`],
    `the lower end of the range on ${[cloud, ...flags].join(" ")}`,
    () => {
      test(`${from} is tried`, () => expect(trialsOf(rendering)[0]?.version).toBe(from));
    },
  );
}
