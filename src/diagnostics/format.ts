/** Diagnostics as people and as programs read them. */
import type { Diagnostic, LocatedDiagnostic, Severity } from "./diagnostic";
import { type Edit, formatEdit } from "./edit";
import { joinPath, splitPath } from "./path";

const COLOURS: Readonly<Record<Severity, number>> = { error: 31, warning: 33, info: 36 };

/** `FILE:LINE:COLUMN: error CODE: summary`, then detail and edits, indented. Ends with a line break. */
export function formatDiagnostic(diagnostic: LocatedDiagnostic, colour = false): string {
  const { severity, code, summary, detail, file, line, column } = diagnostic;
  const paint = (text: string, style: number): string => (colour ? `\u001b[${style}m${text}\u001b[0m` : text);
  const head =
    `${paint(`${printable(file)}:${line}:${column}:`, 1)} ${paint(severity, COLOURS[severity])} ` +
    `${code}: ${printable(summary)}`;
  return `${[head, ...indent(detail), ...editLines(diagnostic, paint)].join("\n")}\n`;
}

export interface Shown {
  readonly colour?: boolean;
  /** Notes: not at all, one line for each code, or all of them in full. */
  readonly notes?: "none" | "lines" | "full";
}

const ORDER: readonly Severity[] = ["error", "warning", "info"];

/** Errors first, those of one severity in the given order; empty without diagnostics. */
export function formatDiagnostics(
  diagnostics: readonly LocatedDiagnostic[],
  { colour = false, notes = "lines" }: Shown = {},
): string {
  const shown = ORDER.flatMap((severity) => diagnostics.filter((each) => each.severity === severity));
  return shown
    .map((each) => {
      if (each.severity !== "info" || notes === "full") return formatDiagnostic(each, colour);
      const alike = shown.filter(({ severity, code }) => severity === "info" && code === each.code);
      if (notes === "none" || alike[0] !== each) return "";
      const summary = alike.length === 1 ? each.summary : `${each.summary} (and ${alike.length - 1} more)`;
      return formatDiagnostic({ ...each, summary, detail: "", edits: [] }, colour);
    })
    .join("");
}

/** A diagnostic in `--format json`; its keys and their order are interface. */
export const diagnosticToJson = (
  diagnostic: LocatedDiagnostic,
): Omit<LocatedDiagnostic, "also" | "finding"> => {
  const { severity, code, summary, detail, file, line, column, path, facts, edits } = diagnostic;
  return { severity, code, summary, detail, file, line, column, path, facts, edits };
};

/** An edit at another place than its diagnostic says where. */
function placedEdit({ path }: Diagnostic, edit: Edit): string {
  const around = joinPath("", ...splitPath(path).slice(0, -1));
  const above = joinPath("", ...splitPath(edit.path).slice(0, -1));
  const isNear = edit.op === "remove" || edit.path === path || above === around || above === path;
  return `${printable(formatEdit(edit))}${isNear ? "" : ` (${edit.path})`}`;
}

const editLines = (diagnostic: Diagnostic, paint: (text: string, style: number) => string): string[] =>
  diagnostic.edits.map((edit) => {
    const heading = edit.applicability === "exact" ? "fix:" : "perhaps:";
    return `  ${paint(heading, 32)} ${placedEdit(diagnostic, edit)}`;
  });

const indent = (text: string): string[] =>
  text === "" ? [] : text.split("\n").map((line) => `  ${printable(line)}`);

/** A spec or a file name must not move the cursor of the terminal that shows it, nor reverse the text. */
export const printable = (text: string): string =>
  text.replace(
    /[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
