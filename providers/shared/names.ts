/** Names that are longer than a cloud takes. */
import { createHash } from "node:crypto";

const HASH_LENGTH = 6;

/** What tells apart names that are alike: six hexadecimal digits that follow from the text alone. */
export const hashOf = (text: string): string =>
  createHash("sha256").update(text).digest("hex").slice(0, HASH_LENGTH);

/** The text itself where it fits; else as much of it as leaves room for a dash and its hash. */
export const shorten = (text: string, longest: number): string =>
  text.length <= longest
    ? text
    : `${text.slice(0, longest - HASH_LENGTH - 1).replace(/-+$/, "")}-${hashOf(text)}`;
