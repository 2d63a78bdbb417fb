/**
 * A stack as one document, like `stack.toTerraform()`, which resolves everything four times: to find references to other stacks,
 * for its metadata, piece by piece, and once more as a whole. A stack that stands alone and is stripped of metadata needs it once,
 * and only for the elements that hold a token; the rest would be a fifth of a run.
 */
import {
  DefaultTokenResolver,
  StringConcat,
  TerraformElement,
  type TerraformStack,
  Tokenization,
} from "cdktf";
import type { EnclaveStack } from "./enclave-stack";

type Tree = Record<string, unknown>;

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

/**
 * How cdktf writes tokens into texts, lists, keys, numbers and JSON:
 * https://developer.hashicorp.com/terraform/cdktf/concepts/tokens
 */
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
