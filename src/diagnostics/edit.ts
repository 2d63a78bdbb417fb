/**
 * Edits of a spec as data: printed here, applied by `enclave fix`. An edit follows from what the user wrote
 * and opens nothing; where nothing follows, a diagnostic lists what is possible and has no edit.
 */
import type { SpecPath } from "./diagnostic";
import { splitPath } from "./path";

export interface Edit {
  /** `insert` adds a key, or an entry at the end of a list; `rename` gives the key at the path a new name. */
  readonly op: "set" | "remove" | "rename" | "insert";
  readonly path: SpecPath;
  /** The value as JSON; of a rename the new key; absent for a removal. */
  readonly value?: unknown;
  readonly applicability: Applicability;
}

/** exact: the spec says the same as before, in words that are taken. likely: a person decides. */
export type Applicability = "exact" | "likely";

const editing =
  (op: Edit["op"]) =>
  (path: SpecPath, value: unknown, applicability: Applicability = "likely"): Edit => {
    return { op, path, value, applicability };
  };

export const setting = editing("set");
export const inserting = editing("insert");
export const renaming = editing("rename");
export const removing = (path: SpecPath, applicability: Applicability = "likely"): Edit => {
  return { op: "remove", path, applicability };
};

/** The key at the end of a path, or the key of the list that it ends in. */
export const lastKey = (path: SpecPath): string =>
  [...splitPath(path)].reverse().find((segment): segment is string => typeof segment === "string") ?? path;

/** True for a place in a list. */
export const isEntry = (path: SpecPath): boolean => typeof splitPath(path).at(-1) === "number";

/** The line to write, without its indentation; of an entry in a list, the entry. */
export function formatEdit({ op, path, value }: Edit): string {
  if (op === "remove") return `remove ${path}`;
  if (op === "rename") return `${asYaml(String(value))}:`;
  return isEntry(path) ? inFlow(value) : `${asYaml(lastKey(path))}: ${inFlow(value)}`;
}

/** A plain value on one line of YAML. */
export function inFlow(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(inFlow).join(", ")}]`;
  if (typeof value === "string") return asYaml(value);
  if (typeof value !== "object" || value === null) return String(value);
  const entries = Object.entries(value).map(([key, each]) => `${asYaml(key)}: ${inFlow(each)}`);
  return entries.length === 0 ? "{}" : `{ ${entries.join(", ")} }`;
}

/** The text as YAML, in quotes if YAML would not read it as text. */
const asYaml = (text: string): string =>
  (/^[A-Za-z/<][A-Za-z0-9 ./_>-]*$/.test(text) &&
    !/^(?:true|false|null|yes|no|on|off)$/i.test(text) &&
    text.trim() === text) ||
  /^\d[\d./-]*\/[a-z0-9]+$/.test(text)
    ? text
    : JSON.stringify(text);

/** A quoted value short enough for a summary. */
export const quoted = (text: string): string =>
  JSON.stringify(text.length > 40 ? `${text.slice(0, 39)}…` : text);
