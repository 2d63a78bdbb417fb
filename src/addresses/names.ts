/** First, former and present names of everything that was ever renamed. */
import type { Diagnostic } from "../diagnostics/diagnostic";
import type { Enclave } from "../model/enclave";
import { byKind, isEmpty, type Naming, newName, RENAMABLE, type Renamable } from "../model/naming";
import { type Item, nameInUse } from "./explain-renames";
import type { Lock } from "./lock";

export const itemsOf = (enclave: Pick<Enclave, Renamable>): Readonly<Record<Renamable, readonly Item[]>> =>
  byKind((kind) =>
    enclave[kind].map(({ name, path, was }) => ({ kind, name, path, ...(was === undefined ? {} : { was }) })),
  );

/** Names that the lock records: of items that are there, and of removed ones that can come back. */
export interface Known {
  readonly recorded: readonly string[];
  readonly freed: readonly string[];
}

export const knownIn = ({ zones, freed, ordinals }: Lock, kind: Renamable): Known =>
  kind === "zones"
    ? { recorded: [...zones.keys()], freed: freed.map(({ zone }) => zone) }
    : { recorded: [...ordinals.endpoints.byKey.keys()], freed: [...ordinals.endpoints.freed.keys()] };

type Remembered = Pick<Lock, "names" | "renames">;

/** Names by which an item was known, from its present one. */
export interface Names {
  /** By which the cloud knows it. */
  readonly first: Naming;
  /** By which Terraform may know it: of each run since the first rename in memory, oldest first. */
  readonly former: readonly Naming[];
}

/** The names before the present one, oldest first, as far as they are not forgotten. */
export function formerNames(renames: readonly Naming[], kind: Renamable, name: string): readonly string[] {
  const names = [name];
  for (const naming of [...renames].reverse()) names.push(oldName(naming, kind, names.at(-1) ?? name));
  return [...new Set(names)].slice(1).reverse();
}

const oldName = (naming: Naming, kind: Renamable, name: string): string =>
  [...naming[kind]].find(([, now]) => now === name)?.[0] ?? name;

/** What the lock remembers of the items that are there. */
export function namesOf(
  { names, renames }: Remembered,
  items: Readonly<Record<Renamable, readonly Item[]>>,
): Names {
  const namingBy = (nameOf: (kind: Renamable, present: string) => string): Naming =>
    byKind((kind) => {
      const all = items[kind].map(({ name }) => [name, nameOf(kind, name)] as const);
      return new Map(all.filter(([present, other]) => present !== other));
    });
  const since = (index: number) => [...renames].slice(index).reverse();
  return {
    first: namingBy((kind, name) => newName(names, kind, name)),
    former: renames.map((_, index) =>
      namingBy((kind, present) =>
        since(index).reduce((name, naming) => oldName(naming, kind, name), present),
      ),
    ),
  };
}

/** One kind of items, as a run finds it. */
interface Found {
  readonly items: readonly Item[];
  readonly fresh: readonly Item[];
  /** Names that are recorded or freed, and stay what they are. */
  readonly settled: readonly string[];
  readonly waiting: readonly string[];
}

/** What the lock remembers after this run: of what is there, and of what was removed and can come back. */
export function rememberedAfter(
  past: Remembered,
  naming: Naming,
  found: Readonly<Record<Renamable, Found>>,
): Remembered {
  const isFresh = (kind: Renamable, name: string) => found[kind].fresh.some((item) => item.name === name);
  const names = byKind((kind) => {
    const { settled, waiting } = found[kind];
    const known = [...settled, ...naming[kind].values(), ...waiting].filter((name) => !isFresh(kind, name));
    const first = known.map(
      (name) => [name, newName(past.names, kind, oldName(naming, kind, name))] as const,
    );
    return new Map(first.filter(([name, other]) => name !== other));
  });
  // What is new has no past, whoever had its name before.
  const earlier = past.renames.map((each) =>
    byKind((kind) => new Map([...each[kind]].filter(([, now]) => !isFresh(kind, now)))),
  );
  const now = byKind((kind) => new Map([...naming[kind]].filter(([old, name]) => old !== name)));
  return { names, renames: [...earlier, now].filter((each) => !isEmpty(each)) };
}

/** Reports an item whose name another one had: Terraform and the cloud know the other one by it. */
export const reportNamesInUse = (
  { names, renames }: Remembered,
  found: Readonly<Record<Renamable, Found>>,
): Diagnostic[] =>
  RENAMABLE.flatMap((kind) => {
    const { items, settled } = found[kind];
    return items.flatMap((owner) => {
      const used = [newName(names, kind, owner.name), ...formerNames(renames, kind, owner.name)];
      const others = items.filter((item) => item !== owner && used.includes(item.name));
      return others.map((item) =>
        settled.includes(item.name) ? nameInUse(owner, item.name) : nameInUse(item, owner.name),
      );
    });
  });
