import type { LocatedDiagnostic } from "../../src/diagnostics/diagnostic";
import { formatEdit } from "../../src/diagnostics/edit";

/** Faults in the texts of a diagnostic: none when its summary is one short line, and every value is written out. */
export function textFaults(file: string, diagnostic: LocatedDiagnostic): string[] {
  const { code, summary, detail, edits } = diagnostic;
  const text = [summary, detail, ...edits.map(formatEdit)].join(" ");
  const faults: string[] = [];
  if (summary.length > 100) faults.push("the summary is too long");
  if (/\.$|\n/.test(summary)) faults.push("the summary is not one line without a full stop");
  if (/undefined|NaN|\[object/.test(text)) faults.push("a value is not written out");
  return faults.map((fault) => `${file} ${code}: ${fault}: ${text}`);
}
