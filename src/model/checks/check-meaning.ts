/** Everything that a spec can get wrong beyond its form and short of addresses and clouds. */
import type { Diagnostic, SpecPath } from "../../diagnostics/diagnostic";
import type { Draft } from "../draft";
import type { Position } from "../source/nodes";

export function checkMeaning(_draft: Draft, _where: (path: SpecPath) => Position): Diagnostic[] {
  return [];
}
