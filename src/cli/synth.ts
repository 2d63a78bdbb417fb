/** `enclave synth`: reads spec and lock, synthesizes, and writes all documents and the lock or nothing. */
import "../../stacks/lean-loading";
import type { CloudChoice } from "../app/cloud-choice";
import type { SpecInput } from "../app/inputs";
import { documentFile, documentName, lockFiles, versionsFile } from "../app/outputs";
import type { PreparationOptions } from "../app/prepare";
import { type CloudTools, type Synthesis, synthesize } from "../app/synthesize";
import { writeFiles } from "../app/write-files";
import type { LocatedDiagnostic } from "../diagnostics/diagnostic";
import { type Call, type Outcome, textOf } from "./command";
import { readCall } from "./input";

export async function synth(call: Call, tools?: CloudTools): Promise<Outcome> {
  const { flags, io } = call;
  const { input, cloud, problems } = await readCall(call);
  if (input === undefined) return refusal(2, problems);
  const synthesis = synthesize(input, optionsOf(call, cloud), call.progress, tools);
  if (synthesis.exitCode !== 0) return refusal(synthesis.exitCode, synthesis.diagnostics);
  const directory = textOf(flags["out"]) ?? "enclave.out";
  const written = writeFiles(filesOf(synthesis, input, directory), io.cwd);
  if (!written.ok) return refusal(2, [written.problem, ...synthesis.diagnostics]);
  const lock = written.value.find((name) => name === input.lock?.file);
  return summary(synthesis, directory, lock);
}

const MAJORS: Readonly<Record<string, 4 | 5>> = { 4: 4, 5: 5 };

const optionsOf = ({ flags }: Call, cloud: CloudChoice | undefined): PreparationOptions => ({
  cloud,
  frozenLock: flags["frozen-lock"] === true,
  reclaim: flags["reclaim"] === true,
  removed: (textOf(flags["removed"]) ?? "")
    .split(",")
    .map((name) => name.trim())
    .filter((name) => name !== ""),
  forgetRenames: flags["forget-renames"] === true,
  azurermMajor: MAJORS[textOf(flags["azurerm"]) ?? ""],
});

/** The lock first: rules with numbers that no lock records are worse than a lock without rules. */
const filesOf = ({ lockText, documents }: Synthesis, { lock }: SpecInput, directory: string) => [
  ...lockFiles(lock, lockText),
  ...documents.flatMap(({ cloud, text, versions }) => [
    documentFile(directory, cloud, text, lock),
    versionsFile(directory, cloud, versions),
  ]),
];

/** `lock`: the lock file that was written. */
function summary({ diagnostics, documents }: Synthesis, directory: string, lock?: string): Outcome {
  const rows = documents.map(
    ({ cloud, resources, verdict }) => [cloud, resources, verdict, documentName(directory, cloud)] as const,
  );
  const clouds = rows.map(([cloud, resources, verdict, file]) => [cloud, { file, resources, verdict }]);
  const wrote = lock === undefined ? "" : `wrote ${lock}: commit it, it keeps every address\n`;
  return {
    exitCode: 0,
    diagnostics,
    text: `${table([["cloud", "resources", "verdict", "file"], ...rows])}${wrote}`,
    json: { clouds: Object.fromEntries(clouds) },
  };
}

const refusal = (exitCode: 1 | 2, diagnostics: readonly LocatedDiagnostic[]): Outcome => ({
  exitCode,
  diagnostics,
  json: { clouds: {} },
});

/** A small table: columns as wide as their widest cell, numbers to the right, two spaces between. */
function table(rows: readonly (readonly (string | number)[])[]): string {
  const cell = (value: string | number, column: number): string => {
    const width = Math.max(...rows.map((row) => String(row[column]).length));
    const isNumeric = rows.some((row) => typeof row[column] === "number");
    return isNumeric ? String(value).padStart(width) : String(value).padEnd(width);
  };
  return rows.map((row) => `${row.map(cell).join("  ").trimEnd()}\n`).join("");
}
