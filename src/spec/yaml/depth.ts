/** The nesting of a file's tokens. */
import type { CST } from "yaml";

interface Nested {
  readonly token: CST.Token;
  readonly depth: number;
}

/** The offset of something nested below `deepest` levels, or undefined. */
export function depthBeyond(tokens: readonly CST.Token[], deepest: number): number | undefined {
  for (const { token, depth } of walk(tokens)) if (depth > deepest) return token.offset;
  return undefined;
}

/** Every token with its depth, in no particular order. */
export const tokensIn = (tokens: readonly CST.Token[]): Nested[] => [...walk(tokens)];

/** Without recursion: deep nesting would overflow the stack. */
function* walk(tokens: readonly CST.Token[]): Generator<Nested> {
  const open: Nested[] = tokens.map((token) => ({ token, depth: 0 }));
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    yield next;
    for (const child of childrenOf(next.token)) open.push({ token: child, depth: next.depth + 1 });
  }
}

function childrenOf(token: CST.Token): CST.Token[] {
  if (token.type === "document") return token.value === undefined ? [] : [token.value];
  if (!("items" in token)) return [];
  return token.items.flatMap((item) =>
    [item.key, item.value].filter((child): child is CST.Token => child !== undefined && child !== null),
  );
}
