import type { Applicability } from "./edit";

/** Words, each with others that people use for it. They are proposed, never read. */
export type Words = Readonly<Record<string, { readonly synonyms: readonly string[] }>>;

/** The one of `allowed` that a word means, by common other words for it or by its spelling. */
export function meantBy(word: string, allowed: readonly string[], words: Words = {}): string | undefined {
  const plain = word.toLowerCase().replaceAll(/[_\s]+/g, "-");
  const named = allowed.find((each) => Object.hasOwn(words, each) && words[each]?.synonyms.includes(plain));
  return named ?? nearest(word, allowed);
}

/** The candidate for a mistyped word; undefined when none is near enough, or two are equally near. */
export function nearest(word: string, candidates: readonly string[]): string | undefined {
  // A word cut short stands for the shortest that begins with it.
  const [cut, other] = candidates
    .filter((each) => word.length >= 3 && normal(each).startsWith(normal(word)))
    .sort((x, y) => x.length - y.length);
  if (cut !== undefined) return cut.length === other?.length ? undefined : cut;
  const limit = Math.max(1, Math.floor(word.length / 3));
  const [first, second] = candidates
    .map((candidate) => ({ candidate, distance: distanceOf(normal(word), normal(candidate)) }))
    .filter(({ candidate, distance }) => candidate !== "" && distance <= limit)
    .sort((a, b) => a.distance - b.distance);
  return first?.distance === second?.distance ? undefined : first?.candidate;
}

/** Exact for two spellings of one word. */
export const likeness = (word: string, meant: string | undefined): Applicability =>
  meant !== undefined && isSameWord(word, meant) ? "exact" : "likely";

/** True for two spellings of one word: `Read_Only` and `read-only`. */
export const isSameWord = (a: string, b: string): boolean => normal(a) === normal(b);

/** True also for one letter too many, too few, changed or swapped, in a word of four or more. */
export const isTypo = (word: string, meant: string): boolean =>
  isSameWord(word, meant) || (meant.length > 3 && distanceOf(normal(word), normal(meant)) === 1);

/** `zone_names`, `zonenames` and `zoneNames` are the same mistake of spelling. */
const normal = (word: string): string =>
  word
    .slice(0, 64)
    .toLowerCase()
    .replace(/[\s_-]/g, "");

/** The number of edits between two words. A swap of two neighbours is one edit. */
function distanceOf(a: string, b: string): number {
  const rows: number[][] = [Array.from({ length: b.length + 1 }, (_, column) => column)];
  const at = (row: number, column: number): number => rows[row]?.[column] ?? Number.POSITIVE_INFINITY;
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    rows.push(row);
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      const edits = Math.min(at(i - 1, j) + 1, at(i, j - 1) + 1, at(i - 1, j - 1) + (same ? 0 : 1));
      row.push(swapped ? Math.min(edits, at(i - 2, j - 2) + 1) : edits);
    }
  }
  return at(a.length, b.length);
}
