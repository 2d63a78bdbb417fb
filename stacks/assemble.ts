/**
 * A stack as one document, like `stack.toTerraform()`, which resolves everything four times: to find references to other stacks,
 * for its metadata, piece by piece, and once more as a whole. A stack that stands alone and is stripped of metadata needs it once,
 * and only where there is a token; with many resources that is half of a run.
 */
import { DefaultTokenResolver, StringConcat, TerraformElement, Token, Tokenization } from "cdktf";
import type { EnclaveStack } from "./enclave-stack";

type Tree = Record<string, unknown>;
type Resolve = (value: unknown) => unknown;

export function assemble(stack: EnclaveStack): Readonly<Tree> {
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

const holdsToken = (text: string): boolean => TOKEN.test(text);

/** `resolve` for what holds a token of cdktf, which is little; the rest is as it will be, but for what is undefined. */
function settle(value: unknown, resolve: Resolve): unknown {
  if (typeof value === "string") return holdsToken(value) ? resolve(value) : value;
  if (typeof value === "number") return Token.isUnresolved(value) ? resolve(value) : value;
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return settleList(value, resolve);
  if (Token.isUnresolved(value) || Object.keys(value).some(holdsToken)) return resolve(value);
  const entries = Object.entries(value).map(([key, item]) => [key, settle(item, resolve)] as const);
  return Object.fromEntries(entries.filter(([, item]) => item !== undefined));
}

/** A token can stand for a list as its only item. */
function settleList(list: readonly unknown[], resolve: Resolve): unknown {
  if (list.some((item) => (typeof item === "string" ? holdsToken(item) : Token.isUnresolved(item)))) return resolve(list);
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
