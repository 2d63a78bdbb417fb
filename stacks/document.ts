/** The document of a stack: Terraform's JSON with sorted keys, our mark at the top, no cdktf metadata. */
import {
  DefaultTokenResolver,
  StringConcat,
  TerraformElement,
  type TerraformStack,
  Tokenization,
} from "cdktf";
import { RootConstruct } from "constructs";
import type { Printer } from "../src/addresses/address";
import type { Cloud } from "../src/clouds/cloud";
import type { NetworkPlan } from "../src/plan/network-plan";
import type { Provider, TerraformDocument } from "../src/plan/provider";
import type { RenamedPlans } from "../src/plan/renamed-plans";
import { EnclaveStack, TERRAFORM } from "./enclave-stack";
import { renamedDocument } from "./renamed-document";

export function renderDocument(
  provider: Provider,
  plan: NetworkPlan,
  printer: Printer,
  renamed?: RenamedPlans,
): TerraformDocument {
  const render = (each: NetworkPlan): TerraformDocument => {
    // Not an App, which makes its output directory the moment it is constructed.
    const stack = new EnclaveStack(new RootConstruct(), provider, each, printer);
    return canonical(assemble(stack)) as TerraformDocument;
  };
  return untraced(() => ({ "//": mark(plan, provider.cloud), ...underPresentNames(render, plan, renamed) }));
}

/** @public The text of `versions.tf`, which stands beside the document. */
export const versionsText = (plan: NetworkPlan, cloud: Cloud): string =>
  `# ${mark(plan, cloud)}
terraform {
  required_version = ${JSON.stringify(TERRAFORM.required_version)}
}
`;

/** What one rendering gives, if nothing was renamed. */
function underPresentNames(
  render: (plan: NetworkPlan) => TerraformDocument,
  plan: NetworkPlan,
  renamed: RenamedPlans | undefined,
): TerraformDocument {
  const present = render(plan);
  if (renamed === undefined) return present;
  const renderings = { present, first: render(renamed.first), marked: render(renamed.marked) };
  return canonical(renamedDocument(renderings, renamed.names)) as TerraformDocument;
}

/** cdktf records the origin of each of its objects, which nobody reads and which costs 5 percent of a run. */
function untraced<T>(work: () => T): T {
  const capture = Error.captureStackTrace;
  Error.captureStackTrace = () => {};
  try {
    return work();
  } finally {
    Error.captureStackTrace = capture;
  }
}

/** The mark of our files: a file without it, or of another enclave, is never overwritten. */
const mark = (plan: NetworkPlan, cloud: Cloud): string =>
  `Rendered by ai-enclave: enclave ${plan.name} on ${cloud}. Change the spec, not this file; ` +
  "put what is your own into *_override.tf.json.";

/** The enclave that a mark names. */
export const MARKED_ENCLAVE = /: enclave (\S+) on /;

/** Without cdktf's metadata (under "//") and with sorted keys, so that equal specs give equal bytes. */
export function canonical(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(canonical);
  if (typeof value !== "object" || value === null) return value;
  const keys = Object.keys(value).filter((key) => key !== "//");
  return Object.fromEntries(keys.sort().map((key) => [key, canonical((value as Tree)[key])]));
}

type Tree = Record<string, unknown>;

/**
 * Like `stack.toTerraform()`, which resolves everything four times. A single stack without metadata needs one
 * pass, and only for the elements that hold a token; the others would cost a fifth of a run.
 */
export function assemble(stack: TerraformStack & Pick<EnclaveStack, "requirements">): Readonly<Tree> {
  const options = { scope: stack, preparing: false, resolver: new DefaultTokenResolver(new StringConcat()) };
  const document: Tree = {};
  for (const element of stack.node.findAll())
    if (TerraformElement.isTerraformElement(element)) {
      const made: unknown = element.toTerraform();
      const json = JSON.stringify(made);
      merge(document, (TOKEN.test(json) ? Tokenization.resolve(made, options) : JSON.parse(json)) as Tree);
    }
  merge(document, { terraform: stack.requirements });
  return document;
}

/** Of texts, lists, keys, numbers, JSON: https://developer.hashicorp.com/terraform/cdktf/concepts/tokens */
const TOKEN = /TfToken\[|Tf(?:Any|String|Number|Bool)|e\+\d|<unresolved/;

const isTree = (value: unknown): value is Tree =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** No two elements of an enclave give one list, so lists are never joined. */
function merge(into: Tree, from: Tree): void {
  for (const [key, value] of Object.entries(from)) {
    const there = into[key];
    if (isTree(there) && isTree(value)) merge(there, value);
    else into[key] = value;
  }
}
