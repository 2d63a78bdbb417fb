/**
 * Everything between a read spec and its rendering: lock, clouds, addresses, plan, and the review of each cloud. One mistake hides
 * no other: a value that one pass refuses is unknown to the next, which looks for errors in the known part of the spec.
 */
import { literalPrinter, type Printer } from "../addresses/address";
import type { Addresses } from "../addresses/addresses";
import { type Lock, printLock } from "../addresses/lock";
import { parseLock } from "../addresses/parse-lock";
import { type Resolution, resolveAddresses } from "../addresses/resolve";
import { CLOUD_FACTS } from "../clouds/clouds";
import { type Diagnostic, hasErrors, type LocatedDiagnostic } from "../diagnostics/diagnostic";
import { problemIn } from "../diagnostics/result";
import type { Enclave } from "../model/enclave";
import type { NetworkPlan } from "../plan/network-plan";
import { planNetwork } from "../plan/plan";
import type { Provider } from "../plan/provider";
import { buildEnclave } from "../spec/read/build";
import { type Draft, hasUnknownAt, isUnknownAt, withUnknown } from "../spec/read/draft";
import { knownPart } from "../spec/read/known-part";
import type { CloudChoice } from "./cloud-choice";
import type { LockInput } from "./inputs";
import type { LoadedSpec } from "./load";
import { chooseTargets, type Target } from "./targets";
import type { CloudTools } from "./tools";

export interface PreparationOptions {
  /** The choice from outside the spec; absent: the spec's `cloud` line. */
  readonly cloud?: CloudChoice;
  /** Comes before the spec's `terraform: { azurerm }`. */
  readonly azurermMajor?: 4 | 5;
  /** Any change of the lock is an error. */
  readonly frozenLock: boolean;
  /** Freed blocks and numbers are given out again. */
  readonly reclaim: boolean;
}

export interface Preparation {
  /** Those of the spec itself included, in no order. */
  readonly diagnostics: readonly LocatedDiagnostic[];
  /** Absent when there is an error. */
  readonly ready?: Ready;
}

export interface Ready {
  readonly enclave: Enclave;
  readonly addresses: Addresses;
  readonly plan: NetworkPlan;
  readonly printer: Printer;
  readonly providers: readonly Provider[];
  /** The lock's new text; absent when it stays as it is and when none is kept. */
  readonly lockText?: string;
}

export function prepare(
  { enclave, draft, diagnostics, locate }: LoadedSpec,
  lockInput: LockInput | undefined,
  options: PreparationOptions,
  tools: CloudTools,
): Preparation {
  const past = readLock(lockInput);
  const earlier = [...(past.damage ?? []), ...diagnostics];
  if (draft === undefined) return { diagnostics: earlier };
  const isWhole = enclave !== undefined;
  const spec = { draft, enclave: withMajor(enclave ?? buildEnclave(knownPart(draft)), options) };
  // How a lock would change is not known before the spec is right.
  const pass = passOver(spec, past, { ...options, frozenLock: isWhole && options.frozenLock }, tools);
  const found = isWhole ? pass.found : pass.found.filter(isError);
  const needed = [...earlier, ...locate(found)].filter((each) => !isNeedless(each, pass.capabilities));
  const all = [...needed, ...locate(pass.capabilities)];
  return hasErrors(all) || pass.ready === undefined
    ? { diagnostics: all }
    : { diagnostics: all, ready: pass.ready };
}

const isError = ({ severity }: Diagnostic): boolean => severity === "error";

/** Of a part that has to go, because a cloud has none, nothing is missing. */
const isNeedless = ({ code, path }: Diagnostic, capabilities: readonly Diagnostic[]): boolean =>
  ["value-missing", "link-missing"].includes(code) &&
  capabilities.some((one) => path === one.path || path.startsWith(`${one.path}.`));

interface PastLock {
  readonly file?: string;
  readonly lock?: Lock;
  readonly damage?: readonly LocatedDiagnostic[];
}

