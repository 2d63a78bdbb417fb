/**
 * The line `was`: a rename until the lock records it, afterwards without effect. If two readings are
 * possible, that is an error, because one of them moves a network.
 */
import type { Diagnostic } from "../diagnostics/diagnostic";
import type { Enclave } from "../model/enclave";
import { byKind, type Naming, newName, RENAMABLE, type Renamable } from "../model/naming";
import {
  type Item,
  renameAmbiguous,
  renamed,
  renameOfExisting,
  renameUnknown,
  renameWithoutEffect,
  renameWithoutLock,
} from "./explain-renames";
import type { Lock } from "./lock";
import { formerNames, itemsOf, knownIn } from "./names";

export interface Renames {
  /** From recorded or freed names to the new ones. An item that takes back its own name is among them. */
  readonly naming: Naming;
  readonly diagnostics: readonly Diagnostic[];
}

/** Decides for each `was` whether it is a new rename. */
export function readRenames(enclave: Enclave, lock: Lock): Renames {
  const items = itemsOf(enclave);
  const naming = byKind(() => new Map<string, string>());
  const diagnostics: Diagnostic[] = [];
  for (const kind of RENAMABLE)
    for (const item of items[kind]) {
      if (item.was === undefined || isInCircle(item, items[kind])) continue;
      const found = readRename(item, item.was, items[kind], lock, naming[kind]);
      if (found !== undefined) diagnostics.push(found);
    }
  return { naming, diagnostics };
}

/** Adds to `naming`, which has the earlier items. Undefined: the line has no effect and no error. */
function readRename(
  item: Item,
  was: string,
  items: readonly Item[],
  lock: Lock,
  naming: Map<string, string>,
): Diagnostic | undefined {
  const { recorded, freed } = knownIn(lock, item.kind);
  const oldIsInSpec = was !== item.name && items.some(({ name }) => name === was);
  if (recorded.includes(item.name)) {
    if (namesBefore(lock, item.kind, item.name).includes(was)) return undefined;
    if (recorded.includes(was) && was !== item.name)
      return oldIsInSpec ? undefined : renameAmbiguous(item, "both-recorded");
    if (!freed.includes(was)) return was === item.name ? undefined : renameWithoutEffect(item);
    return renameAmbiguous(item, was === item.name ? "returned" : "freed-and-recorded");
  }
  if (oldIsInSpec) return recorded.includes(was) ? renameOfExisting(item) : renameUnknown(item, recorded);
  const owner = ownerOf(was, [...recorded, ...freed], lock, item.kind);
  if (owner === undefined) return renameUnknown(item, recorded);
  if (items.some(({ name }) => name === owner && name !== item.name)) return renameOfExisting(item, owner);
  if (naming.has(owner)) return renameAmbiguous(item, "claimed-twice");
  if (!recorded.includes(owner) && freed.filter((name) => name === owner).length > 1)
    return renameAmbiguous(item, "freed-twice");
  naming.set(owner, item.name);
  const block = lock.zones.get(owner) ?? lock.freed.find(({ zone }) => zone === owner)?.block;
  return renamed(item, owner, item.kind === "zones" ? block : undefined);
}

/** Former names, also of what was removed: the first one stays when renames are forgotten. */
const namesBefore = (lock: Lock, kind: Renamable, name: string): readonly string[] =>
  [newName(lock.names, kind, name), ...formerNames(lock.renames, kind, name)].filter((each) => each !== name);

/** What has a name now, or the one thing that had it. */
function ownerOf(was: string, known: readonly string[], lock: Lock, kind: Renamable): string | undefined {
  if (known.includes(was)) return was;
  const owners = known.filter((name) => namesBefore(lock, kind, name).includes(was));
  return new Set(owners).size === 1 ? owners[0] : undefined;
}

/** Without a lock, nothing has a past. */
export const reportWithoutLock = (enclave: Enclave): Diagnostic[] =>
  RENAMABLE.flatMap((kind) => {
    const items = itemsOf(enclave)[kind];
    return items.filter((item) => item.was !== undefined && !isInCircle(item, items)).map(renameWithoutLock);
  });

/** Reports items that swap names: the lock file does not show whether the swap is done already. */
export const reportCircles = (enclave: Enclave): Diagnostic[] =>
  RENAMABLE.flatMap((kind) =>
    inCircles(itemsOf(enclave)[kind]).map((item) => renameAmbiguous(item, "circle")),
  );

export const inCircles = (items: readonly Item[]): Item[] => items.filter((item) => isInCircle(item, items));

/** An item that was itself comes back. */
function isInCircle(start: Item, items: readonly Item[]): boolean {
  const seen = new Set<string>();
  let name = start.was === start.name ? undefined : start.was;
  while (name !== undefined && !seen.has(name)) {
    if (name === start.name) return true;
    seen.add(name);
    name = items.find((item) => item.name === name)?.was;
  }
  return false;
}
