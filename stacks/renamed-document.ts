/**
 * The document of an enclave with renamed zones or endpoints: arguments as under the first names, so that nothing
 * is replaced, at addresses under the present names, with the moves from former ones. What users read and set has
 * the present names.
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

export function renamedDocument(
  { present, first, marked }: Renderings,
  names: readonly MarkedName[],
): TerraformDocument {
  const addresses = addressesIn(marked).map((address) => ({
    first: spelled(address, names, (name) => name.first),
    present: spelled(address, names, (name) => name.present),
    former: (names[0]?.former ?? []).map((_, run) =>
      spelled(address, names, (name) => name.former[run] ?? ""),
    ),
  }));
  expectSame(
    addresses.map((each) => each.first),
    addressesIn(first),
  );
  expectSame(
    addresses.map((each) => each.present),
    addressesIn(present),
  );
  const presentOf = new Map(addresses.map((each) => [each.first, each.present]));
  const moved = addresses.flatMap((each) => movesOf([...each.former, each.present]));
  const rewrite = rewriter(presentOf, names);
  const nameOf = (address: string): string => (presentOf.get(address) ?? address).split(".")[1] ?? "";
  const resource = mapEntries(first["resource"] as Resources, (type, bodies) => [
    type,
    mapEntries(bodies, (name, body) => {
      const now = nameOf(`${type}.${name}`);
      const meta = (present["resource"] as Resources)[type]?.[now] ?? {};
      return [now, { ...(rewrite(body) as Table), ...pick(meta, META_ARGUMENTS) }];
    }),
  ]);
  const locals = mapEntries((first["locals"] ?? {}) as Table, (name, value) => [
    nameOf(`local.${name}`),
    rewrite(value),
  ]);
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

/** Of resources and locals. */
const addressesIn = (document: TerraformDocument): string[] => [
  ...Object.entries((document["resource"] ?? {}) as Resources).flatMap(([type, bodies]) =>
    Object.keys(bodies).map((name) => `${type}.${name}`),
  ),
  ...Object.keys((document["locals"] ?? {}) as Table).map((name) => `local.${name}`),
];

const spelled = (address: string, names: readonly MarkedName[], nameOf: (name: MarkedName) => string) =>
  names.reduce((text, name) => text.replaceAll(name.mark, idOf(nameOf(name))), address);

function expectSame(found: readonly string[], wanted: readonly string[]): void {
  const [a, b] = [new Set(found), new Set(wanted)];
  const lost = [...found.filter((each) => !b.has(each)), ...wanted.filter((each) => !a.has(each))];
  if (lost.length > 0 || a.size !== found.length)
    throw new Error(`internal: renderings under different names differ in more: ${lost.join(", ")}`);
}

/** From each address to the next. One that comes again later is reached only then. */
function movesOf(addresses: readonly string[]): { readonly from: string; readonly to: string }[] {
  const last = addresses.filter((address, index) => !addresses.includes(address, index + 1));
  if (last[0]?.startsWith("local.")) return [];
  return last.slice(1).map((to, index) => ({ from: last[index] ?? "", to }));
}

/** Variables of the document that take names. */
const NAMES_IN: Table<Renamable> = { quarantine: "zones", private_endpoint_resource_ids: "privateEndpoints" };

/** Rewrites references, and names that users see or give: in variables, and in the tag `zone`. */
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
        /\bvar\.(\w+), "([^"]+)"/g,
        (_, variable: string, first: string) => `var.${variable}, "${named(NAMES_IN[variable], first)}"`,
      )
      .replaceAll(/\bzone = "([^"]+)"/g, (_, first: string) => `zone = "${named("zones", first)}"`);
  };
  return rewrite;
}
