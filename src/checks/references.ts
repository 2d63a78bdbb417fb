/** Every place where a spec names a zone, a network or an endpoint, and what is to be done about names that some cloud refuses. */
import type { Diagnostic, SpecPath } from "../diagnostics/diagnostic";
import { joinPath } from "../diagnostics/path";
import type { Draft } from "../spec/read/draft";
import { refusedScalar } from "../spec/read/issues";
import { parseName } from "../spec/schema/parse";

export interface Reference {
  readonly name: string;
  readonly path: SpecPath;
}

/** The names of one side, each with the place where it stands. */
export function partiesOf(value: string | readonly string[] | undefined, path: SpecPath): Reference[] {
  if (value === undefined) return [];
  return typeof value === "string"
    ? [{ name: value, path }]
    : value.flatMap((name, index) => [{ name, path: joinPath(path, index) }]);
}

function referencesIn({
  flows,
  egress,
  privateEndpoints,
  publish,
  assertions,
  waive,
  settings,
}: Draft): Reference[] {
  const sides = [...flows, ...egress, ...privateEndpoints].flatMap(({ path, value: { from } }) =>
    partiesOf(from, joinPath(path, "from")),
  );
  const targets = flows.flatMap(({ path, value: { to } }) => partiesOf(to, joinPath(path, "to")));
  const published = publish.flatMap(({ path, value: { zone } }) => partiesOf(zone, joinPath(path, "zone")));
  const asserted = assertions.flatMap(({ path, value }) =>
    (["never", "through"] as const).flatMap((kind) =>
      Object.entries(value[kind] ?? {}).flatMap(([key, name]) =>
        typeof name === "string" ? [{ name, path: joinPath(path, kind, key) }] : [],
      ),
    ),
  );
  const waived = waive.flatMap(({ path, value: { zone, endpoint } }) => [
    ...partiesOf(zone, joinPath(path, "zone")),
    ...partiesOf(endpoint, joinPath(path, "endpoint")),
  ]);
  const workloads = Object.keys(settings.value.mesh?.workloads ?? {}).map((name) => ({
    name,
    path: joinPath("mesh.workloads", name),
  }));
  return [
    ...sides,
    ...targets,
    ...published,
    ...asserted,
    ...waived,
    ...workloads,
    ...partiesOf(settings.value.quarantine, "quarantine"),
  ];
}

const namedIn = (draft: Draft): readonly Reference[] =>
  [draft.zones, draft.externalNetworks, draft.privateEndpoints, draft.publish].flatMap((items) =>
    items.map(({ name, path }) => ({ name, path })),
  );

/** For each name that is refused one that is not, and that nothing else has. */
export function renamesOf(draft: Draft): ReadonlyMap<string, string> {
  const names = namedIn(draft).map(({ name }) => name);
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

/** Names that some cloud refuses. The places that use one are told with it: renamed there too, they are no errors of their own. */
export function checkNameForms(
  draft: Draft,
  renames: ReadonlyMap<string, string>,
  lineOf: (path: SpecPath) => number,
): Diagnostic[] {
  const references = renames.size === 0 ? [] : referencesIn(draft);
  return namedIn(draft).flatMap(({ name, path }) => {
    const parsed = parseName(name);
    if (parsed.ok) return [];
    const uses = references.filter(
      (reference) => reference.name === name || reference.name === renames.get(name),
    );
    const lines = [...new Set(uses.map((use) => lineOf(use.path)))].sort((a, b) => a - b);
    const also =
      lines.length === 0
        ? ""
        : ` ${lines.length === 1 ? "Line" : "Lines"} ${lines.join(", ")} ${lines.length === 1 ? "names" : "name"} it too: write the new name there.`;
    const { detail, ...problem } = parsed.problem;
    return [{ ...refusedScalar(path, { ...problem, detail: detail + also }), fix: `${renames.get(name)}:` }];
  });
}
