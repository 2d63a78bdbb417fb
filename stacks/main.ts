/** The entry point in cdktf.json: `cdktf synth` renders the same as `enclave synth`, one stack per cloud. */
import { App } from "cdktf";
import { CDKTF_JSON, chooseCloud, readContext } from "../src/app/cloud-choice";
import { readSpecInput, type SpecInput, specsIn } from "../src/app/inputs";
import { lockFiles } from "../src/app/outputs";
import { type CloudDocument, type Synthesis, synthesize } from "../src/app/synthesize";
import { writeFiles } from "../src/app/write-files";
import type { LocatedDiagnostic } from "../src/diagnostics/diagnostic";
import { formatDiagnostics } from "../src/diagnostics/format";
import { bugReport, ENVIRONMENT, failure, type Result, success } from "../src/diagnostics/result";
import { EnclaveStack, TERRAFORM } from "./enclave-stack";

function main(): 0 | 1 | 2 {
  const input = findSpec();
  const cloud = chooseCloud(undefined, process.env["ENCLAVE_CLOUD"], context);
  if (!input.ok || !cloud.ok) {
    tell([input, cloud].flatMap((result) => (result.ok ? [] : [result.problem])));
    return 2;
  }
  const options = { cloud: cloud.value, frozenLock: false, reclaim: false };
  const synthesis = synthesize(input.value, options);
  tell(synthesis.diagnostics);
  return synthesis.exitCode === 0 ? write(synthesis, input.value) : synthesis.exitCode;
}

/** The lock first: rules with numbers that no lock records are worse than a lock without rules. */
function write({ documents, lockText }: Synthesis, input: SpecInput): 0 | 2 {
  const app = new App();
  for (const document of documents) {
    const { provider, plan, printer } = document;
    const Stack = document.renamed === undefined ? EnclaveStack : renderedAs(document);
    new Stack(app, provider, plan, printer);
  }
  const written = writeFiles(lockFiles(input.lock, lockText), process.cwd());
  if (!written.ok) {
    tell([written.problem]);
    return 2;
  }
  app.synth();
  return 0;
}

/** A stack that gives the document that is rendered already: no constructs have the addresses of renames. */
const renderedAs = ({ text }: CloudDocument) =>
  class extends EnclaveStack {
    override toTerraform(): object {
      const { "//": metadata } = super.toTerraform() as { readonly "//": unknown };
      const document = JSON.parse(text) as { readonly terraform: object };
      return { ...document, terraform: { ...document.terraform, ...TERRAFORM }, "//": metadata };
    }
  };

const context = () => readContext(process.cwd());

function findSpec(): Result<SpecInput> {
  const named = process.env["ENCLAVE_SPEC"] ? success(process.env["ENCLAVE_SPEC"]) : specInContext();
  return named.ok ? readSpecInput(named.value, undefined, process.cwd()) : named;
}

function specInContext(): Result<string> {
  const read = context();
  if (!read.ok) return read;
  const { spec } = read.value;
  if (typeof spec === "string" && spec !== "") return success(spec);
  const [found = "X.enclave.yaml"] = specsIn(".", process.cwd());
  if (spec !== undefined) {
    const summary = 'the context "spec" is not the path of a spec';
    return failure(CDKTF_JSON, { code: "spec-missing", summary, detail: `Write "spec": "${found}".` });
  }
  const summary = "neither ENCLAVE_SPEC nor the context names a spec";
  const detail =
    `Set ENCLAVE_SPEC, or write "context": { "spec": "${found}" } into ${CDKTF_JSON}. ` +
    `The command \`npx ai-enclave synth\` takes it as an operand.`;
  return failure(ENVIRONMENT, { code: "spec-missing", summary, detail });
}

function tell(diagnostics: readonly LocatedDiagnostic[]): void {
  process.stderr.write(formatDiagnostics(diagnostics));
}

try {
  process.exitCode = main();
} catch (error) {
  process.stderr.write(bugReport(error, process.env["ENCLAVE_DEBUG"]));
  process.exitCode = 70;
}
