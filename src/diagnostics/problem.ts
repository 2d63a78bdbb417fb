/** The meaning of a word of a spec, or a problem, which becomes a diagnostic when its path is known. */
import type { Code } from "./catalogue";
import type { Fact } from "./diagnostic";
import type { Applicability } from "./edit";

/** The reason why a value is refused. */
export interface Problem {
  readonly code: Code;
  readonly summary: string;
  readonly detail: string;
  readonly facts?: Readonly<Record<string, Fact>>;
  /** A value to write in place of the refused one, made from it. */
  readonly instead?: string | undefined;
  /** Whether `instead` surely says the same; likely if absent. */
  readonly applicability?: Applicability;
}

type More = Omit<Problem, "code" | "summary" | "detail">;

export interface Refusal {
  readonly ok: false;
  readonly problem: Problem;
}
export type Parsed<T> = { readonly ok: true; readonly value: T } | Refusal;

export const accept = <T>(value: T): Parsed<T> => ({ ok: true, value });

export const refuse = (code: Code, summary: string, detail: string, more: More = {}): Refusal => {
  return { ok: false, problem: { code, summary, detail, ...more } };
};
