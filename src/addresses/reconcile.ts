/**
 * Compares the lock file with the spec: which recorded blocks and numbers stay, under which name, which are
 * gone, and which contradict the spec.
 */
import type { Diagnostic } from "../diagnostics/diagnostic";
import type { Enclave, Zone } from "../model/enclave";
import { byKind, type Naming, newName, RENAMABLE, type Renamable } from "../model/naming";
import type { Cidr } from "../net/cidr";
import { contradiction, zoneRemoved, zoneReturned } from "./explain";
import { type Item, notRemoved, renameOrRemoval } from "./explain-renames";
import type { FreedBlock, Recorded } from "./lay-out";
import type { Lock } from "./lock";
import { itemsOf, knownIn, rememberedAfter, reportNamesInUse } from "./names";
import { byClass, type Numberings, namesIn, type OrdinalClass, renameNumbering } from "./ordinals";
import { inCircles, readRenames } from "./renames";

/** What a run may do to the lock. */
export interface Changes {
  /** Gives out blocks and numbers of removed items again. */
  readonly reclaim: boolean;
  /** Names that are gone, and not renamed. */
  readonly removed?: readonly string[] | undefined;
  /** Renames are no longer told to Terraform. */
  readonly forgetRenames?: boolean | undefined;
}

export interface Past extends Pick<Lock, "names" | "renames"> {
  readonly recorded: Recorded;
  readonly ordinals: Numberings;
  /** Whether the key of a number names something that is gone. */
  readonly isFreed: (kind: OrdinalClass, key: string) => boolean;
  readonly diagnostics: readonly Diagnostic[];
}

/** What the lock has and what the spec has, of one kind, after renames. */
interface Stock {
  readonly items: readonly Item[];
  /** Recorded, and no longer in the spec. */
  readonly gone: readonly string[];
  /** Removed earlier, and not taken back. */
  readonly waiting: readonly string[];
  /** In the spec, and neither recorded nor taken back. */
  readonly fresh: readonly Item[];
  /** Recorded, and neither renamed nor taken back in this run. */
  readonly settled: readonly string[];
}

type Stocks = Readonly<Record<Renamable, Stock>>;

/** Of a run without a lock. */
export const NO_STOCKS: Stocks = byKind(() => ({ items: [], gone: [], waiting: [], fresh: [], settled: [] }));

/** Under `reclaim` no freed block is kept. The lock's range must be the enclave's. */
export function reconcile(enclave: Enclave, lock: Lock, changes: Changes): Past {
  const { naming, diagnostics } = readRenames(enclave, lock);
  const stocks = byKind((kind) => takeStock(kind, itemsOf(enclave)[kind], lock, naming));
  const { zones, freed } = blocksAfter(lock, naming, stocks.zones);
  const earlier = { names: lock.names, renames: changes.forgetRenames === true ? [] : lock.renames };
  const remembered = rememberedAfter(earlier, naming, stocks);
  return {
    recorded: { zones, sites: lock.sites, freed: changes.reclaim ? [] : freed },
    ordinals: byClass((kind) => renameNumbering(kind, lock.ordinals[kind], naming)),
    isFreed: (kind, key) => namesIn(kind, key).some(([each, name]) => isLost(stocks[each], name)),
    ...remembered,
    diagnostics: [
      ...diagnostics,
      ...reportNamesInUse(remembered, stocks),
      ...contradictions(enclave.zones, zones, inCircles(stocks.zones.items)),
      ...reportGone(enclave.zones, stocks, freed, changes),
    ],
  };
}

function takeStock(kind: Renamable, items: readonly Item[], lock: Lock, naming: Naming): Stock {
  const { recorded, freed } = knownIn(lock, kind);
  const renamed = new Set(naming[kind].values());
  const isInSpec = (name: string) => items.some((item) => item.name === name);
  const settled = recorded.filter((name) => !naming[kind].has(name));
  return {
    items,
    gone: settled.filter((name) => !isInSpec(name)),
    waiting: freed.filter((name) => !naming[kind].has(name)),
    fresh: items.filter(({ name }) => !renamed.has(name) && !settled.includes(name)),
    settled,
  };
}

