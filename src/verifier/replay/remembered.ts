/** Finds what belongs to a key when it is first asked for. */
export function remembered<Args extends readonly unknown[], Answer>(
  keyOf: (...args: Args) => string,
  find: (...args: Args) => Answer,
): (...args: Args) => Answer {
  const known = new Map<string, { readonly answer: Answer }>();
  return (...args) => {
    const key = keyOf(...args);
    const found = known.get(key) ?? { answer: find(...args) };
    known.set(key, found);
    return found.answer;
  };
}
