/**
 * Filters of the logs, as far as documents use them: comparisons with `=`, `log_id`, AND, OR and parentheses. OR binds more strongly
 * than AND. https://docs.cloud.google.com/logging/docs/view/logging-query-language
 */

/** An entry of a log by the fields that a filter can ask for. The field `log_id` is the log's own name. */
export type Entry = Readonly<Record<string, string>>;

/** Throws on what it does not know: a doubt keeps no entry. */
export function keeps(filter: string, entry: Entry): boolean {
  const tokens = filter.match(/"[^"]*"|[\w.]+|\S/g) ?? [];
  const kept = conjunction(tokens, entry);
  if (tokens.length > 0) throw new Error(`unread: ${tokens.join(" ")}`);
  return kept;
}

function conjunction(tokens: string[], entry: Entry): boolean {
  let kept = disjunction(tokens, entry);
  while (tokens[0] === "AND") {
    tokens.shift();
    const other = disjunction(tokens, entry);
    kept = kept && other;
  }
  return kept;
}

function disjunction(tokens: string[], entry: Entry): boolean {
  let kept = comparison(tokens, entry);
  while (tokens[0] === "OR") {
    tokens.shift();
    const other = comparison(tokens, entry);
    kept = kept || other;
  }
  return kept;
}

function comparison(tokens: string[], entry: Entry): boolean {
  const first = tokens.shift() ?? "";
  if (first === "(") {
    const kept = conjunction(tokens, entry);
    expect(tokens, ")");
    return kept;
  }
  if (!/^[a-z]\w*(?:\.\w+)*$/i.test(first)) throw new Error(`unread: ${first}`);
  const isCall = first === "log_id";
  expect(tokens, isCall ? "(" : "=");
  const value = tokens.shift() ?? "";
  if (!value.startsWith('"')) throw new Error(`unread: ${value}`);
  if (isCall) expect(tokens, ")");
  return entry[first] === value.slice(1, -1);
}

function expect(tokens: string[], wanted: string): void {
  const found = tokens.shift();
  if (found !== wanted) throw new Error(`${wanted} is expected in place of ${found}`);
}
