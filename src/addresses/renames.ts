/**
 * The line `was`: a rename until the lock records it, afterwards without effect. If two readings are
 * possible, that is an error, because one of them moves a network.
 */
import type { Diagnostic } from "../diagnostics/diagnostic";
import type { Enclave } from "../model/enclave";
import { byKind, type Naming, RENAMABLE } from "../model/naming";
import {
  type Item,
  renameAmbiguous,
  renamed,
  renameOfExisting,
  renameUnknown,
  renameWithoutEffect,
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
    if (formerNames(lock.renames, item.kind, item.name).includes(was)) return undefined;
    if (recorded.includes(was) && was !== item.name)
      return oldIsInSpec ? undefined : renameAmbiguous(item, "both-recorded");
    return freed.includes(was) ? renameAmbiguous(item, "freed-and-recorded") : renameWithoutEffect(item);
  }
  const isFreed = freed.includes(was);
  if (!recorded.includes(was) && !isFreed)
    return freed.includes(item.name) ? undefined : renameUnknown(item, recorded);
  if (oldIsInSpec) return renameOfExisting(item);
  if (naming.has(was)) return renameAmbiguous(item, "claimed-twice");
  if (!recorded.includes(was) && freed.filter((name) => name === was).length > 1)
    return renameAmbiguous(item, "freed-twice");
  naming.set(was, item.name);
  const block = lock.zones.get(was) ?? lock.freed.find(({ zone }) => zone === was)?.block;
  return renamed(item, was, item.kind === "zones" ? block : undefined);
}

/** Reports items that swap names: the lock file does not show whether the swap is done already. */
export const reportCircles = (enclave: Enclave): Diagnostic[] =>
  RENAMABLE.flatMap((kind) => {
    const items = itemsOf(enclave)[kind];
    return items.filter((item) => isInCircle(item, items)).map((item) => renameAmbiguous(item, "circle"));
  });

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
