/** A stack as the document that is written: Terraform's JSON with sorted keys, nothing of cdktf's own, and our mark at the top. */
import { RootConstruct } from "constructs";
import type { Printer } from "../src/addresses/address";
import type { Cloud } from "../src/clouds/cloud";
import type { NetworkPlan } from "../src/plan/network-plan";
import type { Provider, TerraformDocument } from "../src/plan/provider";
import { assemble } from "./assemble";
import { EnclaveStack } from "./enclave-stack";

export function renderDocument(provider: Provider, plan: NetworkPlan, printer: Printer): TerraformDocument {
  return untraced(() => {
    // Not an App, which makes its output directory the moment it is constructed.
    const stack = new EnclaveStack(
      new RootConstruct(),
      stackName(plan, provider.cloud),
      provider,
      plan,
      printer,
    );
    return { "//": mark(plan, provider.cloud), ...(canonical(assemble(stack)) as object) };
  });
}

/** cdktf writes down where each of its objects was made, which takes a twentieth of a run, and which nobody is shown. */
function untraced<T>(work: () => T): T {
  const capture = Error.captureStackTrace;
  Error.captureStackTrace = () => {};
  try {
    return work();
  } finally {
    Error.captureStackTrace = capture;
  }
}

export const stackName = (plan: NetworkPlan, cloud: Cloud): string => `${plan.name}-${cloud}`;

/** What makes a file ours: one without it, or of another enclave, is never overwritten. */
const mark = (plan: NetworkPlan, cloud: Cloud): string =>
  `Rendered by ai-enclave: enclave ${plan.name} on ${cloud}. Change the spec, not this file; put what is your own into *_override.tf.json.`;

/** The enclave that a mark names. */
export const MARKED_ENCLAVE = /: enclave (\S+) on /;

/** Without cdktf's metadata, which it keeps under "//", and with keys in order, so that equal specs give equal bytes. */
export function canonical(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(canonical);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).filter(([key]) => key !== "//");
  return Object.fromEntries(
    entries.sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, member]) => [key, canonical(member)]),
  );
}
