/** Specs as values, whose zones and endpoints get other names, as a user renames them, and what becomes of it. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import type { PreparationOptions } from "../../src/app/prepare";
import { synthesize } from "../../src/app/synthesize";
import type { Cloud } from "../../src/clouds/cloud";
import type { TerraformDocument } from "../../src/plan/provider";

export type Spec = Readonly<Record<string, unknown>>;
type Kind = "zones" | "privateEndpoints";

export interface Rename {
  readonly kind: Kind;
  readonly from: string;
  readonly to: string;
}

/** Keys under which the name of a zone stands, wherever in a spec; of an endpoint in assertions only. */
const ZONE_KEYS = ["from", "to", "via", "zone", "quarantine"];
const ENDPOINT_KEYS = ["endpoint"];

export const namesOf = (spec: Spec, kind: Kind): string[] => Object.keys((spec[kind] ?? {}) as object);

/** With `was` on each item that has a new name, unless it says nothing. */
export const renamedSpec = (spec: Spec, renames: readonly Rename[], says = true): Spec =>
  renames.reduce<Spec>((now, rename) => renameOnce(now, rename, says), spec);

function renameOnce(spec: Spec, { kind, from, to }: Rename, says: boolean): Spec {
  const inside = (value: unknown, key: string, keys: readonly string[]): unknown => {
    if (Array.isArray(value)) return value.map((each) => inside(each, key, keys));
    if (typeof value === "object" && value !== null)
      return Object.fromEntries(
        Object.entries(value).map(([name, each]) => [name, inside(each, name, keys)]),
      );
    return keys.includes(key) && value === from ? to : value;
  };
  const parts = Object.entries(spec).map(([part, value]) => {
    const keys = kind === "zones" || part === "assertions" ? ZONE_KEYS : ENDPOINT_KEYS;
    return [part, inside(value, part, keys)];
  });
  const changed = Object.fromEntries(parts) as Spec;
  const items = Object.entries((changed[kind] ?? {}) as Record<string, object>).map(([name, item]) =>
    name === from ? [to, says ? { ...item, was: from } : item] : [name, item],
  );
  return { ...changed, [kind]: Object.fromEntries(items) };
}

export interface Target {
  readonly cloud: Cloud;
  readonly azurermMajor?: 4 | 5;
}

export const TARGETS: readonly (readonly [string, Target])[] = [
  ["aws", { cloud: "aws" }],
  ["azurerm 4", { cloud: "azure", azurermMajor: 4 }],
  ["azurerm 5", { cloud: "azure", azurermMajor: 5 }],
  ["google", { cloud: "google" }],
];

export const readSpec = (file: string): Spec =>
  parse(readFileSync(join(__dirname, "../..", file), "utf8")) as Spec;

export interface Ran {
  readonly document: TerraformDocument;
  readonly lock: string;
}

/** One run with the lock of the one before; throws if it is refused, or if the document breaks a promise. */
export function runAfter(
  lock: string | undefined,
  spec: Spec,
  target: Target,
  more: Partial<PreparationOptions> = {},
): Ran {
  const { documents, lockText, diagnostics } = synthesize(
    {
      file: "some.enclave.yaml",
      bytes: new TextEncoder().encode(JSON.stringify(spec)),
      lock: { file: "some.enclave.lock.json", ...(lock === undefined ? {} : { text: lock }) },
    },
    { ...target, frozenLock: false, reclaim: false, ...more },
  );
  const [document] = documents;
  if (document === undefined) throw new Error(JSON.stringify(diagnostics, null, 1));
  return { document: JSON.parse(document.text) as TerraformDocument, lock: lockText ?? lock ?? "" };
}

type Bodies = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

const resourcesIn = (
  document: TerraformDocument,
): readonly (readonly [string, Readonly<Record<string, unknown>>])[] =>
  Object.entries(document["resource"] as Readonly<Record<string, Bodies>>).flatMap(([type, bodies]) =>
    Object.entries(bodies).map(([name, body]) => [`${type}.${name}`, body] as const),
  );

interface Move {
  readonly from: string;
  readonly to: string;
}

export const movesIn = (document: TerraformDocument): readonly Move[] =>
  (document["moved"] ?? []) as readonly Move[];

/** What Terraform makes of a document's moves: from any former address to where it leads. */
function movesOf(document: TerraformDocument): (address: string) => string {
  const next = new Map(movesIn(document).map(({ from, to }) => [from, to]));
  return (address) => {
    let at = address;
    for (let to = next.get(at); to !== undefined; to = next.get(at)) at = to;
    return at;
  };
}

/** Names that a user gives or sees, and Terraform's own arguments: these alone may be others after a rename. */
const neutral = (body: Readonly<Record<string, unknown>>): string => {
  const { count, for_each, lifecycle, depends_on, ...rest } = body;
  const counted = [count !== undefined, for_each !== undefined, lifecycle !== undefined];
  return JSON.stringify([rest, counted])
    .replaceAll(/(\bvar\.\w+, \\*")[^"\\]+/g, "$1_")
    .replaceAll(/(\bmerge\(var\.tags, [^}]*? zone = \\*")[^"\\]+/g, "$1_")
    .replaceAll(/\blocal\.\w+/g, "local._");
};

/** The resources of a document after the moves of another one: addresses, and arguments that replace something. */
export function afterMoves(
  before: TerraformDocument,
  moving: TerraformDocument,
): Readonly<Record<string, string>> {
  const moved = movesOf(moving);
  const entries = resourcesIn(before).map(([address, body]) => {
    const text = neutral(body).replaceAll(/\b[a-z]+_\w+\.\w+/g, moved);
    return [moved(address), text] as const;
  });
  expect(new Set(entries.map(([address]) => address)).size).toBe(entries.length);
  return Object.fromEntries(entries);
}
