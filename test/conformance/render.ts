/** Each spec rendered once for each cloud. */
import type { Cloud } from "../../src/model/cloud";
import type { TerraformDocument } from "../../src/provider";
import { synthesize } from "../../stacks/synthesize";
import { SPECS, type SpecName } from "./specs";

const kept = new Map<string, TerraformDocument>();

/** Throws with what was said when the cloud refuses the spec. */
export function documentOf(cloud: Cloud, spec: SpecName): TerraformDocument {
  const known = kept.get(`${cloud} ${spec}`);
  if (known !== undefined) return known;
  const bytes = new TextEncoder().encode(JSON.stringify(SPECS[spec]));
  const input = { file: "conform.enclave.yaml", bytes, lock: { file: "conform.enclave.lock.json" } };
  const { documents, diagnostics } = withoutTraces(() => synthesize(input, { cloud, frozenLock: false, reclaim: false }));
  const [only] = documents;
  if (only === undefined) throw new Error(`${cloud} refuses "${spec}": ${JSON.stringify(diagnostics, null, 1)}`);
  const document = JSON.parse(only.text) as TerraformDocument;
  kept.set(`${cloud} ${spec}`, document);
  return document;
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
