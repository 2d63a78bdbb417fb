/** All passes as one function without input or output. After any error there is no document. */
import { providerFor } from "../../providers/index";
import type { Printer } from "../addresses/address";
import type { Cloud } from "../clouds/cloud";
import { exitCodeOf, hasErrors, type LocatedDiagnostic } from "../diagnostics/diagnostic";
import type { NetworkPlan } from "../plan/network-plan";
import type { Provider, TerraformDocument } from "../plan/provider";
import type { RenamedPlans } from "../plan/renamed-plans";
import { brokenPromises, type Violation } from "../verifier/verify";
import { cloudsIn } from "./cloud-choice";
import type { SpecInput } from "./inputs";
import { loadSpec } from "./load";
import { type PreparationOptions, prepare } from "./prepare";
import type { ProviderFor } from "./targets";

export interface Synthesis {
  /** In the order of the spec. */
  readonly diagnostics: readonly LocatedDiagnostic[];
  readonly exitCode: 0 | 1 | 2;
  /** Empty when there is an error. */
  readonly documents: readonly CloudDocument[];
  /** The lock's new text; absent if it does not change, if the run keeps no lock, and after an error. */
  readonly lockText?: string | undefined;
}

export interface CloudDocument {
  readonly cloud: Cloud;
  readonly provider: Provider;
  readonly plan: NetworkPlan;
  readonly renamed: RenamedPlans | undefined;
  readonly printer: Printer;
  /** The content of main.tf.json. */
  readonly text: string;
  /** The content of versions.tf. */
  readonly versions: string;
  readonly resources: number;
  /** The document keeps every checked promise. This is no proof that it equals the spec. */
  readonly verdict: "CHECKED";
}

/** How a synthesis reaches the clouds. Tests give their own tools. */
export interface CloudTools {
  readonly providerFor: ProviderFor;
  readonly render: (
    provider: Provider,
    plan: NetworkPlan,
    printer: Printer,
    renamed?: RenamedPlans,
  ) => TerraformDocument;
  readonly versions: (plan: NetworkPlan, cloud: Cloud) => string;
  readonly check: typeof brokenPromises;
}

/** Loads cdktf at its first call, so that reading a spec needs no cdktf. */
const render: CloudTools["render"] = (...plan) =>
  (require("../../stacks/document") as typeof import("../../stacks/document")).renderDocument(...plan);

const versions: CloudTools["versions"] = (plan, cloud) =>
  (require("../../stacks/document") as typeof import("../../stacks/document")).versionsText(plan, cloud);

export const cloudTools: CloudTools = { providerFor, render, versions, check: brokenPromises };

/** Throws when a document breaks a promise: that is a bug of ours with any spec. */
export function synthesize(
  input: SpecInput,
  options: PreparationOptions,
  progress: (step: string) => void = () => {},
  tools: CloudTools = cloudTools,
): Synthesis {
  progress("reading the spec");
  const loaded = loadSpec(input.bytes, input.file, options.cloud && cloudsIn(options.cloud));
  const prepared = prepare(loaded, input.lock, options, tools.providerFor);
  const diagnostics = inOrder(prepared.diagnostics, input.file);
  if (hasErrors(diagnostics) || prepared.ready === undefined)
    return { diagnostics, exitCode: exitCodeOf(diagnostics), documents: [] };
  const { enclave, addresses, plan, renamed, printer, providers, lockText } = prepared.ready;
  const documents = providers.map((provider): CloudDocument => {
    progress(`rendering for ${provider.cloud}`);
    const document = tools.render(provider, plan, printer, renamed);
    refuseBroken(provider.cloud, tools.check(provider.cloud, document, enclave, addresses));
    const [text, resources] = [`${JSON.stringify(document, null, 2)}\n`, countResources(document)];
    const { cloud } = provider;
    const versions = tools.versions(plan, cloud);
    return { cloud, provider, plan, renamed, printer, text, versions, resources, verdict: "CHECKED" };
  });
  return { diagnostics, exitCode: 0, documents, lockText };
}

/** As many as a user can read. One broken promise often comes with others. */
const MOST_TOLD = 5;

function refuseBroken(cloud: Cloud, violations: readonly Violation[]): void {
  if (violations.length === 0) return;
  const texts = violations.map(({ promise, resource, detail }) => `${promise}: ${resource}: ${detail}`);
  const more = texts.length > MOST_TOLD ? [`${texts.length - MOST_TOLD} more`] : [];
  const found = [...texts.slice(0, MOST_TOLD), ...more].join("; ");
  throw new Error(`internal: the rendering for ${cloud} is not what was asked for: ${found}`);
}

function countResources(document: TerraformDocument): number {
  const types = Object.values((document["resource"] ?? {}) as Readonly<Record<string, object>>);
  return types.reduce((sum, resources) => sum + Object.keys(resources).length, 0);
}

/** By line and column; other files first, because without them the spec's own addresses mean nothing. */
const inOrder = (diagnostics: readonly LocatedDiagnostic[], specFile: string): LocatedDiagnostic[] => [
  ...diagnostics.filter(({ file }) => file !== specFile),
  ...diagnostics
    .filter(({ file }) => file === specFile)
    .sort((a, b) => a.line - b.line || a.column - b.column),
];
