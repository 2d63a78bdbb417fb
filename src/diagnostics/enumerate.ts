/** "a, b or c". `Intl.ListFormat` would say it, and loads the tables of all languages: 10 ms of each run. */
export const enumerate = (words: readonly string[], last: "and" | "or"): string =>
  words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} ${last} ${words.at(-1)}`;
