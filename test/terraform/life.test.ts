/**
 * The whole life of enclaves, and zones cut off while they live. A real plugin calls an emulator of its cloud; a stand-in calls nobody,
 * and shows what Terraform itself makes of what is rendered: what is updated, what replaced, what is known when.
 */
import type { Cloud } from "../../src/clouds/cloud";
import { type Life, startLife } from "./life";
import { describeWith } from "./needs";
import { effective, type PlanJson } from "./plan-reading";
import { EVERY_PART, readRendered, synth } from "./rendered";
import { pluginSource } from "./toolchain";
import { completing, needsOf, RENDERINGS, type Trial, trialsOf } from "./trials";
import { closeWorkspace, openWorkspace, pin, showPlan, type Workspace } from "./workspace";

const UNPROTECTED = "deletion_protection=false";

/** `type action` to the names of what is changed, or to how many there are where each permit is a resource of its own. */
type Changes = Readonly<Record<string, readonly string[] | number>>;

interface CutOff {
  readonly spec: string;
  readonly zones: readonly string[];
  /** Protected at first, and brought back before it goes; otherwise it is destroyed as it is, cut off. */
  readonly restored: boolean;
  /** All that happens: permits change in place, denials are added, nothing is replaced or goes. */
  readonly changes: Readonly<Record<Cloud, Changes>>;
}

const CUT_OFF: readonly CutOff[] = [
  {
    spec: "examples/private-rag/private-rag.enclave.yaml",
    zones: ["inference", "loader"],
    restored: true,
    changes: {
      aws: {
        "aws_network_acl update": ["inference", "loader"],
        "aws_networkfirewall_rule_group update": ["enclave"],
        "aws_vpc_endpoint update": ["enclave_s3_inference", "enclave_s3_loader"],
        "aws_vpc_security_group_egress_rule update": 9,
        "aws_vpc_security_group_ingress_rule update": 6,
      },
      azure: {
        "azurerm_firewall_policy_rule_collection_group update": ["enclave"],
        "azurerm_network_security_group update": [
          "enclave_endpoints",
          "inference",
          "ingress",
          "loader",
          "redaction",
        ],
        "azurerm_route_table update": ["inference", "loader"],
      },
      google: {
        "google_compute_network_firewall_policy_with_rules update": ["enclave"],
        "google_network_security_gateway_security_policy_rule update": ["loader_443"],
      },
    },
  },
  {
    spec: EVERY_PART, // where tooling has been cut off from the first day
    zones: ["tooling", "train", "serve"],
    restored: false,
    changes: {
      aws: {
        "aws_network_acl update": ["serve", "train"],
        "aws_networkfirewall_rule_group update": ["enclave"],
        "aws_vpc_endpoint update": ["enclave_s3_serve", "enclave_s3_train"],
        "aws_vpc_security_group_egress_rule update": 22,
        "aws_vpc_security_group_ingress_rule update": 16,
      },
      azure: {
        "azurerm_firewall_policy_rule_collection_group update": ["enclave"],
        "azurerm_network_security_group update": ["enclave_endpoints", "gate", "mask", "serve", "train"],
        "azurerm_route_table update": ["serve", "train"],
      },
      google: {
        "google_compute_network_firewall_policy_with_rules update": ["enclave"],
        "google_network_security_gateway_security_policy_rule update": [
          "serve_443",
          "train_443",
          "train_80",
          "train_8443",
        ],
      },
    },
  },
];

interface Lived {
  readonly workspace: Workspace;
  readonly life: Life;
  readonly variables: readonly string[];
}

async function begin({ cloud, plugin, version, flags, standIn }: Trial, spec: string): Promise<Lived> {
  const folder = synth(spec, cloud, flags);
  const workspace = openWorkspace(folder, pluginSource(plugin));
  if (version !== undefined) pin(workspace, plugin, version);
  const variables = completing(cloud, readRendered(folder));
  return { workspace, life: await startLife(workspace, plugin, standIn), variables };
}

/** What the plan does, in the words of `Changes`; kinds that `like` counts are counted. */
function changesOf(workspace: Workspace, like: Changes): Changes {
  const found = new Map<string, string[]>();
  for (const { type, address, change } of effective(showPlan(workspace, "plan.bin") as PlanJson)) {
    const kind = `${type} ${change.actions.join()}`;
    found.set(kind, [...(found.get(kind) ?? []), address.replace(`${type}.`, "").replace("[0]", "")].sort());
  }
  return Object.fromEntries(
    [...found].map(([kind, names]) => [kind, typeof like[kind] === "number" ? names.length : names]),
  );
}

const undone = (changes: Changes): Changes =>
  Object.fromEntries(
    Object.entries(changes).map(([kind, names]) => [kind.replace(/ create$/, " delete"), names]),
  );

/** Goes from what stands to what the variables say: exactly these changes, and nothing is left to do. */
function change({ workspace, life }: Lived, variables: readonly string[], expected: Changes): void {
  expect(life.step("plan", variables)).toMatchObject({ held: true });
  expect(changesOf(workspace, expected)).toEqual(expected);
  expect(life.step("apply")).toMatchObject({ held: true });
  expect(life.step("second plan", variables)).toMatchObject({ held: true });
}

/** While it is protected, nothing of an enclave is destroyed; it is unprotected in place. */
function protect({ life, variables, workspace }: Lived): void {
  for (const step of ["plan", "apply"] as const)
    expect(life.step(step, variables)).toMatchObject({ step, held: true });
  expect(life.step("destroy", variables)).toMatchObject({
    held: false,
    said: expect.stringMatching(/exit 1/),
  });
  // Outputs are gone from the state, and nothing else.
  expect(life.step("plan", variables)).toMatchObject({ held: true });
  expect(changesOf(workspace, {})).toEqual({});
}

function live(lived: Lived, { zones, restored, changes }: CutOff, cloud: Cloud): void {
  const { life } = lived;
  const variables = [...lived.variables, UNPROTECTED];
  for (const step of ["init", "validate"] as const)
    expect(life.step(step)).toMatchObject({ step, held: true });
  if (restored) protect(lived);
  for (const step of ["plan", "apply", "second plan"] as const)
    expect(life.step(step, variables)).toMatchObject({ step, held: true });
  change(lived, [...variables, `quarantine=${JSON.stringify(zones)}`], changes[cloud]);
  if (restored) change(lived, variables, undone(changes[cloud]));
  const rounds = restored && cloud === "google" ? 2 : 1;
  for (let round = 1; round <= rounds; round++) {
    // What is gone leaves names behind on this cloud, and can be made again all the same.
    if (round > 1)
      for (const step of ["plan", "apply", "second plan"] as const)
        expect(life.step(step, variables)).toMatchObject({ step, held: true });
    expect(life.step("destroy", variables)).toMatchObject({ held: true });
  }
}

for (const rendering of RENDERINGS) {
  for (const trial of trialsOf(rendering)) {
    describeWith(needsOf(trial), `the life of an enclave with ${trial.title}`, () => {
      test.each(CUT_OFF)(
        "$spec is applied, is complete, has zones cut off in place, and goes",
        async (cut) => {
          const lived = await begin(trial, cut.spec);
          try {
            live(lived, cut, rendering.cloud);
          } finally {
            await lived.life.end();
          }
          closeWorkspace(lived.workspace);
        },
      );
    });
  }
}
