/** Proposes names in place of those that a cloud refuses. */
import type { SpecPath } from "../diagnostics/diagnostic";
import type { Draft } from "../spec/read/draft";
import { parseName } from "../spec/schema/parse";

export const itemsWithNames = (draft: Draft): { readonly name: string; readonly path: SpecPath }[] => [
  ...draft.zones,
  ...draft.externalNetworks,
  ...draft.privateEndpoints,
  ...draft.publish,
];

/** A new, unique name for each refused name. */
export function renamesOf(draft: Draft): ReadonlyMap<string, string> {
  const names = itemsWithNames(draft).map(({ name }) => name);
  const taken = new Set(names);
  const renames = new Map<string, string>();
  for (const name of names) {
    const parsed = parseName(name);
    if (parsed.ok || renames.has(name)) continue;
    const wanted = parsed.problem.instead ?? "my-name";
    let free = wanted;
    for (let count = 2; taken.has(free); count++) free = `${wanted.slice(0, 17)}-${count}`;
    taken.add(free);
    renames.set(name, free);
  }
  return renames;
}
