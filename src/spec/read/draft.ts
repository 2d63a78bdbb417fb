/** A spec, right or wrong: its wrong values are UNKNOWN, and the checks judge all the others. */

import type { z } from "zod";
import { CLOUDS, type Cloud } from "../../clouds/cloud";
import type { Diagnostic, SpecPath } from "../../diagnostics/diagnostic";
import { joinPath, type Segment, splitPath } from "../../diagnostics/path";
import { causesOf } from "../schema/fields";
import { PARTS, specShape } from "../schema/schema";
import { type Fields, hasUnknown, isMapping, UNKNOWN } from "../unknown";
import { withoutUnindented } from "./not-indented";
import { type Report, readValue } from "./read-value";

/** The checks report a spec without zones. */
const draftShape = specShape.partial({ zones: true });

/** A spec whose form has no error. */
export type Spec = z.output<typeof draftShape>;

type Parts = { readonly [P in keyof typeof PARTS]: z.output<(typeof PARTS)[P]> };

/** One item of a part of the spec, without unknown values. */
export interface WholeItem<T> {
  /** Its key, or its index as text. */
  readonly name: string;
  readonly path: SpecPath;
  readonly value: T;
}

/** If the item is unknown as a whole, every field is unknown. */
export type Item<T> = WholeItem<Fields<T>>;

/** The items of each part are empty if the part is absent or unknown. */
export type Draft = { readonly spec: Fields<Spec> } & {
  readonly [P in keyof Parts]: readonly Item<Parts[P]>[];
};

/** Reads a whole spec; `report` gets every error of its form. */
export function readDraft(raw: unknown, report: Report): Draft {
  const parts = withoutUnindented(raw, Object.keys(draftShape.shape), report);
  return draftOf(orFields(draftShape, readValue(draftShape, parts, "", report)) as Fields<Spec>);
}

/** The fields of a value. All fields of an unknown value are unknown. */
const orFields = (shape: z.ZodObject, value: unknown): unknown =>
  value === UNKNOWN ? Object.fromEntries(Object.keys(shape.shape).map((key) => [key, UNKNOWN])) : value;

function draftOf(spec: Fields<Spec>): Draft {
  const parts = Object.entries(PARTS).map(([part, shape]) => {
    const items = spec[part as keyof Parts];
    const isList = Array.isArray(items);
    const entries = typeof items === "object" ? Object.entries(items as object) : [];
    const read = entries.map(([name, value]) => {
      return { name, path: joinPath(part, isList ? Number(name) : name), value: orFields(shape, value) };
    });
    return [part, read];
  });
  return { spec, ...(Object.fromEntries(parts) as Omit<Draft, "spec">) };
}

/** A draft without unknown values. */
export type WholeDraft = { readonly spec: Spec } & {
  readonly [P in keyof Parts]: readonly WholeItem<Parts[P]>[];
};

export const wholeItems = <T>(items: readonly Item<T>[]): WholeItem<T>[] =>
  items.filter(({ value }) => !hasUnknown(value)) as unknown as WholeItem<T>[];

/** For a spec without errors. An unknown value without an error would be a bug of ours. */
export function wholeDraft(draft: Draft): WholeDraft {
  if (hasUnknown(draft.spec)) throw new Error("internal: a value is unknown in a spec without errors");
  return draft as unknown as WholeDraft;
}

/** The draft after `errors`: later passes treat each refused value as unknown. */
export function withUnknown(draft: Draft, errors: readonly Pick<Diagnostic, "path" | "also">[]): Draft {
  const refused = new Set(
    errors.flatMap(({ path, also = [] }) => [path, ...also]).filter((path) => path !== ""),
  );
  return refused.size === 0 ? draft : draftOf(markUnknown(draft.spec, "", refused) as Fields<Spec>);
}

function markUnknown(value: unknown, path: SpecPath, refused: ReadonlySet<SpecPath>): unknown {
  if (refused.has(path)) return UNKNOWN;
  const below = (key: Segment, each: unknown): unknown => markUnknown(each, joinPath(path, key), refused);
  if (Array.isArray(value)) return value.map((each: unknown, index) => below(index, each));
  if (!isMapping(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, below(key, each)]));
}

/** The value at a place; UNKNOWN if a value around it is unknown. */
export function valueAt({ spec }: Draft, path: SpecPath): unknown {
  const below = (value: unknown, segment: Segment): unknown => {
    if (typeof value === "object" && value !== null) return (value as Record<Segment, unknown>)[segment];
    return value === UNKNOWN ? UNKNOWN : undefined;
  };
  return splitPath(path).reduce(below, spec);
}

/** True for a place with an unknown part: a missing value may be there. */
export const hasUnknownAt = (draft: Draft, path: SpecPath): boolean => hasUnknown(valueAt(draft, path));

/**
 * True for an unknown place, and for a place that depends on another with an unknown part. `cloud` is the
 * cloud of the review that reports on the place. Values for other clouds do not matter to it.
 */
export function isUnknownAt(draft: Draft, path: SpecPath, cloud: Cloud): boolean {
  const isForeign = (key: string): boolean => key !== cloud && CLOUDS.some((each) => each === key);
  const isOpen = (key: string): boolean => !isForeign(key) && hasUnknown(valueAt(draft, key), isForeign);
  return valueAt(draft, path) === UNKNOWN || causesOf(String(splitPath(path)[0])).some(isOpen);
}
