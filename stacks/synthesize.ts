/**
 * The pass line as one function without input or output: spec and lock as text go in, checked documents and the next lock come
 * out. Parse, rules, addresses and plan are shared by all clouds asked for; one error anywhere and there is no document at all.
 */
import { literalPrinter, type Printer } from "../src/addresses/address";
import type { Lock } from "../src/addresses/lock";
import { parseLock, printLock } from "../src/addresses/lock-file";
import { resolveAddresses } from "../src/addresses/resolve";
import { type Diagnostic, exitCodeOf, hasErrors, type LocatedDiagnostic } from "../src/diagnostics/diagnostic";
import { CLOUDS, type Cloud } from "../src/model/cloud";
import type { Enclave } from "../src/model/enclave";
import { loadSpec } from "../src/model/load";
import { checkTarget } from "../src/model/target";
import type { NetworkPlan } from "../src/plan/network-plan";
import { planNetwork } from "../src/plan/plan";
import { type Provider, type TerraformDocument, unsupported } from "../src/provider";
import type { CloudChoice } from "./cloud-choice";
import type { LockInput, SpecInput } from "./inputs";
import { problemIn } from "./outside";
import { type CloudTools, cloudTools } from "./tools";

export interface SynthesisOptions {
  /** What was asked for outside the spec; absent: the spec's `cloud` line. */
  readonly cloud?: CloudChoice;
  /** Comes before the spec's `terraform: { azurerm }`. */
  readonly azurermMajor?: 4 | 5;
  /** Any change of the lock is an error. */
  readonly frozenLock: boolean;
  /** Freed blocks and numbers are given out again. */
  readonly reclaim: boolean;
}

export interface Synthesis {
  /** In the order of the spec. */
  readonly diagnostics: readonly LocatedDiagnostic[];
  readonly exitCode: 0 | 1 | 2;
  /** Empty when there is an error. */
  readonly documents: readonly CloudDocument[];
  /** The lock's new text; absent when it stays as it is, when none is kept, and when there is an error. */
  readonly lockText?: string;
}

export interface CloudDocument {
  readonly cloud: Cloud;
  readonly provider: Provider;
  readonly plan: NetworkPlan;
  readonly printer: Printer;
  /** The content of main.tf.json. */
  readonly text: string;
  readonly resources: number;
  /** Its invariants hold; not yet a proof that it equals the spec. */
  readonly verdict: "CHECKED";
}

/** Throws when a rendered document breaks an invariant: that is a bug of ours, whatever the spec says. */
export function synthesize(
  input: SpecInput,
  options: SynthesisOptions,
  progress: (step: string) => void = () => {},
  tools: CloudTools = cloudTools,
): Synthesis {
  progress("reading the spec");
  const loaded = loadSpec(input.bytes, input.file);
  const past = readLock(input.lock);
  const draft = loaded.enclave === undefined ? undefined : prepare(loaded.enclave, past, input, options, tools);
  const diagnostics = inOrder([...past.damage, ...loaded.diagnostics, ...loaded.locate(draft?.diagnostics ?? [])], input.file);
  if (hasErrors(diagnostics) || draft?.ready === undefined) return { diagnostics, exitCode: exitCodeOf(diagnostics), documents: [] };
  const { plan, printer, providers, lockText } = draft.ready;
  const documents = providers.map((provider): CloudDocument => {
    progress(`rendering for ${provider.cloud}`);
    const document = tools.render(provider, plan, printer);
    refuseBroken(provider, document, plan);
    return {
      cloud: provider.cloud,
      provider,
      plan,
      printer,
      text: printDocument(document),
      resources: countResources(document),
      verdict: "CHECKED",
    };
  });
  return { diagnostics, exitCode: 0, documents, ...(lockText === undefined ? {} : { lockText }) };
}

/** Everything before rendering: what there is to say, and, when nothing is wrong, what to render. */
interface Draft {
  readonly diagnostics: readonly Diagnostic[];
  readonly ready?: Ready;
}

interface Ready {
  readonly plan: NetworkPlan;
  readonly printer: Printer;
  readonly providers: readonly Provider[];
  readonly lockText?: string;
}

interface PastLock {
  readonly lock?: Lock;
  readonly damage: readonly LocatedDiagnostic[];
}

