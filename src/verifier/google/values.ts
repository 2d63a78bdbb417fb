/** The values of a document against those that arguments have to have. */
import type { Fault } from "../replay/fault";
import type { Reader } from "../replay/reader";
import { blocks, everyResource, type TerraformDocument, table } from "../terraform/document";
import { FREE, KINDS, type Kind, PROVIDER, PROXIES, type Question, RULE } from "./arguments";
import { MANAGED_PROXIES, TYPE } from "./resources";

type Wrong = Map<Question, Fault[]>;

/** Faults of single values, by question. Throws for an argument whose meaning is not known. */
export function valuesIn(document: TerraformDocument): ReadonlyMap<Question, readonly Fault[]> {
  const wrong: Wrong = new Map();
  for (const body of [table(document, "provider")["google"] ?? []].flat())
    judge(wrong, "provider.google", body, PROVIDER);
  for (const [resource, body] of everyResource(document)) {
    const [type = ""] = resource.split(".");
    const isProxies = type === TYPE.subnet && body["purpose"] === MANAGED_PROXIES;
    judge(wrong, resource, body, isProxies ? PROXIES : type);
    // Blocks of one resource, judged one by one.
    if (type === TYPE.policy) for (const rule of blocks(body, "rule")) judge(wrong, resource, rule, RULE);
  }
  return wrong;
}

function judge(wrong: Wrong, resource: string, body: object, kind: string): void {
  const known = KINDS[kind];
  if (known === undefined) return;
  const values = new Map<string, unknown[]>();
  const [unknown] = collect(body, "", known, values);
  if (unknown !== undefined) throw new Error(`unknown argument: ${unknown}`, { cause: resource });
  for (const [path, { question, holds }] of Object.entries(known.wanted ?? {}))
    for (const value of values.get(path) ?? [undefined]) {
      if (holds(value)) continue;
      const detail = `${path} is ${value === undefined ? "not there" : JSON.stringify(value)}`;
      wrong.set(question, [...(wrong.get(question) ?? []), { resource, detail }]);
    }
}

const isKnown = ({ free = [], read = [], wanted = {} }: Kind, path: string): boolean =>
  Object.hasOwn(wanted, path) || [FREE, free, read].some((known) => known.includes(path));

/** Collects the values of each known argument, and gives the paths of all others. */
function collect(value: unknown, path: string, kind: Kind, values: Map<string, unknown[]>): string[] {
  if (isKnown(kind, path)) {
    values.set(path, [...(values.get(path) ?? []), value]);
    return [];
  }
  if (value === undefined) return [];
  const isLeaf = typeof value !== "object" || value === null || Object.keys(value).length === 0;
  if (isLeaf) return path === "" ? [] : [path];
  return Object.entries(value).flatMap(([key, item]) => {
    const below = Array.isArray(value) ? path : path === "" ? key : `${path}.${key}`;
    return collect(item, below, kind, values);
  });
}

/** Every question answered by single values first, and then by what the reader sees in them together. */
export function withValues(reader: Reader, wrong: ReadonlyMap<Question, readonly Fault[]>): Reader {
  const answers = [...wrong].map(([question, faults]) => {
    const rest = reader[question] as (...given: unknown[]) => readonly Fault[];
    return [question, (...given: unknown[]) => [...faults, ...rest(...given)]] as const;
  });
  return { ...reader, ...Object.fromEntries(answers) };
}
