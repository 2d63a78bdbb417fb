/** The meaning of a word of a spec, or a problem, which becomes a diagnostic when its path is known. */
import type { Code } from "./catalogue";
import type { Fact } from "./diagnostic";

interface More {
  readonly facts?: Readonly<Record<string, Fact>>;
  /** A value that could stand in place of the refused one. */
  readonly instead?: string | undefined;
  /** `instead` is an example of the form, which does not come from the value. */
  readonly isExample?: boolean;
}

/** The reason why a value is refused. */
export interface Problem extends More {
  readonly code: Code;
  readonly summary: string;
  readonly detail: string;
}

export type Parsed<T> = { readonly ok: true; readonly value: T } | Refusal;
export interface Refusal {
  readonly ok: false;
  readonly problem: Problem;
}

export const accept = <T>(value: T): Parsed<T> => ({ ok: true, value });

export const refuse = (code: Code, summary: string, detail: string, more: More = {}): Refusal => ({
  ok: false,
  problem: { code, summary, detail, ...more },
});
