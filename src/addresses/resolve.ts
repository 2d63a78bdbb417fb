/**
 * From the enclave and its lock file to addresses and numbers, and to the lock file that will keep them. What is recorded never
 * moves; what contradicts the record is an error. All contradictions are reported in one run.
 */
import { type Diagnostic, hasErrors } from "../diagnostics/diagnostic";
import type { Enclave } from "../model/enclave";
import { lookup } from "../model/lookup";
import { type Cidr, formatCidr } from "../net/cidr";
import { type Block, toBlock } from "./address";
import type { Addresses, Ordinals, Site } from "./addresses";
import { lockFrozen, rangeChanged } from "./explain";
import { cidrConflict, doesNotFit, ordinalsExhausted } from "./explain-free-space";
import { type Layout, layOut, NOTHING_RECORDED, type Recorded } from "./lay-out";
import type { Lock } from "./lock";
import { lockChanges } from "./lock-changes";
import {
  assign,
  LAST_ORDINAL,
  type Numbering,
  type Numberings,
  ORDINAL_CLASSES,
  type OrdinalClass,
  wantedOrdinals,
} from "./ordinals";
import { circularRenames, reconcile, removals, returns } from "./reconcile";

export interface ResolveOptions {
  /** Any change of the lock file is an error, its absence too. */
  readonly frozen: boolean;
  /** Blocks and numbers of what is gone are given out again. */
  readonly reclaim: boolean;
  /** The lock file's name, for messages. */
  readonly lockFile?: string;
}

export interface Resolution {
  /** Absent when there is an error, as is `lock`. */
  readonly addresses?: Addresses;
  /** What the lock file has to say from now on. */
  readonly lock?: Lock;
  /** Whether `lock` differs from the lock that was given; true when none was given. */
  readonly changed: boolean;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Places zones and infrastructure and numbers what rules are made for. `lock` undefined: a first run, nothing is recorded.
 * The enclave must be one that the model accepted: zones with a `cidr` lie inside the range.
 */
export function resolveAddresses(
  enclave: Enclave,
  lock: Lock | undefined,
  options: ResolveOptions,
): Resolution {
  if (lock !== undefined && formatCidr(lock.range) !== formatCidr(enclave.range))
    return { changed: false, diagnostics: [rangeChanged(enclave.range, lock.range, options.lockFile)] };
  const past = lock === undefined ? undefined : reconcile(enclave, lock, options.reclaim);
  const recorded = past?.recorded ?? NOTHING_RECORDED;
  const layout = layOut(enclave.range, enclave.zones, recorded);
  const numbers = numberAll(enclave, past?.ordinals, options.reclaim);
  const diagnostics = [
    ...circularRenames(enclave.zones),
    ...(past?.diagnostics ?? []),
    ...layout.conflicts.map(cidrConflict),
    ...(layout.misfit === undefined
      ? []
      : [doesNotFit(layout.misfit, { enclave, recorded, hasLock: lock !== undefined })]),
    ...numbers.diagnostics,
    ...returns(enclave.zones, layout.zones, recorded),
    ...(past === undefined ? [] : removals(enclave.zones, past, options.reclaim)),
  ];
  if (hasErrors(diagnostics)) return { changed: false, diagnostics };
  return finish(
    enclave.range,
    lock,
    nextLock(enclave.range, layout, recorded, numbers.ordinals),
    options,
    diagnostics,
  );
}

function finish(
  range: Cidr,
  lock: Lock | undefined,
  next: Lock,
  options: ResolveOptions,
  diagnostics: readonly Diagnostic[],
): Resolution {
  const changes = lock === undefined ? undefined : lockChanges(lock, next);
  const changed = changes === undefined || changes.length > 0;
  if (options.frozen && changed)
    return { changed, diagnostics: [...diagnostics, lockFrozen(changes, options.lockFile)] };
  return { addresses: addressesOf(range, next), lock: next, changed, diagnostics };
}

interface Numbered {
  readonly ordinals: Numberings;
  readonly diagnostics: readonly Diagnostic[];
}

function numberAll(enclave: Enclave, past: Numberings | undefined, reclaim: boolean): Numbered {
  const wanted = wantedOrdinals(enclave);
  const diagnostics: Diagnostic[] = [];
  const numberings = ORDINAL_CLASSES.map((kind): [OrdinalClass, Numbering] => {
    const numbering = assign(wanted[kind], past?.[kind], reclaim);
    const first = wanted[kind].find(({ key }) => (numbering.byKey.get(key) ?? 0) > LAST_ORDINAL);
    if (first !== undefined) diagnostics.push(ordinalsExhausted(kind, first, wanted[kind].length));
    return [kind, numbering];
  });
  return { ordinals: Object.fromEntries(numberings) as Record<OrdinalClass, Numbering>, diagnostics };
}

/** Only for a layout without conflict and misfit, in which every site has its place. */
function nextLock(range: Cidr, layout: Layout, recorded: Recorded, ordinals: Numberings): Lock {
  return {
    range,
    sites: Object.fromEntries(layout.sites) as Record<Site, Cidr>,
    zones: layout.zones,
    freed: recorded.freed,
    ordinals,
  };
}

function addressesOf(range: Cidr, lock: Lock): Addresses {
  const blocks = Object.entries(lock.sites).map(([site, block]) => [site, toBlock(range, block)] as const);
  return Object.freeze({
    range,
    zones: lookup(
      Object.fromEntries(
        [...lock.zones].map(([name, block]): [string, Block] => [name, toBlock(range, block)]),
      ),
    ),
    sites: Object.freeze(Object.fromEntries(blocks) as Record<Site, Block>),
    ordinals: Object.freeze(
      Object.fromEntries(
        ORDINAL_CLASSES.map((kind) => [kind, lookup(Object.fromEntries(lock.ordinals[kind].byKey))]),
      ) as unknown as Ordinals,
    ),
  });
}
