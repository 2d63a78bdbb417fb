/**
 * All steps between a read spec and its rendering: lock, clouds, addresses, plan, and each cloud's review.
 * What one pass refuses is unknown to the next, so that one mistake hides no other.
 */
import { literalPrinter, type Printer } from "../addresses/address";
import type { Addresses } from "../addresses/addresses";
import { type Lock, printLock } from "../addresses/lock";
import { parseLock } from "../addresses/parse-lock";
import { type Resolution, type ResolveOptions, resolveAddresses } from "../addresses/resolve";
import { CLOUD_FACTS } from "../clouds/clouds";
import { type Diagnostic, hasErrors, type LocatedDiagnostic } from "../diagnostics/diagnostic";
import { COMMAND_LINE, problemIn } from "../diagnostics/result";
import type { Enclave } from "../model/enclave";
import type { NetworkPlan } from "../plan/network-plan";
import { planNetwork } from "../plan/plan";
import type { Provider } from "../plan/provider";
import { type RenamedPlans, renamedPlans } from "../plan/renamed-plans";
import { withoutRole } from "../rules/without-role";
import { buildEnclave } from "../spec/read/build";
import { type Draft, hasUnknownAt, isUnknownAt, withUnknown } from "../spec/read/draft";
import { knownPart } from "../spec/read/known-part";
import type { CloudChoice } from "./cloud-choice";
import type { LockInput } from "./inputs";
import type { LoadedSpec } from "./load";
import { chooseTargets, type ProviderFor, type Target } from "./targets";

export interface PreparationOptions {
  /** The choice from outside the spec; absent: the spec's `cloud` line. */
  readonly cloud?: CloudChoice | undefined;
  /** Comes before the spec's `terraform: { azurerm }`. */
  readonly azurermMajor?: 4 | 5 | undefined;
  /** Any change of the lock is an error. */
  readonly frozenLock: boolean;
  /** Freed blocks and numbers are given out again. */
  readonly reclaim: boolean;
  /** Names that are gone from the spec, and not renamed. */
  readonly removed?: readonly string[];
  /** Renames are no longer told to Terraform. */
  readonly forgetRenames?: boolean;
}

export interface Preparation {
  /** Unsorted, together with those of the spec itself. */
  readonly diagnostics: readonly LocatedDiagnostic[];
  /** Absent when there is an error. */
  readonly ready?: Ready;
}

export interface Ready {
  readonly enclave: Enclave;
  readonly addresses: Addresses;
  readonly plan: NetworkPlan;
  /** Absent if nothing was ever renamed. */
  readonly renamed?: RenamedPlans | undefined;
  readonly printer: Printer;
  readonly providers: readonly Provider[];
  /** The lock's new text; absent if it does not change or the run keeps no lock. */
  readonly lockText?: string | undefined;
}

export function prepare(
  { enclave, draft, diagnostics, locate, judgeJoins }: LoadedSpec,
  lockInput: LockInput | undefined,
  options: PreparationOptions,
  providerFor: ProviderFor,
): Preparation {
  const past = readLock(lockInput);
  const earlier = past.damage === undefined ? diagnostics : [past.damage, ...diagnostics];
  if (draft === undefined) return { diagnostics: earlier };
  const isWhole = enclave !== undefined;
  const asked = enclave ?? buildEnclave(knownPart(draft));
  const known = { ...asked, azurermMajor: options.azurermMajor ?? asked.azurermMajor };
  const { targets, diagnostics: wanted } = chooseTargets(draft, known, options.cloud, providerFor);
  // The changes of a lock are unknown before the spec is right.
  const frozen = isWhole && options.frozenLock;
  const { reclaim, removed, forgetRenames } = options;
  const resolved = resolve(known, past, { frozen, reclaim, removed, forgetRenames, lockFile: past.file });
  const found = [...wanted, ...resolved.diagnostics].filter(
    ({ path, code }) => !hasUnknownAt(draft, path) && (isWhole || !NEED_ALL_NAMES.includes(code)),
  );
  const judged = withUnknown(draft, found.filter(isError));
  const planned = resolved.addresses && planAt(known, resolved.addresses);
  const reviews = targets.flatMap((target) => review(target, judged, planned, judgeJoins));
  // Warnings and remarks hold only for a whole spec at its own addresses.
  const further = [
    ...(isWhole ? found : found.filter(isError)),
    ...(isWhole && planned !== undefined ? reviews : reviews.filter(isError)),
  ];
  const capabilities = targets.flatMap((target) => target.capabilities);
  const placed = locate(further).map((each) => (each.code === "not-removed" ? onCommandLine(each) : each));
  const needed = [...earlier, ...placed].filter((each) => !isNeedless(each, capabilities));
  const all = [...needed, ...locate(capabilities)];
  if (hasErrors(all) || planned === undefined) return { diagnostics: all };
  const { lock, changed } = resolved;
  const lockText = past.file !== undefined && lock !== undefined && changed ? printLock(lock) : undefined;
  const providers = targets.map(({ provider }) => provider);
  const renamed = renamedPlans(planned.enclave, planned.addresses);
  const told = [...all, ...locate(withoutRole(asked.zones))];
  return { diagnostics: told, ready: { ...planned, renamed, providers, lockText } };
}

