/**
 * The document of an enclave with renamed zones or endpoints: arguments as under the first names, so that
 * nothing is replaced, at addresses under the present names, with the moves from former ones. What users read
 * and set has the present names.
 */

import { idOf } from "../src/model/ids";
import type { Renamable } from "../src/model/naming";
import type { TerraformDocument } from "../src/plan/provider";
import type { MarkedName } from "../src/plan/renamed-plans";

/** One enclave, rendered three times. */
export interface Renderings {
  readonly present: TerraformDocument;
  readonly first: TerraformDocument;
  readonly marked: TerraformDocument;
}

type Table<T = unknown> = Readonly<Record<string, T>>;
type Resources = Table<Table<Table>>;

/** Throws if the renderings differ in more than names. */
export function renamedDocument(
  { present, first, marked }: Renderings,
  names: readonly MarkedName[],
): TerraformDocument {
  const places = addressesIn(marked).map((address) => placeOf(address, names));
  expectSame(places, "first", first);
  expectSame(places, "present", present);
  const presentOf = new Map(places.map((place) => [place.first, place.present]));
  const nameOf = (address: string): string => (presentOf.get(address) ?? address).replace(/^.*\./, "");
  const rewrite = rewriter(presentOf, names);
  const bodies = (present["resource"] ?? {}) as Resources;
  const resource = mapEntries((first["resource"] ?? {}) as Resources, (type, all) => [
    type,
    mapEntries(all, (name, body) => {
      const now = nameOf(`${type}.${name}`);
      return [now, { ...(rewrite(body) as Table), ...pick(bodies[type]?.[now] ?? {}, META_ARGUMENTS) }];
    }),
  ]);
  const locals = mapEntries((first["locals"] ?? {}) as Table, (name, value) => [
    nameOf(`local.${name}`),
    rewrite(value),
  ]);
  const moved = places.flatMap(movesOf);
  return {
    ...present,
    ...(Object.keys(locals).length === 0 ? {} : { locals }),
    resource,
    ...(moved.length === 0 ? {} : { moved }),
  };
}

/** Terraform's own: none of them is sent to a cloud. */
const META_ARGUMENTS = ["count", "depends_on", "for_each", "lifecycle"];

const pick = (table: Table, keys: readonly string[]): Table =>
  Object.fromEntries(Object.entries(table).filter(([key]) => keys.includes(key)));

const mapEntries = <T, U>(
  table: Table<T>,
  change: (key: string, value: T) => readonly [string, U],
): Table<U> => Object.fromEntries(Object.entries(table).map(([key, value]) => change(key, value)));

/** The address of a resource or a local value under each name. */
interface Place {
  readonly first: string;
  readonly present: string;
  readonly former: readonly string[];
}

/** Of resources and local values. */
const addressesIn = (document: TerraformDocument): string[] => [
  ...Object.entries((document["resource"] ?? {}) as Resources).flatMap(([type, bodies]) =>
    Object.keys(bodies).map((name) => `${type}.${name}`),
  ),
  ...Object.keys((document["locals"] ?? {}) as Table).map((name) => `local.${name}`),
];

function placeOf(marked: string, names: readonly MarkedName[]): Place {
  const spell = (nameOf: (name: MarkedName) => string): string =>
    names.reduce((address, name) => address.replaceAll(name.mark, idOf(nameOf(name))), marked);
  return {
    first: spell(({ first }) => first),
    present: spell(({ present }) => present),
    former: (names[0]?.former ?? []).map((_, run) => spell(({ former }) => former[run] ?? "")),
  };
}

function expectSame(places: readonly Place[], name: "first" | "present", document: TerraformDocument): void {
  const [found, wanted] = [places.map((place) => place[name]).sort(), addressesIn(document).sort()];
  const lost = wanted.find((address, index) => address !== found[index]);
  if (lost !== undefined || found.length !== wanted.length)
    throw new Error(`internal: renderings differ in more than names: ${lost ?? "one has less"}`);
}

/** From each address to the next. One that comes again later is reached only then. */
function movesOf({ former, present }: Place): { readonly from: string; readonly to: string }[] {
  if (present.startsWith("local.")) return [];
  const all = [...former, present];
  const last = all.filter((address, index) => !all.includes(address, index + 1));
  return last.slice(1).map((to, index) => ({ from: last[index] ?? "", to }));
}

/** Variables of the document that take names. */
const NAMES_IN: Table<Renamable> = { quarantine: "zones", private_endpoint_resource_ids: "privateEndpoints" };

/** Rewrites references, and names that users see or give: beside variables, and in the tag `zone`. */
function rewriter(presentOf: ReadonlyMap<string, string>, names: readonly MarkedName[]) {
  const named = (kind: Renamable | undefined, first: string): string =>
    names.find((name) => name.kind === kind && name.first === first)?.present ?? first;
  const rewrite = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(rewrite);
    if (typeof value === "object" && value !== null)
      return mapEntries(value as Table, (key, each) => [key, rewrite(each)]);
    if (typeof value !== "string" || !value.includes("${")) return value;
    return value
      .replaceAll(/\b\w+\.\w+/g, (address) => presentOf.get(address) ?? address)
      .replaceAll(
        /(\bvar\.(\w+), ")([^"]+)/g,
        (_, before: string, variable: string, first: string) => before + named(NAMES_IN[variable], first),
      )
      .replaceAll(
        /(\bmerge\(var\.tags, .* zone = ")([^"]+)/g,
        (_, before: string, first: string) => before + named("zones", first),
      );
  };
  return rewrite;
}
