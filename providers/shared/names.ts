/** Names that are longer than a cloud takes. */
import { createHash } from "node:crypto";

const HASH_LENGTH = 6;

/** Six hexadecimal digits that follow from the text alone and tell apart names that begin alike. */
export const hashOf = (text: string): string =>
  createHash("sha256").update(text).digest("hex").slice(0, HASH_LENGTH);

/** The text itself where it fits; else as much of it as leaves room for a dash and its hash. */
export const shorten = (text: string, longest: number): string =>
  text.length <= longest
    ? text
    : `${text.slice(0, longest - HASH_LENGTH - 1).replace(/-+$/, "")}-${hashOf(text)}`;
