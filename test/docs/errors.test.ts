/** docs/errors.md is written from the catalogue of codes, and the catalogue is held to the code that gives them. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { CATALOGUE } from "../../src/diagnostics/catalogue";
import { AWS_CODES, AZURE_CODES, GOOGLE_CODES } from "../../src/diagnostics/cloud-codes";
import type { Described } from "../../src/diagnostics/diagnostic";
import { ADDRESS_CODES, RUN_CODES } from "../../src/diagnostics/run-codes";
import { SPEC_CODES } from "../../src/diagnostics/spec-codes";
import { expectGolden } from "../support/golden";

const ROOT = join(__dirname, "../..");

interface Section {
  readonly title: string;
  readonly text: string;
  readonly codes: Described;
}

const COUNTED = "counted before anything is rendered.";

const SECTIONS: readonly Section[] = [
  {
    title: "Reading a spec",
    text: "Form, names, sizes, flows, role rules and assertions. They do not depend on the cloud.",
    codes: SPEC_CODES,
  },
  {
    title: "Addresses and the lock file",
    text: "A block in the lock file never moves; a spec that contradicts the lock file is an error.",
    codes: ADDRESS_CODES,
  },
  { title: "AWS", text: `Limits and settings of AWS, ${COUNTED}`, codes: AWS_CODES },
  { title: "Azure", text: `Limits and settings of Azure, ${COUNTED}`, codes: AZURE_CODES },
  { title: "Google", text: `Limits and settings of Google, ${COUNTED}`, codes: GOOGLE_CODES },
  {
    title: "Commands, clouds and files",
    text: "The command line, the environment, and files beside the spec.",
    codes: RUN_CODES,
  },
];

const PREAMBLE = `# Error codes

<!-- Written by test/docs/errors.test.ts from src/diagnostics/catalogue.ts; npm run golden writes it anew. -->

Each diagnostic has a code that never changes its meaning, and the place in the file. Where an edit follows from what you wrote, it stands below:

\`\`\`text
FILE:LINE:COLUMN: error CODE: summary
  what follows from the numbers, and what is possible
  fix: an edit that is certain; enclave fix writes it
  perhaps: an edit that you decide
\`\`\`

Warnings look the same and stop nothing. Notes (info) are one line each; \`--verbose\` shows them in full. An error ends with exit code 2, and nothing is written. A broken role rule or assertion alone ends with exit code 1.
\`--format json\` gives all of it as data, with the computed facts and the edits.
`;

function page(): string {
  const sections = SECTIONS.map(({ title, text, codes }) => {
    const rows = Object.entries(codes)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([code, described]) => {
        const colon = described.indexOf(": ");
        return `| \`${code}\` | ${described.slice(0, colon)} | ${described.slice(colon + 2)} |`;
      });
    const head = ["| code | means | for example |", "|---|---|---|"];
    return ["", `## ${title}`, "", text, "", ...head, ...rows, ""].join("\n");
  });
  return PREAMBLE + sections.join("");
}

/** The text of all files below folders whose names have a form. */
const textOf = (folders: readonly string[], form: RegExp): string =>
  folders
    .flatMap((folder) =>
      readdirSync(join(ROOT, folder), { recursive: true, encoding: "utf8" }).map((name) =>
        join(folder, name),
      ),
    )
    .filter((name) => form.test(name))
    .map((name) => readFileSync(join(ROOT, name), "utf8"))
    .join("\n");

const SOURCES = textOf(["src", "providers", "stacks"], /(?<!diagnostics\/[a-z]+-codes)\.ts$/);

test("the page of error codes is what the catalogue says", () => {
  expectGolden(join(ROOT, "docs/errors.md"), page());
});

test("no code stands in two tables, and every table is in the catalogue and on the page", () => {
  const codes = SECTIONS.flatMap((section) => Object.keys(section.codes));
  expect(new Set(codes).size).toBe(codes.length);
  expect(codes.sort()).toEqual(Object.keys(CATALOGUE).sort());
});

test("every meaning is one cell of the page, and so is its example", () => {
  const cell = /^[^|\n:]+: [^|\n]*`[^`|\n]+`[^|\n]*$/;
  expect(Object.values(CATALOGUE).filter((described) => !cell.test(described))).toEqual([]);
});

test("the catalogue has no code that nothing gives", () => {
  // A few codes are put together: `assertion-${kind}`, `${kind}-unreadable`.
  const made = (code: string): string[] => [
    `"${code}"`,
    `\`\${kind}${code.replace(/^[a-z]+/, "")}\``,
    `\`${code.replace(/[a-z]+$/, "")}\${kind}\``,
  ];
  const isGiven = (code: string): boolean => made(code).some((text) => SOURCES.includes(text));
  expect(Object.keys(CATALOGUE).filter((code) => !isGiven(code))).toEqual([]);
});

test("every code is made to happen by a case or a test", () => {
  const tests = textOf(["test"], /\.(?:ts|enclave\.yaml)$/);
  const happens = (code: string): boolean => new RegExp(`(?<![a-z-])${code}(?![a-z-])`).test(tests);
  expect(Object.keys(CATALOGUE).filter((code) => !happens(code))).toEqual([]);
});
