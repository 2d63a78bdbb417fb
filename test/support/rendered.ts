/** Specs through the whole pass line to a document, with the lock fed back as users do. */
import type { Printer } from "../../src/addresses/address";
import type { Addresses } from "../../src/addresses/addresses";
import type { SpecInput } from "../../src/app/inputs";
import { loadSpec } from "../../src/app/load";
import { prepare } from "../../src/app/prepare";
import { type CloudTools, cloudTools, synthesize } from "../../src/app/synthesize";
import type { Cloud } from "../../src/clouds/cloud";
import { exitCodeOf, type LocatedDiagnostic } from "../../src/diagnostics/diagnostic";
import type { Enclave } from "../../src/model/enclave";
import type { NetworkPlan } from "../../src/plan/network-plan";
import type { TerraformDocument } from "../../src/plan/provider";

/** A spec as its YAML, or as the value that the YAML says. */
export type Spec = string | Readonly<Record<string, unknown>>;

export interface Result {
  readonly diagnostics: readonly LocatedDiagnostic[];
  readonly rendered?: Rendered;
}

export interface Rendered {
  readonly document: TerraformDocument;
  readonly plan: NetworkPlan;
  readonly printer: Printer;
  readonly lock: string;
  /** What the document was checked against. */
  readonly enclave: Enclave;
  readonly addresses: Addresses;
}

const inputOf = (spec: Spec, lock: string | undefined): Required<SpecInput> => ({
  file: "case.enclave.yaml",
  bytes: new TextEncoder().encode(typeof spec === "string" ? spec : JSON.stringify(spec)),
  lock: { file: "case.lock.json", ...(lock === undefined ? {} : { text: lock }) },
});

/** Without the notes that every run has: specs of tests need no roles, and all need APIs on Google. */
export const besidesNotes = (diagnostics: readonly LocatedDiagnostic[]): readonly LocatedDiagnostic[] =>
  diagnostics.filter(
    ({ code }) =>
      !["role-missing", "google-agents", "google-apis", "google-roles", "azure-roles"].includes(code),
  );

/** Everything that is reported of a spec. Nothing is rendered. */
export function review(cloud: Cloud, spec: Spec, lock?: string): readonly LocatedDiagnostic[] {
  const input = inputOf(spec, lock);
  const options = { cloud, frozenLock: false, reclaim: false };
  const loaded = loadSpec(input.bytes, input.file, [cloud]);
  return besidesNotes(prepare(loaded, input.lock, options, cloudTools.providerFor).diagnostics);
}

/** `lock` is the text that an earlier run wrote. */
export function synth(cloud: Cloud, spec: Spec, lock?: string): Result {
  const input = inputOf(spec, lock);
  let asked: Pick<Rendered, "enclave" | "addresses"> | undefined;
  const check: CloudTools["check"] = (of, document, enclave, addresses) => {
    asked = { enclave, addresses };
    return cloudTools.check(of, document, enclave, addresses);
  };
  const { documents, lockText, ...told } = withoutTraces(() =>
    synthesize(input, { cloud, frozenLock: false, reclaim: false }, undefined, { ...cloudTools, check }),
  );
  const diagnostics = besidesNotes(told.diagnostics);
  const [only] = documents;
  const next = lockText ?? lock;
  if (only === undefined || next === undefined || asked === undefined) return { diagnostics };
  const document = JSON.parse(only.text) as TerraformDocument;
  return {
    diagnostics,
    rendered: { document, plan: only.plan, printer: only.printer, lock: next, ...asked },
  };
}

const kept = new Map<string, Rendered>();

/** For specs that have to render. The same spec is rendered once for all tests of a file. Throws with what was said when it is refused. */
export function render(cloud: Cloud, spec: Spec, lock?: string): Rendered {
  const key = JSON.stringify([cloud, spec, lock]);
  const known = kept.get(key);
  if (known !== undefined) return known;
  const { rendered, diagnostics } = synth(cloud, spec, lock);
  if (rendered === undefined)
    throw new Error(`${cloud}, exit ${exitCodeOf(diagnostics)}: ${JSON.stringify(diagnostics, null, 1)}`);
  kept.set(key, rendered);
  return rendered;
}

/** cdktf takes a stack trace at each construct and each token, which is half the time of a small rendering under jest. */
function withoutTraces<T>(work: () => T): T {
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = 0;
  try {
    return work();
  } finally {
    Error.stackTraceLimit = limit;
  }
}
