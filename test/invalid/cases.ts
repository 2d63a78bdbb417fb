/** Reads the specs of this folder with what they expect, and compares it with what a pipeline says. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Cloud } from "../../src/clouds/cloud";
import { CLOUDS } from "../../src/clouds/cloud";
import type { LocatedDiagnostic } from "../../src/diagnostics/diagnostic";

export interface Case {
  readonly file: string;
  readonly text: string;
  /** Clouds that the case is about; empty when it is about the spec alone. */
  readonly clouds: readonly Cloud[];
  readonly expected: readonly Expected[];
}

export interface Expected {
  readonly line: number;
  readonly severity: "error" | "warning" | "info" | "finding";
  readonly code: string;
  readonly column?: number;
  readonly facts: Readonly<Record<string, string>>;
}

/** Everything that is reported of a spec, in the order of the file. */
export type Pipeline = (spec: Case) => readonly LocatedDiagnostic[];

export function readCases(folder: string = __dirname): Case[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith(".enclave.yaml"))
    .sort()
    .map((file) => readCase(file, readFileSync(join(folder, file), "utf8")));
}

function readCase(file: string, text: string): Case {
  const lines = text.split("\n");
  const clouds = lines.flatMap((line) => /^# clouds: (.*)$/.exec(line)?.[1]?.split(", ") ?? []);
  return {
    file,
    text,
    clouds: CLOUDS.filter((cloud) => clouds.includes(cloud)),
    expected: lines.flatMap((line, index) => expectationsOf(line, index + 1)),
  };
}

function expectationsOf(text: string, here: number): Expected[] {
  const [, at, list] = /# expect(?: at (\d+))?: (.*)$/.exec(text) ?? [];
  return (list?.split(", ") ?? []).map((item) => {
    const [, severity = "error", code = "", column, facts = ""] =
      /^(?:(error|warning|info|finding) )?([a-z0-9-]+)(?:@(\d+))?((?: [A-Za-z]+=\S+)*)$/.exec(item.trim()) ??
      [];
    if (code === "") throw new Error(`unreadable expectation: ${item}`);
    const pairs = facts
      .trim()
      .split(" ")
      .filter(Boolean)
      .map((fact) => fact.split("=") as [string, string]);
    const line = at === undefined ? here : Number(at);
    return {
      line,
      severity: severity as Expected["severity"],
      code,
      ...(column === undefined ? {} : { column: Number(column) }),
      facts: Object.fromEntries(pairs),
    };
  });
}

/** Diagnostics in the words of the expectation: columns and facts only where it names them. Sorted, so that sets are compared. */
export function compare(
  spec: Case,
  found: readonly LocatedDiagnostic[],
): { readonly expected: readonly string[]; readonly found: readonly string[] } {
  const open = [...spec.expected];
  const shown = found.map((diagnostic) => {
    const severity = diagnostic.finding ? "finding" : diagnostic.severity;
    const index = open.findIndex(
      (each) =>
        each.line === diagnostic.line &&
        each.code === diagnostic.code &&
        each.severity === severity &&
        agrees(each, diagnostic),
    );
    const [match] = index < 0 ? [] : open.splice(index, 1);
    return match === undefined
      ? `${diagnostic.line}: ${severity} ${diagnostic.code}@${diagnostic.column} ${JSON.stringify(diagnostic.facts)}`
      : show(match);
  });
  return { expected: spec.expected.map(show).sort(), found: shown.sort() };
}

const agrees = ({ column, facts }: Expected, diagnostic: LocatedDiagnostic): boolean =>
  (column === undefined || column === diagnostic.column) &&
  Object.entries(facts).every(([name, value]) => String(diagnostic.facts[name]) === value);

const show = ({ line, severity, code, column, facts }: Expected): string =>
  `${line}: ${severity} ${code}${column === undefined ? "" : `@${column}`} ${JSON.stringify(facts)}`;
