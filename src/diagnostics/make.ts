/** Short functions that make diagnostics. */
import type { Code } from "./catalogue";
import type { Diagnostic, Severity, SpecPath } from "./diagnostic";

export type More = Partial<Pick<Diagnostic, "facts" | "edits" | "also">>;

/** A line on a terminal; names that users give may be longer. */
const LONGEST_SUMMARY = 100;

/** A summary that fits: it shortens the longest name, inside its quotes. */
export function fitted(summary: string): string {
  const excess = summary.length - LONGEST_SUMMARY;
  if (excess <= 0) return summary;
  const [longest = ""] = (summary.match(/"[^"]*"/g) ?? []).sort((a, b) => b.length - a.length);
  if (longest.length < excess + 12) return `${summary.slice(0, LONGEST_SUMMARY - 1)}…`;
  return summary.replace(longest, () => `${longest.slice(0, longest.length - excess - 2)}…"`);
}

const maker =
  (severity: Severity, kind: Pick<Diagnostic, "finding"> = {}) =>
  (code: Code, path: SpecPath, summary: string, detail: string, more: More = {}): Diagnostic => {
    return { severity, code, summary: fitted(summary), detail, path, facts: {}, edits: [], ...more, ...kind };
  };

/** The input is invalid. */
export const error = maker("error");
/** Valid, but probably not the user's intention. */
export const warning = maker("warning");
/** Worth knowing on every run. */
export const info = maker("info");
/** A role rule or an assertion is broken. */
export const finding = maker("error", { finding: true });
