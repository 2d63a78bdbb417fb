/**
 * From the enclave and its lock file to addresses and numbers, and to the next lock file. A recorded block
 * never moves; a spec that contradicts the record is an error. One run reports all contradictions.
 */
import { type Diagnostic, hasErrors } from "../diagnostics/diagnostic";
import type { Enclave } from "../model/enclave";
import { lookup } from "../model/lookup";
import { NO_NAMING } from "../model/naming";
import { type Cidr, formatCidr } from "../net/cidr";
import { type Block, toBlock } from "./address";
import { type Addresses, bySite, type Site } from "./addresses";
import { lockFrozen, rangeChanged } from "./explain";
import { cidrConflict, doesNotFit, ordinalsExhausted } from "./explain-free-space";
import { layOut, NOTHING_RECORDED } from "./lay-out";
import { type Lock, lockChanges } from "./lock";
import { itemsOf, namesOf } from "./names";
import {
  assignNumbers,
  byClass,
  emptyNumbering,
  lastOrdinal,
  type Numberings,
  wantedOrdinals,
} from "./ordinals";
import { type Changes, NO_STOCKS, type Past, reconcile, reportNotRemoved, reportReturns } from "./reconcile";
import { reportCircles, reportWithoutLock } from "./renames";

export interface ResolveOptions extends Changes {
  /** Any change of the lock file is an error, and so is its absence. */
  readonly frozen: boolean;
  /** The lock file's name, for messages. */
  readonly lockFile?: string | undefined;
}

export interface Resolution {
  /** Absent after an error, like `lock`. */
  readonly addresses?: Addresses;
  /** The lock file's content from now on. */
  readonly lock?: Lock;
  /** Whether `lock` differs from the given lock; true without a given lock. */
  readonly changed: boolean;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Places zones and infrastructure, and gives numbers to all items with rules. `lock` undefined: a first run
 * without records. The enclave must have passed the checks: zones with a `cidr` lie inside the range.
 */
export function resolveAddresses(
  enclave: Enclave,
  lock: Lock | undefined,
  options: ResolveOptions,
): Resolution {
  const { range, zones } = enclave;
  if (lock !== undefined && formatCidr(lock.range) !== formatCidr(range))
    return { changed: false, diagnostics: [rangeChanged(range, lock.range, options.lockFile)] };
  const past = lock === undefined ? undefined : reconcile(enclave, lock, options);
  const recorded = past?.recorded ?? NOTHING_RECORDED;
  const layout = layOut(range, zones, recorded);
  const diagnostics = [
    ...reportCircles(enclave),
    ...(past?.diagnostics ?? [
      ...reportWithoutLock(enclave),
      ...reportNotRemoved(NO_STOCKS, options.removed),
    ]),
  ];
  // What is free depends on what is gone.
  const isOpen = diagnostics.some(({ code }) => code === "rename-or-removal");
  if (!isOpen) diagnostics.push(...layout.conflicts.map(cidrConflict));
  if (!isOpen && layout.failure !== undefined)
    diagnostics.push(
      doesNotFit(layout.failure, { enclave, recorded, taken: layout.taken, hasLock: lock !== undefined }),
    );
  const ordinals = numberAll(enclave, past, options.reclaim, diagnostics);
  if (hasErrors(diagnostics)) return { changed: false, diagnostics };
  diagnostics.push(...reportReturns(zones, layout.zones, recorded));
  // Without an error, every site has its place.
  const sites = Object.fromEntries(layout.sites) as Record<Site, Cidr>;
  const { names, renames } = past ?? { names: NO_NAMING, renames: [] };
  const next: Lock = { range, sites, zones: layout.zones, freed: recorded.freed, ordinals, names, renames };
  const changes = lock === undefined ? undefined : lockChanges(lock, next);
  const changed = changes === undefined || changes.length > 0;
  if (options.frozen && changed)
    return { changed, diagnostics: [...diagnostics, lockFrozen(changes, options.lockFile)] };
  return { addresses: addressesOf(next, enclave), lock: next, changed, diagnostics };
}

function numberAll(
  enclave: Enclave,
  past: Past | undefined,
  reclaim: boolean,
  diagnostics: Diagnostic[],
): Numberings {
  const wanted = wantedOrdinals(enclave);
  return byClass((kind) => {
    const before = past?.ordinals[kind] ?? emptyNumbering(kind);
    const isFreed = (key: string): boolean => past?.isFreed(kind, key) === true;
    const numbering = assignNumbers(kind, wanted[kind], before, reclaim, isFreed);
    const first = wanted[kind].find(({ key }) => (numbering.byKey.get(key) ?? 0) > lastOrdinal(kind));
    if (first !== undefined) diagnostics.push(ordinalsExhausted(kind, first, wanted[kind].length));
    return numbering;
  });
}

function addressesOf({ range, zones, sites, ordinals, ...remembered }: Lock, enclave: Enclave): Addresses {
  const zoneBlocks: Record<string, Block> = {};
  for (const [name, block] of zones) zoneBlocks[name] = toBlock(range, block);
  return Object.freeze({
    range,
    zones: lookup(zoneBlocks),
    sites: Object.freeze(bySite((site) => toBlock(range, sites[site]))),
    ordinals: Object.freeze(byClass((kind) => lookup(Object.fromEntries(ordinals[kind].byKey)))),
    names: namesOf(remembered, itemsOf(enclave)),
  });
}
