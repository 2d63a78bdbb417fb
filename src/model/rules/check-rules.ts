import type { Diagnostic, SpecPath } from "../../diagnostics/diagnostic";
import type { Draft } from "../draft";
import type { Position } from "../source/nodes";

export function checkRules(_draft: Draft, _found: readonly Diagnostic[], _where: (path: SpecPath) => Position): Diagnostic[] {
  return [];
}
