/**
 * The one mark of a wrong value in a spec. A value that cannot be read, or that a check refuses, becomes
 * UNKNOWN, and no later pass reports it: a mistake is reported once, hides no other, and causes no other.
 */

import type { SpecPath } from "../diagnostics/diagnostic";
import { joinPath } from "../diagnostics/path";
import type { Traffic } from "../model/enclave";
import type { Cidr } from "../net/cidr";

export const UNKNOWN = Symbol("unknown");
export type Unknown = typeof UNKNOWN;
export type Maybe<T> = T | Unknown;

/** Values without parts that could be unknown alone. */
type Scalar = string | number | boolean | null | undefined | Cidr | Traffic;

/** A value that is unknown, or has unknown parts. */
export type Partly<T> =
  | Unknown
  | (T extends Scalar ? T : T extends readonly (infer E)[] ? readonly Partly<E>[] : Fields<T>);
export type Fields<T> = { readonly [K in keyof T]: Partly<T[K]> };

export const isMapping = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** The value, or undefined if it is unknown: for checks of present values. */
export const known = <T>(value: Maybe<T>): T | undefined => (value === UNKNOWN ? undefined : value);

/** `except` names keys that do not matter. */
export function hasUnknown(value: unknown, except: (key: string) => boolean = () => false): boolean {
  if (value === UNKNOWN) return true;
  if (typeof value !== "object" || value === null) return false;
  return Object.entries(value).some(([key, each]) => !except(key) && hasUnknown(each, except));
}

export interface Entry<T> {
  readonly value: T;
  readonly path: SpecPath;
}

type ListOf<T> = Maybe<T | readonly Maybe<T>[]> | undefined;

/** The known entries of a list with their places. A single value in place of the list is its only entry. */
export function entriesOf<T>(list: ListOf<T>, path: SpecPath): Entry<T>[] {
  if (list === UNKNOWN || list === undefined) return [];
  if (!isList(list)) return [{ value: list, path }];
  return list.flatMap((value, index) => (value === UNKNOWN ? [] : [{ value, path: joinPath(path, index) }]));
}

const isList = <T>(value: T | readonly Maybe<T>[]): value is readonly Maybe<T>[] => Array.isArray(value);

export const knownValues = <T>(list: ListOf<T>): T[] => entriesOf(list, "").map(({ value }) => value);
