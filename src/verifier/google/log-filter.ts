/**
 * Filters of the logs, as far as documents use them: comparisons with `=`, `log_id`, AND, OR and parentheses.
 * OR binds more strongly than AND. https://docs.cloud.google.com/logging/docs/view/logging-query-language
 */

/** An entry of a log by the fields that a filter can ask for. The field `log_id` is the log's own name. */
export type Entry = Readonly<Record<string, string>>;

const COMPARISON = /log_id\("([^"]*)"\)|\b([a-z][\w.]*)="([^"]*)"/gi;
const INNERMOST = /\(([^()]*)\)/g;

/** Throws on what it does not know: a doubt keeps no entry. */
export function keeps(filter: string, entry: Entry): boolean {
  let text = filter.replace(COMPARISON, (_, log?: string, field = "log_id", value?: string) =>
    String(entry[field] === (log ?? value)),
  );
  while (text.includes("(")) {
    const shorter = text.replace(INNERMOST, (_, inner: string) => String(isTrue(inner)));
    if (shorter === text) throw new Error(`unread: ${text}`);
    text = shorter;
  }
  return isTrue(text);
}

/** Without parentheses, and with every comparison made. */
function isTrue(text: string): boolean {
  const parts = text.split(" AND ").map((part) => part.split(" OR ").map((word) => word.trim()));
  const unread = parts.flat().find((word) => word !== "true" && word !== "false");
  if (unread !== undefined) throw new Error(`unread: ${unread}`);
  return parts.every((words) => words.includes("true"));
}
