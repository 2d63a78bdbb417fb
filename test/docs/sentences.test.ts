/** Sentences that a reader whose first language is another can follow. */
import { readFileSync } from "node:fs";
import { join } from "node:path";

const MOST_WORDS = 25;

/** Sentences of a page without its code, tables split into cells. */
function sentencesIn(page: string): string[] {
  const prose = page.replace(/^```[\s\S]*?^```/gm, "").replace(/^\|[-|: ]+\|$/gm, "");
  const pieces = prose.split(/\n\s*\n|\n(?=[*#|]|\d+\. )|\s\|\s|(?<=[.:;?!]\**)\s+/);
  return pieces.map((piece) => piece.replace(/\s+/g, " ").trim()).filter(Boolean);
}

test.each(["README.md", "docs/spec.md", "docs/errors.md"])("sentences of %s are short", (file) => {
  const page = readFileSync(join(__dirname, "../..", file), "utf8");
  const long = sentencesIn(page).filter((sentence) => sentence.split(" ").length > MOST_WORDS);
  expect(long).toEqual([]);
});
