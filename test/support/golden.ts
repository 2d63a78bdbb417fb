/** Goldens are real files, so that Terraform and a reviewer can read them as what they are. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, relative } from "node:path";

/** Fails unless the file holds exactly this text; UPDATE_GOLDEN=1 writes it instead. */
export function expectGolden(file: string, text: string): void {
  if (process.env["UPDATE_GOLDEN"] === "1") {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
    return;
  }
  const golden = existsSync(file) ? readFileSync(file, "utf8") : undefined;
  if (golden === text) return;
  const name = relative(process.cwd(), file);
  const what =
    golden === undefined
      ? `${name} is missing`
      : `${name} differs, first in ${firstDifference(golden, text)}`;
  throw new Error(`${what}\nrun: npm run golden`);
}

/** A whole file printed twice tells nobody anything; the first differing line with its number does. */
function firstDifference(golden: string, text: string): string {
  const [before, after] = [golden.split("\n"), text.split("\n")];
  const line = after.findIndex((content, index) => content !== before[index]);
  const at = line === -1 ? after.length : line;
  return `line ${at + 1}\n  golden: ${before[at] ?? "(no such line)"}\n  now:    ${after[at] ?? "(no such line)"}`;
}
