/**
 * Everything between a read spec and its rendering: lock, clouds, addresses, plan, and what each cloud says of it. One mistake
 * hides no other: where the spec or its addresses are wrong, the later passes look at what is sound of it, for errors alone.
 */
import { literalPrinter, type Printer } from "../addresses/address";
import type { Addresses } from "../addresses/addresses";
import { type Lock, printLock } from "../addresses/lock";
import { parseLock } from "../addresses/parse-lock";
import { type Resolution, resolveAddresses } from "../addresses/resolve";
import { checkTarget } from "../checks/target";
import { type ByCloud, CLOUDS, type Cloud } from "../clouds/cloud";
import { type Diagnostic, hasErrors, type LocatedDiagnostic } from "../diagnostics/diagnostic";
import { error } from "../diagnostics/make";
import { problemIn } from "../diagnostics/result";
import type { Enclave, Zone } from "../model/enclave";
import { cidr } from "../net/cidr";
import type { NetworkPlan } from "../plan/network-plan";
import { planNetwork } from "../plan/plan";
import { type Provider, unsupported } from "../plan/provider";
import { isConsequence, liesBelow } from "../spec/read/consequences";
import type { CloudChoice } from "./cloud-choice";
import type { LockInput } from "./inputs";
import type { LoadedSpec } from "./load";
import type { CloudTools } from "./tools";

export interface PreparationOptions {
  /** What was asked for outside the spec; absent: the spec's `cloud` line. */
  readonly cloud?: CloudChoice;
  /** Comes before the spec's `terraform: { azurerm }`. */
  readonly azurermMajor?: 4 | 5;
  /** Any change of the lock is an error. */
  readonly frozenLock: boolean;
  /** Freed blocks and numbers are given out again. */
  readonly reclaim: boolean;
}

export interface Preparation {
  /** What the spec itself is told included, in no order. */
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
  { enclave, sound, diagnostics, locate }: LoadedSpec,
  lockInput: LockInput | undefined,
  options: PreparationOptions,
  tools: CloudTools,
): Preparation {
  const lock = readLock(lockInput);
  const said = [...(lock.damage ?? []), ...diagnostics];
  const look = (at: Enclave, frozen: boolean) =>
    lookAt(withMajor(at, options), lock, { ...options, frozenLock: frozen }, tools);
  if (enclave !== undefined) {
    const { ready, ...found } = look(enclave, options.frozenLock);
    const contradictions = found.contradictions.filter((each) => !isMoot(each, found.capabilities));
    const all = [
      ...said,
      ...locate([...found.capabilities, ...contradictions, ...found.reviews.flatMap(({ said }) => said)]),
    ];
    return hasErrors(all) || ready === undefined ? { diagnostics: all } : { diagnostics: all, ready };
  }
  if (sound === undefined) return { diagnostics: said };
  // What a lock would become is not known before the spec is right.
  const { capabilities, contradictions, reviews } = look(sound.enclave, false);
  const further = [
    ...contradictions.filter((each) => !sound.isConsequence(each) && !isMoot(each, capabilities)),
    ...reviews.flatMap(({ cloud, said }) => said.filter((each) => !sound.isConsequence(each, cloud))),
  ];
  const wanted = said.filter((each) => !isMoot(each, capabilities));
  return {
    diagnostics: [
      ...wanted,
      ...locate([...capabilities, ...further.filter(({ severity }) => severity === "error")]),
    ],
  };
}

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

/** What a part would need that is refused whole need not be told. */
const isMoot = ({ code, path }: Diagnostic, refused: readonly Diagnostic[]): boolean =>
  ["value-missing", "link-missing"].includes(code) &&
  refused.some((one) => /^(?:externalNetworks|publish|mesh)\b/.test(one.path) && liesBelow(path, one.path));

const withMajor = (enclave: Enclave, { azurermMajor }: PreparationOptions): Enclave =>
  azurermMajor === undefined ? enclave : { ...enclave, azurermMajor };

interface Found {
  /** Parts that a cloud has not: true of a part however it is written. */
  readonly capabilities: readonly Diagnostic[];
  /** What the clouds asked for need to be told, and what addresses and lock are wrong about. */
  readonly contradictions: readonly Diagnostic[];
  readonly reviews: readonly Review[];
  /** Absent when there are no addresses. */
  readonly ready?: Ready;
}

interface Review {
  readonly cloud: Cloud;
  readonly said: readonly Diagnostic[];
}

