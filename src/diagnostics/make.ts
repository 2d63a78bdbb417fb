/** Short ways to write a diagnostic down. */
import type { Diagnostic, Fact, SpecPath } from "./diagnostic";

interface More {
  readonly facts?: Readonly<Record<string, Fact>>;
  readonly fix?: string | undefined;
}

/** A line on a terminal; names that users give may be longer. */
const LONGEST_SUMMARY = 100;

const make = (
  severity: Diagnostic["severity"],
  code: string,
  path: SpecPath,
  summary: string,
  detail: string,
  { facts = {}, fix }: More,
): Diagnostic => ({
  severity,
  code,
  summary: summary.length <= LONGEST_SUMMARY ? summary : `${summary.slice(0, LONGEST_SUMMARY - 1)}…`,
  detail,
  path,
  facts,
  ...(fix === undefined ? {} : { fix }),
});

/** The input is invalid. */
export const error = (code: string, path: SpecPath, summary: string, detail: string, more: More = {}): Diagnostic =>
  make("error", code, path, summary, detail, more);

/** Valid, but probably not what was meant. */
export const warning = (code: string, path: SpecPath, summary: string, detail: string, more: More = {}): Diagnostic =>
  make("warning", code, path, summary, detail, more);

/** Worth knowing on every run. */
export const info = (code: string, path: SpecPath, summary: string, detail: string, more: More = {}): Diagnostic =>
  make("info", code, path, summary, detail, more);

/** A role rule or an assertion is broken. */
export const finding = (code: string, path: SpecPath, summary: string, detail: string, more: More = {}): Diagnostic => ({
  ...make("error", code, path, summary, detail, more),
  finding: true,
});
