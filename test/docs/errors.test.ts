/** docs/errors.md is written from the catalogues of codes, and the catalogues are held to the code that gives them. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { ADDRESS_CODES } from "../../src/addresses/codes";
import { CODES } from "../../src/diagnostics/spec-codes";
import { expectGolden } from "../support/golden";
import { AZURE_CODES } from "./azure-error-codes";
import { AWS_CODES, GOOGLE_CODES, RUN_CODES } from "./error-codes";

const ROOT = join(__dirname, "../..");

const SECTIONS: readonly {
  readonly title: string;
  readonly text: string;
  readonly codes: Readonly<Record<string, string>>;
}[] = [
  {
    title: "Reading a spec",
    text: "Form, names, sizes, flows, role rules and assertions. They do not depend on the cloud.",
    codes: CODES,
  },
  {
    title: "Addresses and the lock file",
    text: "What the lock file records never moves; a spec that contradicts it is told so.",
    codes: ADDRESS_CODES,
  },
  {
    title: "AWS",
    text: "Limits and settings of AWS, counted before anything is rendered.",
    codes: AWS_CODES,
  },
  {
    title: "Azure",
    text: "Limits and settings of Azure, counted before anything is rendered.",
    codes: AZURE_CODES,
  },
  {
    title: "Google",
    text: "Limits and settings of Google, counted before anything is rendered.",
    codes: GOOGLE_CODES,
  },
  { title: "Commands, clouds and files", text: "What lies around the spec.", codes: RUN_CODES },
];

const PREAMBLE = `# Error codes

<!-- Written by test/docs/errors.test.ts; UPDATE_GOLDEN=1 npx jest test/docs writes it anew. -->

Each diagnostic has a code that never changes its meaning, the place in the file, the computed facts, and where there is one an edit to paste:

\`\`\`text
FILE:LINE:COLUMN: error CODE: summary
  what follows from the numbers
  (facts)
  fix: an edit
\`\`\`

Warnings and infos look the same and stop nothing. An error ends with exit code 2, and nothing is written; a broken role rule or assertion alone with exit code 1.
\`--format json\` gives all of it as data.
`;

function page(): string {
  const sections = SECTIONS.map(({ title, text, codes }) => {
    const rows = Object.entries(codes)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([code, meaning]) => `| \`${code}\` | ${meaning} |`);
    return ["", `## ${title}`, "", text, "", "| code | means |", "|---|---|", ...rows, ""].join("\n");
  });
  return PREAMBLE + sections.join("");
}

const SOURCES = ["src", "providers", "stacks"]
  .flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: "utf8" }).map((name) => join(folder, name)),
  )
  .filter((name) => name.endsWith(".ts") && !name.endsWith("/codes.ts"))
  .map((name) => readFileSync(join(ROOT, name), "utf8"))
  .join("\n");

const KNOWN = SECTIONS.flatMap(({ codes }) => Object.keys(codes));

test("the page of error codes is what the catalogues say", () => {
  expectGolden(join(ROOT, "docs/errors.md"), page());
});

test("every code that is given is in a catalogue, and no code in two", () => {
  const given = [
    ...SOURCES.matchAll(
      /(?:\bcode: |\b(?:error|warning|info|finding|usage)\(\s*)"([a-z0-9]+(?:-[a-z0-9]+)*)"/g,
    ),
  ].map(([, code]) => code ?? "");
  const OF_ZOD = "custom";
  expect(given.length).toBeGreaterThan(50);
  expect(given.filter((code) => code !== OF_ZOD && !KNOWN.includes(code))).toEqual([]);
  expect(KNOWN.length).toBe(new Set(KNOWN).size);
});

test("no catalogue keeps a code that nothing gives", () => {
  // A few codes are put together: `assertion-${kind}`, `${kind}-unreadable`.
  const made = (code: string): string[] => [
    `"${code}"`,
    `\`\${kind}${code.replace(/^[a-z]+/, "")}\``,
    `\`${code.replace(/[a-z]+$/, "")}\${kind}\``,
  ];
  const isGiven = (code: string): boolean => made(code).some((text) => SOURCES.includes(text));
  expect(KNOWN.filter((code) => !isGiven(code))).toEqual([]);
});
