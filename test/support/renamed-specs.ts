/** Specs as values, whose zones and endpoints get other names, as a user renames them. */

export type Spec = Readonly<Record<string, unknown>>;
type Kind = "zones" | "privateEndpoints";

export interface Rename {
  readonly kind: Kind;
  readonly from: string;
  readonly to: string;
}

/** Keys under which the name of a zone stands, wherever in a spec. */
const ZONE_KEYS = ["from", "to", "via", "zone", "quarantine"];

export const namesOf = (spec: Spec, kind: Kind): string[] => Object.keys((spec[kind] ?? {}) as object);

/** With `was` on each item that has a new name. Names of endpoints stand elsewhere in `waive` and assertions only. */
export const renamedSpec = (spec: Spec, renames: readonly Rename[], says = true): Spec =>
  renames.reduce<Spec>((now, rename) => renameOnce(now, rename, says), spec);

function renameOnce(spec: Spec, { kind, from, to }: Rename, says: boolean): Spec {
  const isZone = kind === "zones";
  const inside = (value: unknown, key: string): unknown => {
    if (Array.isArray(value)) return value.map((each) => inside(each, key));
    if (typeof value === "object" && value !== null)
      return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, inside(each, name)]));
    const isName = isZone ? ZONE_KEYS.includes(key) : key === "endpoint";
    return isName && value === from ? to : value;
  };
  const items = Object.entries((spec[kind] ?? {}) as Record<string, object>).map(([name, item]) =>
    name === from ? [to, says ? { ...item, was: from } : item] : [name, item],
  );
  const rest = inside({ ...spec, [kind]: Object.fromEntries(items) }, "") as Record<string, unknown>;
  return rest;
}
