/**
 * A message to the user about a spec. A mistake of the user is a Diagnostic, collected and shown with all
 * others; a mistake of ours is a thrown Error. `findings` break a rule that the spec can waive (exit 1), all
 * other errors make the input invalid (exit 2).
 */
import type { Edit } from "./edit";

/** A place as users write it: `flows[2].ports[0]`, `zones.vector-db.cidr`; "" is the whole document. */
export type SpecPath = string;

export type Severity = "error" | "warning" | "info";

export interface Diagnostic {
  readonly severity: Severity;
  /** Stable slug, never reused: `cidr-misaligned`. */
  readonly code: string;
  /** One line of at most 100 characters, names in double quotes, no full stop. */
  readonly summary: string;
  /** Whole sentences with the computed facts; may be empty. */
  readonly detail: string;
  readonly path: SpecPath;
  /** The computed facts by name, for machines; empty when there are none. */
  readonly facts: Readonly<Record<string, Fact>>;
  /** To be made together, in this order; empty when nothing follows from what the user wrote. */
  readonly edits: readonly Edit[];
  /** Other places with the same mistake. */
  readonly also?: readonly SpecPath[];
  /** True for a broken role rule or assertion: exit 1 where all other errors are exit 2. */
  readonly finding?: true;
}

export type Fact = string | number | boolean | readonly (string | number)[];

/** Codes with their meaning, which ends with an example after a colon. */
export type Described = Readonly<Record<string, `${string}: ${string}\`${string}`>>;

/** A place in a file; line and column count from 1. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

export interface LocatedDiagnostic extends Diagnostic, Position {
  readonly file: string;
}

/** True when nothing may be written: there is an error of any kind. */
export const hasErrors = (diagnostics: readonly Diagnostic[]): boolean =>
  diagnostics.some((d) => d.severity === "error");

/** 0 fine, 1 findings only, 2 invalid input; 2 wins over 1. */
export function exitCodeOf(diagnostics: readonly Diagnostic[]): 0 | 1 | 2 {
  const errors = diagnostics.filter((d) => d.severity === "error");
  if (errors.length === 0) return 0;
  return errors.every((d) => d.finding) ? 1 : 2;
}
