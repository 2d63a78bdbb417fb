import type { Diagnostic, SpecPath } from "../../diagnostics/diagnostic";
import type { Draft } from "../draft";

export function checkRules(_draft: Draft, _found: readonly Diagnostic[], _lineOf: (path: SpecPath) => number): Diagnostic[] {
  return [];
}
