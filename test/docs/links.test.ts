/** What our pages point at is there: files, and headings within them. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";

const ROOT = join(__dirname, "../..");

const markdownBelow = (folder: string): string[] =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: "utf8" }).map((name) =>
    join(ROOT, folder, name),
  );

const PAGES = [
  ...readdirSync(ROOT).map((name) => join(ROOT, name)),
  ...markdownBelow("docs"),
  ...markdownBelow("examples"),
].filter((name) => name.endsWith(".md"));

/** As the usual renderers make anchors: lower case, no punctuation, hyphens for spaces. */
const anchorsOf = (text: string): string[] =>
  [...text.matchAll(/^#+ (.*)$/gm)].map(([, title = ""]) =>
    title
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, "")
      .replaceAll(" ", "-"),
  );

function brokenLinks(page: string): string[] {
  const text = readFileSync(page, "utf8");
  const targets = [...text.matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = ""]) => target);
  return targets
    .filter((target) => !/^[a-z]+:/.test(target))
    .flatMap((target) => {
      const [path = "", anchor] = target.split("#");
      const file = path === "" ? page : join(dirname(page), path);
      if (!existsSync(file)) return [`${relative(ROOT, page)}: ${target} is not there`];
      const known = anchor === undefined || anchorsOf(readFileSync(file, "utf8")).includes(anchor);
      return known ? [] : [`${relative(ROOT, page)}: ${target} names no heading`];
    });
}

test("every link between our pages leads somewhere", () => {
  expect(PAGES.length).toBeGreaterThan(8);
  expect(PAGES.flatMap(brokenLinks)).toEqual([]);
});
