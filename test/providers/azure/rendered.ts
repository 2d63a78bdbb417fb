/** Specs through the whole pass line to a document for Azure, with the lock fed back as users do. */
import type { Printer } from "../../../src/addresses/address";
import type { LocatedDiagnostic } from "../../../src/diagnostics/diagnostic";
import type { NetworkPlan } from "../../../src/plan/network-plan";
import type { TerraformDocument } from "../../../src/provider";
import { synthesize } from "../../../stacks/synthesize";

export type Spec = Readonly<Record<string, unknown>>;

export interface Result {
  readonly diagnostics: readonly LocatedDiagnostic[];
  readonly rendered?: Rendered;
}

export interface Rendered {
  readonly document: TerraformDocument;
  readonly plan: NetworkPlan;
  readonly printer: Printer;
  readonly lock: string;
}

/** What every spec needs and few tests are about; `spec` comes after it. */
const withDefaults = (spec: Spec): Spec => ({
  name: "case",
  region: { azure: "eastus2" },
  cidr: "10.20.0.0/16",
  zones: { app: { exposure: "private", prefix: 26 } },
  ...spec,
});

/** `lock` is the text that an earlier run wrote. */
export function synth(spec: Spec, lock?: string): Result {
  const bytes = new TextEncoder().encode(JSON.stringify(withDefaults(spec)));
  const input = { file: "case.enclave.yaml", bytes, lock: { file: "case.lock.json", ...(lock === undefined ? {} : { text: lock }) } };
  const { documents, diagnostics, lockText } = withoutTraces(() =>
    synthesize(input, { cloud: "azure", frozenLock: false, reclaim: false }),
  );
  const [only] = documents;
  const next = lockText ?? lock;
  if (only === undefined || next === undefined) return { diagnostics };
  return {
    diagnostics,
    rendered: { document: JSON.parse(only.text) as TerraformDocument, plan: only.plan, printer: only.printer, lock: next },
  };
}

/** For specs that have to render. */
export function render(spec: Spec, lock?: string): Rendered {
  const { rendered, diagnostics } = synth(spec, lock);
  if (rendered === undefined) throw new Error(JSON.stringify(diagnostics, null, 1));
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
