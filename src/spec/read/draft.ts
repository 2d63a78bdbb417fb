/** A spec, right or wrong: its wrong values are UNKNOWN, and the checks judge all the others. */

import type { z } from "zod";
import { CLOUDS, type Cloud } from "../../clouds/cloud";
import type { Diagnostic, SpecPath } from "../../diagnostics/diagnostic";
import { joinPath, type Segment, splitPath } from "../../diagnostics/path";
import { causesOf } from "../schema/fields";
import { LISTED_ITEMS, NAMED_ITEMS, specShape } from "../schema/schema";
import { type Fields, hasUnknown, isMapping, UNKNOWN } from "../unknown";
import { withoutUnindented } from "./not-indented";
import { type Report, readValue } from "./read-value";

/** The checks report a spec without zones. */
const draftShape = specShape.partial({ zones: true });

/** A spec whose form has no error. */
export type Spec = z.output<typeof draftShape>;

const PARTS = { ...NAMED_ITEMS, ...LISTED_ITEMS };
type Parts = { readonly [P in keyof typeof PARTS]: z.output<(typeof PARTS)[P]> };

/** One item of a part of the spec. */
export interface Item<T> {
  /** Its key, or its index as text. */
  readonly name: string;
  readonly path: SpecPath;
  /** If the item is unknown as a whole, every field is unknown. */
  readonly value: Fields<T>;
}

/** The items of each part; empty if the part is absent or unknown. */
type Items = { readonly [P in keyof Parts]: readonly Item<Parts[P]>[] };

export interface Draft extends Items {
  readonly spec: Fields<Spec>;
}

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
    return [
      part,
      entries.map(([name, value]) => {
        return { name, path: joinPath(part, isList ? Number(name) : name), value: orFields(shape, value) };
      }),
    ];
  });
  return { spec, ...(Object.fromEntries(parts) as Items) };
}

/** An item without unknown values. */
export interface WholeItem<T> {
  readonly name: string;
  readonly path: SpecPath;
  readonly value: T;
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
  let value: unknown = spec;
  for (const segment of splitPath(path)) {
    if (value === UNKNOWN) return UNKNOWN;
    value =
      typeof value === "object" && value !== null ? (value as Record<Segment, unknown>)[segment] : undefined;
  }
  return value;
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