function lookAt(given: Enclave, past: PastLock, options: PreparationOptions, tools: CloudTools): Found {
  const { providers, capabilities, diagnostics } = chooseTargets(given, options.cloud, tools);
  const enclave = { ...given, regions: { ...given.regions, ...regionsOf(providers, given.regions) } };
  // Addresses computed without a lock that exists but cannot be read would be a second mistake made of the first.
  const resolved: Partial<Resolution> = past.damage === undefined ? resolve(enclave, past, options) : {};
  const contradictions = [...diagnostics, ...(resolved.diagnostics ?? [])];
  const planned =
    resolved.addresses === undefined ? planAnywhere(enclave) : planAt(enclave, resolved.addresses);
  if (planned === undefined) return { capabilities, contradictions, reviews: [] };
  const { plan, printer } = planned;
  const errors = contradictions.filter((each) => hasErrors([each]));
  const reviews = providers.map((provider): Review => {
    const said = provider
      .review(plan, printer)
      .filter((each) => !isConsequence(each, errors, provider.cloud));
    // How coarse rules are, which limits are near: that is so of the true addresses alone.
    return {
      cloud: provider.cloud,
      said: resolved.addresses === undefined ? said.filter((each) => hasErrors([each])) : said,
    };
  });
  if (resolved.addresses === undefined) return { capabilities, contradictions, reviews };
  const { addresses, lock, changed } = resolved;
  const lockText =
    past.file !== undefined && lock !== undefined && changed ? { lockText: printLock(lock) } : {};
  const ready = { enclave, addresses, plan, printer, providers, ...lockText };
  return { capabilities, contradictions, reviews, ready };
}

/** Where the spec names no region, which is an error of its own, whatever else a cloud refuses is so in any. */
const SOME_REGION: Readonly<Record<Cloud, string>> = {
  aws: "us-east-1",
  azure: "eastus2",
  google: "us-east1",
};

const regionsOf = (providers: readonly Provider[], given: ByCloud<string>): ByCloud<string> =>
  Object.fromEntries(
    providers.flatMap(({ cloud }) => (given[cloud] === undefined ? [[cloud, SOME_REGION[cloud]]] : [])),
  );

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

/** The plan of an enclave whose own addresses contradict each other, as if it lay where there is room: for its errors alone. */
function planAnywhere(enclave: Enclave): Planned | undefined {
  const zones = enclave.zones.map(({ was: _, ...zone }): Zone => {
    return zone.size.kind === "cidr"
      ? { ...zone, size: { kind: "prefix", prefix: zone.size.cidr.prefix + 2 } }
      : zone;
  });
  const moved = { ...enclave, zones, range: cidr("10.0.0.0/12") };
  const { addresses } = resolveAddresses(moved, undefined, { frozen: false, reclaim: false });
  return addresses === undefined ? undefined : planAt(moved, addresses);
}

interface Targets {
  readonly providers: readonly Provider[];
  readonly capabilities: readonly Diagnostic[];
  readonly diagnostics: readonly Diagnostic[];
}

function chooseTargets(enclave: Enclave, choice: CloudChoice | undefined, tools: CloudTools): Targets {
  const wanted = choice ?? enclave.cloud;
  if (wanted === undefined) return { providers: [], capabilities: [], diagnostics: [cloudMissing] };
  const clouds = wanted === "all" ? CLOUDS : [wanted];
  const found = clouds.map((cloud) => ({ cloud, ...tools.providerFor(cloud) }));
  const providers = found.flatMap(({ provider }) => (provider === undefined ? [] : [provider]));
  const missing = found.flatMap(({ cloud, reason }) =>
    reason === undefined ? [] : [cloudUnavailable(cloud, reason)],
  );
  return {
    providers,
    capabilities: [...missing, ...providers.flatMap((one) => unsupported(one, enclave))],
    diagnostics: checkTarget(enclave, clouds),
  };
}

/** A whole cloud that cannot be rendered for; `reason` says whether it is not built yet or its package is missing. */
const cloudUnavailable = (cloud: Cloud, reason: string): Diagnostic =>
  error("cloud-unavailable", "cloud", `${cloud} cannot be rendered`, reason, { facts: { cloud } });

const cloudMissing: Diagnostic = error(
  "cloud-missing",
  "cloud",
  "no cloud is named",
  'It is taken from --cloud, ENCLAVE_CLOUD, the context "cloud" in cdktf.json, and the spec, in this order.',
  { fix: "cloud: aws" },
);
