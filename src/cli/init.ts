/** Puts a first spec, and the schema for editors, into a directory. Overwrites nothing. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { writeFiles } from "../app/write-files";
import type { LocatedDiagnostic } from "../diagnostics/diagnostic";
import { COMMAND_LINE, problemIn } from "../diagnostics/result";
import { type Call, type Outcome, textOf } from "./command";
import { packageRoot } from "./package-root";
import { schemaText } from "./schema";

const SCHEMA_FILE = "enclave.schema.json";
/** Editors with the YAML language server find the schema by this first line. */
const SCHEMA_LINE = `# yaml-language-server: $schema=./${SCHEMA_FILE}\n`;
const TEMPLATES: readonly string[] = ["private-rag"];

export async function init({ operands, flags, io }: Call): Promise<Outcome> {
  const template = textOf(flags["template"]) ?? "private-rag";
  if (!TEMPLATES.includes(template)) {
    const summary = `the template "${template}" is not in this version`;
    return refused(problemIn(COMMAND_LINE, { code: "template-not-built", summary }));
  }
  const directory = operands[0] ?? ".";
  const specName = join(directory, `${template}.enclave.yaml`);
  const refusal = () => ({ reason: "it exists already", advice: "Name another directory." });
  const files = [
    { name: specName, text: templateText(template), refusal },
    { name: join(directory, SCHEMA_FILE), text: schemaText(), refusal },
  ];
  const written = writeFiles(files, io.cwd);
  if (!written.ok) return refused(written.problem);
  const kept = files.map(({ name }) => name).filter((name) => !written.value.includes(name));
  const next = `npx ai-enclave synth ${specName}`;
  const lines = [
    ...written.value.map((name) => `wrote ${name}`),
    ...kept.map((name) => `kept ${name}: it has the same text already`),
  ];
  return {
    exitCode: 0,
    text: [...lines, `next: ${next}`, ""].join("\n"),
    json: { files: written.value, kept, next },
  };
}

const refused = (problem: LocatedDiagnostic): Outcome => ({
  exitCode: 2,
  diagnostics: [problem],
  json: { files: [] },
});

/** The shipped example of that name: a user begins with a tested spec. */
function templateText(template: string): string {
  const text = readFileSync(join(packageRoot(), "examples", template, `${template}.enclave.yaml`), "utf8");
  return `${SCHEMA_LINE}${text.replace(/^# yaml-language-server:.*\n/, "")}`;
}
