/** Diagnostics as people and as programs read them. */
import type { Fact, LocatedDiagnostic, Severity } from "./diagnostic";

const COLOURS: Readonly<Record<Severity, number>> = { error: 31, warning: 33, info: 36 };

/** A diagnostic in `--format json`; `path` is "" for the whole file, `fix` is absent without an edit. */
export interface DiagnosticJson {
  readonly severity: Severity;
  readonly code: string;
  readonly summary: string;
  readonly detail: string;
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly path: string;
  readonly facts: Readonly<Record<string, Fact>>;
  readonly fix?: string;
}

/** `FILE:LINE:COLUMN: error CODE: summary`, then the facts and the fix, indented. Ends with a line break. */
export function formatDiagnostic(diagnostic: LocatedDiagnostic, colour = false): string {
  const { severity, code, summary, detail, file, line, column, fix } = diagnostic;
  const paint = (text: string, style: number): string => (colour ? `\u001b[${style}m${text}\u001b[0m` : text);
  const head = `${paint(`${printable(file)}:${line}:${column}:`, 1)} ${paint(severity, COLOURS[severity])} ${code}: ${printable(summary)}`;
  return `${[head, ...indent(detail), ...factLines(diagnostic), ...fixLines(fix, paint)].join("\n")}\n`;
}

/** From remarks to errors: errors come last, at the end that a terminal shows. */
const ORDER: readonly Severity[] = ["info", "warning", "error"];

/** All of them in sequence, those of one severity in the given order; empty without diagnostics. */
export const formatDiagnostics = (diagnostics: readonly LocatedDiagnostic[], colour = false): string =>
  ORDER.flatMap((severity) => diagnostics.filter((diagnostic) => diagnostic.severity === severity))
    .map((diagnostic) => formatDiagnostic(diagnostic, colour))
    .join("");

export function diagnosticToJson(diagnostic: LocatedDiagnostic): DiagnosticJson {
  const { severity, code, summary, detail, file, line, column, path, facts, fix } = diagnostic;
  return {
    severity,
    code,
    summary,
    detail,
    file,
    line,
    column,
    path,
    facts,
    ...(fix === undefined ? {} : { fix }),
  };
}

function factLines({ facts }: LocatedDiagnostic): string[] {
  const known = Object.entries(facts).map(
    ([name, fact]) => `${name} ${Array.isArray(fact) ? fact.join(", ") : String(fact)}`,
  );
  return known.length === 0 ? [] : [`  (${printable(known.join("; "))})`];
}

/** One line stands beside its heading; several stand below it, so that they can be copied as they are. */
function fixLines(fix: string | undefined, paint: (text: string, style: number) => string): string[] {
  if (fix === undefined) return [];
  const heading = `  ${paint("fix:", 32)}`;
  const lines = fix.split("\n").map(printable);
  return lines.length === 1 ? [`${heading} ${lines[0]}`] : [heading, ...lines.map((line) => `    ${line}`)];
}

const indent = (text: string): string[] =>
  text === "" ? [] : text.split("\n").map((line) => `  ${printable(line)}`);

/** A spec or a file name must not move the cursor of the terminal that shows it, nor reverse the text. */
const printable = (text: string): string =>
  text.replace(
    /[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
