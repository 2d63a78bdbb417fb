/** How one lock differs from the next, entry by entry, as --frozen-lock reports it. */
import type { Lock } from "./lock";
import { lockDocument } from "./lock";

/** One line an entry: `+ zones.app 10.20.0.0/22`, `- freed.10.20.4.0/24 old`, `~ ordinals.exits.next 2 to 3`; empty when equal. */
export function lockChanges(before: Lock, after: Lock): string[] {
  const old = new Map(entriesOf(lockDocument(before), []));
  const now = new Map(entriesOf(lockDocument(after), []));
  const gone = [...old].filter(([key]) => !now.has(key)).map(([key, value]) => `- ${key} ${value}`);
  const come = [...now].filter(([key]) => !old.has(key)).map(([key, value]) => `+ ${key} ${value}`);
  const other = [...now].flatMap(([key, value]) => {
    const former = old.get(key);
    return former === undefined || former === value ? [] : [`~ ${key} ${former} to ${value}`];
  });
  return [...gone, ...come, ...other];
}

const entriesOf = (value: unknown, path: readonly string[]): [string, string][] =>
  typeof value === "object" && value !== null
    ? Object.entries(value).flatMap(([key, inner]) => entriesOf(inner, [...path, key]))
    : [[path.join("."), String(value)]];
