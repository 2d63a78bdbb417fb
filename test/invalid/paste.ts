/** Does with a proposed fix what a user does who pastes it without a thought. */
import { type Document, isMap, isScalar, isSeq, type Node, parseDocument } from "yaml";
import type { LocatedDiagnostic, SpecPath } from "../../src/diagnostics/diagnostic";
import { isEntry } from "../../src/diagnostics/edit";
import { type Segment, splitPath } from "../../src/diagnostics/path";

/** The spec with the fix in place; undefined where the fix is advice that only a person can follow. */
export function paste(text: string, { path, fix = "" }: LocatedDiagnostic): string | undefined {
  const document = parseDocument(text);
  if (document.errors.length > 0) return undefined;
  const [, name, list] = /^# remove "([^"]+)" from (\S+)$/.exec(fix) ?? [];
  if (list !== undefined) {
    const names = document.getIn(splitPath(list));
    const at = isSeq(names) ? names.items.findIndex((item) => isScalar(item) && item.value === name) : -1;
    return document.deleteIn([...splitPath(list), at]) ? document.toString() : undefined;
  }
  const removed = /^# remove ([^\s&*]+)$/.exec(fix)?.[1];
  if (removed !== undefined) return document.deleteIn(splitPath(removed)) ? document.toString() : undefined;
  const replaced = /^# instead of ([^:]+):\n/.exec(fix)?.[1]?.split(", ") ?? [];
  const edit = parseDocument(fix.replace(/^#.*\n/, ""));
  if (edit.contents === null || edit.errors.length > 0) return undefined;
  if (
    isMap(edit.contents) &&
    edit.contents.items.some(({ value }) => isNothing(value)) &&
    !document.hasIn(splitPath(path))
  )
    return undefined;
  put(document, [...splitPath(path)], edit.contents as Node);
  for (const each of replaced) document.deleteIn(splitPath(each));
  return document.toString();
}

/** True for an edit with its key, for an entry of a list, for comments, and for an edit below comments; not for prose. */
export function isPasteable(fix: string, path: SpecPath): boolean {
  const { contents, errors } = parseDocument(fix);
  return (
    fix.trim() !== "" &&
    errors.length === 0 &&
    (!isScalar<string>(contents) || (isEntry(path) && !/\s/.test(contents.value)))
  );
}

function put(document: Document, path: Segment[], edit: Node): void {
  if (!isMap<{ value: string }, Node>(edit)) {
    document.setIn(path, isSeq<Node>(edit) && typeof path.at(-1) === "number" ? edit.items[0] : edit);
    return;
  }
  // An edit of a key, said of an entry of its list, is one of the list.
  const at = [...path];
  while (typeof at.at(-1) === "number") at.pop();
  const last = at.at(-1);
  for (const { key, value } of edit.items) {
    if (value === null || isNothing(value)) rename(document, at, key.value);
    else if (key.value === last) document.setIn(at, value);
    else if (key.value === at[0]) document.setIn([key.value], value);
    else if (TOP.has(key.value)) merge(document, [key.value], value);
    else if (isMap(document.getIn(path))) document.setIn([...path, key.value], value);
    else {
      if (!edit.has(last)) document.deleteIn(at);
      document.setIn([...at.slice(0, -1), key.value], value);
    }
  }
}

const isNothing = (value: unknown): boolean => value === null || (isScalar(value) && value.value === null);

/** Keys of the whole spec; a fix that begins with one says where it belongs. */
const TOP = new Set([
  "zones",
  "egress",
  "privateEndpoints",
  "waive",
  "flows",
  "zoneNames",
  "availabilityZones",
  "google",
  "region",
]);

function rename(document: Document, path: Segment[], name: string): void {
  const value = document.getIn(path, true);
  document.deleteIn(path);
  document.setIn([...path.slice(0, -1), name], value);
}

/** Adds to what is there: entries to a list, keys to a mapping. */
function merge(document: Document, path: Segment[], edit: Node): void {
  const present = document.getIn(path);
  if (isSeq<Node>(edit) && isSeq(present)) for (const item of edit.items) document.addIn(path, item);
  else if (isMap<{ value: string }, Node>(edit) && isMap(present))
    for (const { key, value } of edit.items) merge(document, [...path, key.value], value as Node);
  else document.setIn(path, edit);
}
