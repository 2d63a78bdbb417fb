import type { LocatedDiagnostic } from "../../src/diagnostics/diagnostic";
import { isPasteable } from "./paste";

/** Faults in the texts of a diagnostic: none when its summary is one short line, every value is written out, and the fix is one. */
export function textFaults(file: string, diagnostic: LocatedDiagnostic): string[] {
  const { severity, code, path, summary, detail, fix } = diagnostic;
  const text = `${summary} ${detail} ${fix ?? ""}`;
  const faults: string[] = [];
  if (summary.length > 100) faults.push("the summary is too long");
  if (/\.$|\n/.test(summary)) faults.push("the summary is not one line without a full stop");
  if (/undefined|NaN|\[object/.test(text)) faults.push("a value is not written out");
  if ((severity === "error" || fix !== undefined) && !isPasteable(fix ?? "", path))
    faults.push("the fix cannot be pasted");
  return faults.map((fault) => `${file} ${code}: ${fault}: ${text}`);
}
