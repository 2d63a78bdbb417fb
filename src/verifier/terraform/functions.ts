/**
 * Functions of Terraform that the documents call.
 * https://developer.hashicorp.com/terraform/language/functions
 */
import type { Value } from "./expressions";

function list(value: Value | undefined): readonly Value[] {
  if (!Array.isArray(value)) throw new Error(`no list: ${String(value)}`);
  return value as readonly Value[];
}

function text(value: Value | undefined): string {
  if (typeof value !== "string") throw new Error(`no text: ${String(value)}`);
  return value;
}

type Members = Readonly<Record<string, Value>>;

const isMap = (value: Value | undefined): value is Members =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const flat = (values: readonly Value[]): Value[] =>
  values.flatMap((value) => (Array.isArray(value) ? flat(value) : [value]));

export const FUNCTIONS: Readonly<Record<string, (...args: readonly Value[]) => Value>> = {
  basename: (path) => text(path).split("/").at(-1) ?? "",
  concat: (...lists) => lists.flatMap(list),
  contains: (items, item) => list(items).includes(item as Value),
  distinct: (items) => [...new Set(list(items))],
  flatten: (items) => flat(list(items)),
  /** The value itself: it is read, and not sent. */
  jsonencode: (value) => value as Value,
  lookup: (map, key, otherwise) => {
    if (!isMap(map)) throw new Error(`no map: ${String(map)}`);
    return map[text(key)] ?? (otherwise as Value);
  },
  lower: (value) => text(value).toLowerCase(),
  max: (...numbers) => Math.max(...numbers.map(Number)),
  /** Only maps of the document itself add something. */
  merge: (...maps) => Object.assign({}, ...maps.filter(isMap)) as Members,
  replace: (value, found, by) => text(value).replaceAll(text(found), text(by)),
  sort: (items) => [...list(items)].sort(),
  /** Of all instances of a resource: one that stands for each of them. */
  values: (map) => (isMap(map) ? Object.values(map) : [`${text(map)}[*]`]),
};
