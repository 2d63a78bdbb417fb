/** Edits that a user can paste, as text. */
import type { SpecPath } from "./diagnostic";
import { splitPath } from "./path";

/** The key at the end of a path, or the key of the list that it ends in. */
export const lastKey = (path: SpecPath): string =>
  [...splitPath(path)].reverse().find((segment): segment is string => typeof segment === "string") ?? path;

/** True for a place in a list. */
export const isEntry = (path: SpecPath): boolean => typeof splitPath(path).at(-1) === "number";

/** The value as YAML, in quotes if YAML would not read it as text. */
export const asYaml = (value: string): string =>
  /^[A-Za-z/<][A-Za-z0-9 ./_>-]*$/.test(value) &&
  !/^(?:true|false|null|yes|no|on|off)$/i.test(value) &&
  value.trim() === value
    ? value
    : /^\d[\d./-]*\/[a-z0-9]+$/.test(value)
      ? value
      : JSON.stringify(value);

/** The edit that replaces the present value; a list entry is in block style, which `loadSpec` adapts. */
export function replacing(path: SpecPath, value: string | number): string {
  const text = typeof value === "number" ? String(value) : asYaml(value);
  return isEntry(path) ? `- ${text}` : `${asYaml(lastKey(path))}: ${text}`;
}

/** The edit that removes something, as a comment because there is nothing to paste. */
export const removing = (path: SpecPath): string => `# remove ${path}`;

/** The edit that replaces a part with other lines. */
export const replacingPart = (path: SpecPath, lines: string): string => `# instead of ${path}:\n${lines}`;

const REMOVED = /(?<=^# (?:remove|instead of) )[^\s:"]+/;

/** The part that an edit removes, if it removes one. */
export const removedPath = (fix: string): SpecPath | undefined => REMOVED.exec(fix)?.[0];

export const withRemovedPath = (fix: string, path: SpecPath): string => fix.replace(REMOVED, () => path);

/** The edit that removes one name from a list; `path` is its place, `named` the number of names there. */
export const removingName = (name: string, path: SpecPath, named: number): string =>
  isEntry(path) && named > 1 ? `# remove "${name}" from ${path.replace(/\[\d+\]$/, "")}` : removing(path);

/** A quoted value short enough for a summary. */
export const quoted = (text: string): string =>
  JSON.stringify(text.length > 40 ? `${text.slice(0, 39)}…` : text);
