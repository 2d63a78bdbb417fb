/** The nesting of a file's tokens. */
import type { CST } from "yaml";

interface Nested {
  readonly token: CST.Token;
  readonly depth: number;
}

/** Every token with its depth, in any order. Without recursion, which would overflow the stack. */
export function* tokensIn(tokens: readonly CST.Token[]): Generator<Nested> {
  const open: Nested[] = tokens.map((token) => ({ token, depth: 0 }));
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    yield next;
    for (const child of childrenOf(next.token)) open.push({ token: child, depth: next.depth + 1 });
  }
}

function childrenOf(token: CST.Token): CST.Token[] {
  if (token.type === "document") return token.value === undefined ? [] : [token.value];
  if (!("items" in token)) return [];
  return token.items.flatMap(({ key, value }) => [key ?? [], value ?? []].flat());
}