const onCommandLine = (found: LocatedDiagnostic): LocatedDiagnostic => {
  return { ...found, file: COMMAND_LINE, line: 1, column: 1 };
};

/** Errors about names that are not in the spec: one that cannot be read may be such a name. */
const NEED_ALL_NAMES: readonly string[] = ["rename-or-removal", "not-removed"];

const isError = ({ severity }: Diagnostic): boolean => severity === "error";

/** The user must remove a part that a cloud does not have, so the part needs no further values. */
const isNeedless = ({ code, path }: Diagnostic, capabilities: readonly Diagnostic[]): boolean =>
  ["value-missing", "link-missing"].includes(code) &&
  capabilities.some((one) => path === one.path || path.startsWith(`${one.path}.`));

type PastLock = { readonly file?: string; readonly lock?: Lock; readonly damage?: LocatedDiagnostic };

function readLock(input: LockInput | undefined): PastLock {
  if (input?.text === undefined) return input === undefined ? {} : { file: input.file };
  const parsed = parseLock(input.text);
  if ("lock" in parsed) return { file: input.file, lock: parsed.lock };
  const { problem, line, column } = parsed.damage;
  const damage = problemIn(input.file, {
    code: "lock-damaged",
    summary: "the lock file is damaged",
    detail:
      `${problem}. Restore it from version control: ` +
      "without it every address and rule number is given out anew.",
  });
  return { damage: { ...damage, line, column } };
}

/** After an unreadable lock there are no addresses: new ones would be a second mistake from the first. */
const resolve = (enclave: Enclave, { damage, lock }: PastLock, options: ResolveOptions): Resolution =>
  damage === undefined ? resolveAddresses(enclave, lock, options) : { changed: false, diagnostics: [] };

type Planned = Pick<Ready, "enclave" | "addresses" | "plan" | "printer">;

function planAt(enclave: Enclave, addresses: Addresses): Planned {
  const plan = planNetwork(enclave, addresses);
  return { enclave, addresses, plan, printer: literalPrinter(addresses.range) };
}

/** One cloud's review, of a plan without the parts that this cloud does not have. */
function review(
  { provider, capabilities }: Target,
  judged: Draft,
  planned: Planned | undefined,
  judgeJoins: LoadedSpec["judgeJoins"],
): readonly Diagnostic[] {
  const { cloud } = provider;
  const draft = withUnknown(judged, capabilities);
  const isAll = planned !== undefined && capabilities.length === 0;
  const reviewed = isAll ? planned : planKnown(draft, planned?.addresses);
  if (reviewed === undefined) return [];
  // A cloud without a region, which is an error of its own, gets its example region for the review.
  const regions = { [cloud]: CLOUD_FACTS[cloud].exampleRegion, ...reviewed.plan.regions };
  const plan = { ...reviewed.plan, regions };
  const joined = judgeJoins(cloud, provider.joins?.(plan) ?? []);
  const found = [...provider.review(plan, reviewed.printer), ...joined];
  return found.filter(({ path }) => !isUnknownAt(draft, path, cloud));
}

/** The plan of the known part. Without addresses, it gets new ones in any range, as if there were no lock. */
function planKnown(draft: Draft, addresses: Addresses | undefined): Planned | undefined {
  if (addresses !== undefined) return planAt(buildEnclave(knownPart(draft)), addresses);
  const enclave = buildEnclave(knownPart(withUnknown(draft, [{ path: "cidr" }])));
  const placed = resolveAddresses(enclave, undefined, { frozen: false, reclaim: false });
  return placed.addresses && planAt(enclave, placed.addresses);
}
