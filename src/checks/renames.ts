/** Names that a cloud refuses, and the names that they mean. */
import type { SpecPath } from "../diagnostics/diagnostic";
import type { Draft } from "../spec/read/draft";
import { parseName } from "../spec/schema/parse";

export const itemsWithNames = (draft: Draft): { readonly name: string; readonly path: SpecPath }[] => [
  ...draft.zones,
  ...draft.externalNetworks,
  ...draft.privateEndpoints,
  ...draft.publish,
];

/** A refused name means another only if no item has that name, and no other refused name means it. */
export function renamesOf(draft: Draft): ReadonlyMap<string, string | undefined> {
  const taken = new Set(itemsWithNames(draft).map(({ name }) => name));
  const renames = new Map<string, string | undefined>();
  for (const name of [...taken]) {
    const parsed = parseName(name);
    if (parsed.ok) continue;
    const { instead } = parsed.problem;
    renames.set(name, instead !== undefined && !taken.has(instead) ? instead : undefined);
    if (instead !== undefined) taken.add(instead);
  }
  return renames;
}