function readLock(input: LockInput | undefined): PastLock {
  if (input?.text === undefined) return input === undefined ? {} : { file: input.file };
  const parsed = parseLock(input.text);
  if ("lock" in parsed) return { file: input.file, lock: parsed.lock };
  const { problem, line, column } = parsed.damage;
  const damage = problemIn(input.file, {
    code: "lock-damaged",
    summary: "the lock file is damaged",
    detail: `${problem}.`,
    fix: "# restore it from version control; without it every address and rule number is given out anew",
  });
  return { damage: [{ ...damage, line, column }] };
}

const withMajor = (enclave: Enclave, { azurermMajor }: PreparationOptions): Enclave =>
  azurermMajor === undefined ? enclave : { ...enclave, azurermMajor };

/** A spec as it was read, and as far as it means something. */
interface Spec {
  readonly draft: Draft;
  readonly enclave: Enclave;
}

interface Pass {
  /** Parts that a cloud has not. */
  readonly capabilities: readonly Diagnostic[];
  readonly found: readonly Diagnostic[];
  /** Absent when there are no addresses. */
  readonly ready?: Ready;
}

function passOver(spec: Spec, past: PastLock, options: PreparationOptions, tools: CloudTools): Pass {
  const { targets, diagnostics } = chooseTargets(spec, options.cloud, tools);
  // Without a lock that exists but cannot be read, addresses would be a second mistake made of the first.
  const resolved: Partial<Resolution> = past.damage === undefined ? resolve(spec.enclave, past, options) : {};
  const found = [...diagnostics, ...(resolved.diagnostics ?? [])].filter(
    ({ path }) => !hasUnknownAt(spec.draft, path),
  );
  const draft = withUnknown(spec.draft, found.filter(isError));
  const { addresses, lock, changed } = resolved;
  const planned = addresses && planAt(spec.enclave, addresses);
  const reviews = targets.flatMap((target) => review(target, draft, addresses, planned));
  const capabilities = targets.flatMap((target) => target.capabilities);
  if (addresses === undefined || planned === undefined)
    return { capabilities, found: [...found, ...reviews.filter(isError)] };
  const lockText =
    past.file !== undefined && lock !== undefined && changed ? { lockText: printLock(lock) } : {};
  const providers = targets.map(({ provider }) => provider);
  const ready = { enclave: spec.enclave, addresses, providers, ...planned, ...lockText };
  return { capabilities, found: [...found, ...reviews], ready };
}

const resolve = (
  enclave: Enclave,
  { file, lock }: PastLock,
  { frozenLock, reclaim }: PreparationOptions,
): Resolution =>
  resolveAddresses(enclave, lock, {
    frozen: frozenLock,
    reclaim,
    ...(file === undefined ? {} : { lockFile: file }),
  });

type Planned = Pick<Ready, "plan" | "printer">;

const planAt = (enclave: Enclave, addresses: Addresses): Planned => ({
  plan: planNetwork(enclave, addresses),
  printer: literalPrinter(addresses.range),
});

/** One cloud's review, of a plan without the parts that this cloud has not. */
function review(
  { provider, capabilities }: Target,
  draft: Draft,
  addresses: Addresses | undefined,
  planned: Planned | undefined,
): readonly Diagnostic[] {
  const known = withUnknown(draft, capabilities);
  const isPlanned = planned !== undefined && capabilities.length === 0;
  const reviewed = isPlanned ? planned : planKnown(known, addresses);
  if (reviewed === undefined) return [];
  // A cloud whose region is not given, which is an error of its own, is reviewed in some region.
  const region = reviewed.plan.regions[provider.cloud] ?? CLOUD_FACTS[provider.cloud].exampleRegion;
  const plan = { ...reviewed.plan, regions: { ...reviewed.plan.regions, [provider.cloud]: region } };
  return provider
    .review(plan, reviewed.printer)
    .filter(({ path }) => !isUnknownAt(known, path, provider.cloud));
}

/** The plan of the known part. Without addresses it is placed anew, as if there were no lock, in any range. */
function planKnown(draft: Draft, addresses: Addresses | undefined): Planned | undefined {
  if (addresses !== undefined) return planAt(buildEnclave(knownPart(draft)), addresses);
  const enclave = buildEnclave(knownPart(withUnknown(draft, [{ path: "cidr" }])));
  const placed = resolveAddresses(enclave, undefined, { frozen: false, reclaim: false });
  return placed.addresses && planAt(enclave, placed.addresses);
}