const isLost = ({ items, gone, waiting }: Stock, name: string): boolean =>
  [...gone, ...waiting].includes(name) && !items.some((item) => item.name === name);

function blocksAfter(lock: Lock, naming: Naming, { gone }: Stock) {
  const zones = new Map<string, Cidr>();
  const freed: FreedBlock[] = [];
  const takenBack = ({ zone }: FreedBlock) => !lock.zones.has(zone) && naming.zones.has(zone);
  for (const [old, block] of lock.zones) {
    if (gone.includes(old)) freed.push({ zone: old, block });
    else zones.set(newName(naming, "zones", old), block);
  }
  for (const entry of lock.freed.filter(takenBack))
    zones.set(newName(naming, "zones", entry.zone), entry.block);
  return { zones, freed: [...lock.freed.filter((entry) => !takenBack(entry)), ...freed] };
}

/** It is unknown which block an `unclear` zone has. */
const contradictions = (
  zones: readonly Zone[],
  blocks: ReadonlyMap<string, Cidr>,
  unclear: readonly Item[],
): Diagnostic[] =>
  zones.flatMap((zone) => {
    const block = unclear.some(({ name }) => name === zone.name) ? undefined : blocks.get(zone.name);
    return block === undefined ? [] : (contradiction(zone, block) ?? []);
  });

/** Where something is gone and something is new, only the user knows whether it is the same. */
function reportGone(
  zones: readonly Zone[],
  stocks: Stocks,
  freed: readonly FreedBlock[],
  { removed = [], reclaim }: Changes,
): Diagnostic[] {
  const blockOf = (name: string) => freed.filter(({ zone }) => zone === name).at(-1)?.block;
  const fits = ({ name }: Item, block: Cidr | undefined): boolean =>
    zones.every((zone) => zone.name !== name || !block || contradiction(zone, block) === undefined);
  const found = RENAMABLE.flatMap((kind) => {
    const { items, gone, fresh } = stocks[kind];
    // An unreadable rename has its own error.
    const unnamed = gone.filter((name) => !items.some(({ was }) => was === name));
    const unexplained = unnamed.filter((name) => !removed.includes(name));
    const candidates = fresh.filter(({ was }) => was === undefined);
    return unnamed.flatMap((name) => {
      const block = kind === "zones" ? blockOf(name) : undefined;
      if (candidates.length > 0 && unexplained.includes(name)) {
        const isCertain = unexplained.length === 1 && candidates.length === 1;
        const fitting = isCertain ? candidates.find((item) => fits(item, block)) : undefined;
        return renameOrRemoval(kind, name, candidates, fitting);
      }
      return block === undefined ? [] : zoneRemoved(name, block, reclaim);
    });
  });
  return [...found, ...reportNotRemoved(stocks, removed)];
}

export function reportNotRemoved(stocks: Stocks, removed: readonly string[] = []): Diagnostic[] {
  const gone = RENAMABLE.flatMap((kind) => stocks[kind].gone);
  // The same command again, after the lock was written, finds them removed.
  const before = RENAMABLE.flatMap((kind) => stocks[kind].waiting);
  const inSpec = RENAMABLE.flatMap((kind) => stocks[kind].items.map(({ name }) => name));
  return removed
    .filter((name) => !gone.includes(name) && (!before.includes(name) || inSpec.includes(name)))
    .map((name) => notRemoved(name, inSpec.includes(name), gone));
}

/** Reports zones that return under a name with a freed block: they have a new place. */
export const reportReturns = (
  zones: readonly Zone[],
  placed: ReadonlyMap<string, Cidr>,
  recorded: Recorded,
): Diagnostic[] =>
  zones.flatMap((zone) => {
    const freed = recorded.freed.find((entry) => entry.zone === zone.name);
    const block = recorded.zones.has(zone.name) ? undefined : placed.get(zone.name);
    return freed === undefined || block === undefined ? [] : zoneReturned(zone, freed.block, block);
  });
