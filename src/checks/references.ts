/** New names for those that some cloud refuses, and the places that use them. */
import type { Diagnostic, SpecPath } from "../diagnostics/diagnostic";
import type { Draft } from "../spec/read/draft";
import { refusedScalar } from "../spec/read/issues";
import { referencesIn } from "../spec/schema/fields";
import { parseName } from "../spec/schema/parse";

const itemsWithNames = (draft: Draft): { readonly name: string; readonly path: SpecPath }[] => [
  ...draft.zones,
  ...draft.externalNetworks,
  ...draft.privateEndpoints,
  ...draft.publish,
];

/** For each name that is refused one that is not, and that nothing else has. */
export function renamesOf(draft: Draft): ReadonlyMap<string, string> {
  const names = itemsWithNames(draft).map(({ name }) => name);
  const taken = new Set(names);
  const renames = new Map<string, string>();
  for (const name of names) {
    const parsed = parseName(name);
    if (parsed.ok || renames.has(name)) continue;
    const wished = parsed.problem.instead ?? "my-name";
    let free = wished;
    for (let count = 2; taken.has(free); count++) free = `${wished.slice(0, 17)}-${count}`;
    taken.add(free);
    renames.set(name, free);
  }
  return renames;
}

/** Names that some cloud refuses. The places that use one are listed with it: renamed there too, they are no errors of their own. */
export function checkNameForms(
  draft: Draft,
  renames: ReadonlyMap<string, string>,
  lineOf: (path: SpecPath) => number,
): Diagnostic[] {
  const references = renames.size === 0 ? [] : referencesIn(draft.spec);
  return itemsWithNames(draft).flatMap(({ name, path }) => {
    const parsed = parseName(name);
    if (parsed.ok) return [];
    const uses = references.filter(({ value }) => value === name || value === renames.get(name));
    const lines = [...new Set(uses.map((use) => lineOf(use.path)))].sort((a, b) => a - b);
    const [noun, verb] = lines.length === 1 ? ["Line", "names"] : ["Lines", "name"];
    const also =
      lines.length === 0 ? "" : ` ${noun} ${lines.join(", ")} ${verb} it too: write the new name there.`;
    const { detail, ...problem } = parsed.problem;
    return [{ ...refusedScalar(path, { ...problem, detail: detail + also }), fix: `${renames.get(name)}:` }];
  });
}
