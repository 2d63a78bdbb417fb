/** The outcome of reading a word of a spec: its meaning, or a problem. A problem becomes a diagnostic where its path is known. */
import type { Code } from "./catalogue";
import type { Fact } from "./diagnostic";

/** Why a value is refused. `instead` is a value that could stand in its place. */
export interface Problem {
  readonly code: Code;
  readonly summary: string;
  readonly detail: string;
  readonly facts?: Readonly<Record<string, Fact>>;
  readonly instead?: string;
  /** `instead` is an example of the form: nothing in the value leads to it. */
  readonly isExample?: true;
}

export type Parsed<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly problem: Problem };

export const sound = <T>(value: T): Parsed<T> => ({ ok: true, value });
export const refused = (problem: Problem): { readonly ok: false; readonly problem: Problem } => ({
  ok: false,
  problem,
});
