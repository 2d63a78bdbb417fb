/**
 * A stack as one document, like `stack.toTerraform()`, which resolves everything four times: to find references to other stacks,
 * for its metadata, piece by piece, and once more as a whole. A stack that stands alone and is stripped of metadata needs it once,
 * and only where there is a token; with many resources that is half of a run.
 */
import { DefaultTokenResolver, StringConcat, TerraformElement, type TerraformStack, Token, Tokenization } from "cdktf";
import type { EnclaveStack } from "./enclave-stack";

type Tree = Record<string, unknown>;
type Resolve = (value: unknown) => unknown;

export function assemble(stack: TerraformStack & Pick<EnclaveStack, "requirements">): Readonly<Tree> {
  const options = { scope: stack, preparing: false, resolver: new DefaultTokenResolver(new StringConcat()) };
  const resolve: Resolve = (value) => Tokenization.resolve(value, options);
  const document: Tree = {};
  for (const element of stack.node.findAll())
    if (TerraformElement.isTerraformElement(element)) merge(document, settle(element.toTerraform(), resolve) as Tree);
  merge(document, { terraform: stack.requirements });
  return document;
}

/** How cdktf writes tokens into texts, lists, keys and numbers within texts: https://developer.hashicorp.com/terraform/cdktf/concepts/tokens */
const TOKEN = /TfToken\[|Tf(?:Any|String|Number|Bool)|e\+\d/;

/** Tokens that are numbers, or the only item of a list of numbers, are below anything that anybody counts. */
const holdsToken = (value: unknown): boolean =>
  typeof value === "string" ? TOKEN.test(value) : typeof value === "number" ? value < -1e200 : Token.isUnresolved(value);

/** `resolve` for what holds a token of cdktf, which is little; the rest is as it will be, but for what is undefined. */
function settle(value: unknown, resolve: Resolve): unknown {
  if (holdsToken(value)) return resolve(value);
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return settleList(value, resolve);
  if (Object.keys(value).some(holdsToken)) return resolve(value);
  const entries = Object.entries(value).map(([key, item]) => [key, settle(item, resolve)] as const);
  return Object.fromEntries(entries.filter(([, item]) => item !== undefined));
}

/** A token can stand for a list as its only item. */
function settleList(list: readonly unknown[], resolve: Resolve): unknown {
  if (list.some(holdsToken)) return resolve(list);
  return list.map((item) => settle(item, resolve)).filter((item) => item !== undefined);
}

const isTree = (value: unknown): value is Tree => typeof value === "object" && value !== null && !Array.isArray(value);

/** No two elements of an enclave give one list, so lists are never joined. */
function merge(into: Tree, from: Tree): void {
  for (const [key, value] of Object.entries(from)) {
    const there = into[key];
    if (isTree(there) && isTree(value)) merge(there, value);
    else into[key] = value;
  }
}