function readLock(input: LockInput | undefined): PastLock {
  if (input?.text === undefined) return { damage: [] };
  const parsed = parseLock(input.text);
  if ("lock" in parsed) return { lock: parsed.lock, damage: [] };
  const fix = "restore it from version control; without it every address and rule number is given out anew";
  return {
    damage: [problemIn(input.file, { code: "lock-damaged", summary: "the lock file is damaged", detail: `${parsed.problem}.`, fix })],
  };
}

function prepare(loaded: Enclave, past: PastLock, input: SpecInput, options: SynthesisOptions, tools: CloudTools): Draft {
  const enclave = options.azurermMajor === undefined ? loaded : { ...loaded, azurermMajor: options.azurermMajor };
  const targets = chooseTargets(enclave, options.cloud, tools);
  // Addresses computed without a lock that exists but cannot be read would be a second mistake made of the first.
  if (past.damage.length > 0) return { diagnostics: targets.diagnostics };
  const resolved = resolveAddresses(enclave, past.lock, {
    frozen: options.frozenLock,
    reclaim: options.reclaim,
    ...(input.lock === undefined ? {} : { lockFile: input.lock.file }),
  });
  const { addresses, lock, changed } = resolved;
  if (addresses === undefined) return { diagnostics: [...targets.diagnostics, ...resolved.diagnostics] };
  const plan = planNetwork(enclave, addresses);
  const printer = literalPrinter(addresses.range);
  const reviews = targets.providers.flatMap((provider) => [...provider.review(plan, printer)]);
  const lockText = input.lock !== undefined && lock !== undefined && changed ? { lockText: printLock(lock) } : {};
  return {
    diagnostics: [...targets.diagnostics, ...resolved.diagnostics, ...reviews],
    ready: { plan, printer, providers: targets.providers, ...lockText },
  };
}

function chooseTargets(enclave: Enclave, choice: CloudChoice | undefined, tools: CloudTools) {
  const wanted = choice ?? enclave.cloud;
  if (wanted === undefined) return { providers: [], diagnostics: [cloudMissing] };
  const clouds = wanted === "all" ? CLOUDS : [wanted];
  const found = clouds.map((cloud) => ({ cloud, ...tools.providerFor(cloud) }));
  const providers = found.flatMap(({ provider }) => (provider === undefined ? [] : [provider]));
  const missing = found.flatMap(({ cloud, reason }) => (reason === undefined ? [] : [cloudUnavailable(cloud, reason)]));
  return {
    providers,
    diagnostics: [...missing, ...checkTarget(enclave, clouds), ...providers.flatMap((one) => unsupported(one, enclave))],
  };
}

/** A whole cloud that cannot be rendered for; `reason` says whether it is not built yet or its package is missing. */
const cloudUnavailable = (cloud: Cloud, reason: string): Diagnostic => ({
  severity: "error",
  code: "cloud-unavailable",
  summary: `${cloud} cannot be rendered`,
  detail: reason,
  path: "cloud",
  facts: { cloud },
});

const cloudMissing: Diagnostic = {
  severity: "error",
  code: "cloud-missing",
  summary: "no cloud is named",
  detail: 'It is taken from --cloud, ENCLAVE_CLOUD, the context "cloud" in cdktf.json, and the spec, in this order.',
  path: "",
  facts: {},
  fix: "cloud: aws",
};

function refuseBroken(provider: Provider, document: TerraformDocument, plan: NetworkPlan): void {
  const broken = provider.brokenInvariants(document, plan);
  if (broken.length > 0) throw new Error(`internal: the rendering for ${provider.cloud} is not what was planned: ${broken.join("; ")}`);
}

const printDocument = (document: TerraformDocument): string => `${JSON.stringify(document, null, 2)}\n`;

function countResources(document: TerraformDocument): number {
  const types = Object.values((document["resource"] ?? {}) as Readonly<Record<string, object>>);
  return types.reduce((sum, resources) => sum + Object.keys(resources).length, 0);
}

/** By line and column; what is about another file comes first, because without it the spec's own addresses mean nothing. */
const inOrder = (diagnostics: readonly LocatedDiagnostic[], specFile: string): LocatedDiagnostic[] => [
  ...diagnostics.filter(({ file }) => file !== specFile),
  ...diagnostics.filter(({ file }) => file === specFile).sort((a, b) => a.line - b.line || a.column - b.column),
];
