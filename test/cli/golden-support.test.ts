import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expectGolden } from "../support/golden";

const update = process.env["UPDATE_GOLDEN"];
let directory: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "enclave-golden-"));
  delete process.env["UPDATE_GOLDEN"];
});

afterEach(() => {
  if (update !== undefined) process.env["UPDATE_GOLDEN"] = update;
  rmSync(directory, { recursive: true });
});

describe("comparing with a golden", () => {
  test("accepts the same text", () => {
    writeFileSync(join(directory, "same"), "a\n");
    expect(() => expectGolden(join(directory, "same"), "a\n")).not.toThrow();
  });

  test.each([
    ["another line", "a\nx\n", "line 2\n  golden: b\n  now:    x"],
    ["a line less", "a\n", "line 2\n  golden: b\n  now:    "],
    ["no last line break", "a\nb", "line 3\n  golden: \n  now:    (no such line)"],
  ])("refuses %s and says where and what to run", (_, text, difference) => {
    writeFileSync(join(directory, "golden"), "a\nb\n");
    expect(() => expectGolden(join(directory, "golden"), text)).toThrow(`${difference}\nrun: npm run golden`);
  });

  test("refuses a golden that is missing, unless it is to be written", () => {
    const file = join(directory, "deep/new");
    expect(() => expectGolden(file, "text")).toThrow(/is missing\nrun: npm run golden/);
    process.env["UPDATE_GOLDEN"] = "1";
    expectGolden(file, "text");
    expect(readFileSync(file, "utf8")).toBe("text");
  });
});
