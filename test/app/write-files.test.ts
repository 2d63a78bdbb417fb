import fs from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { documentFile, lockFiles } from "../../src/app/outputs";
import { type OutputFile, writeFiles } from "../../src/app/write-files";

let directory: string;

beforeEach(() => {
  directory = fs.mkdtempSync(join(tmpdir(), "enclave-write-"));
});

afterEach(() => {
  jest.restoreAllMocks();
  fs.rmSync(directory, { recursive: true });
});

const file = (name: string, text: string): OutputFile => ({ name, text, refusal: () => undefined });

const everything = (): Record<string, string> =>
  Object.fromEntries(
    fs
      .readdirSync(directory, { recursive: true, withFileTypes: true })
      .map((entry) => [join(entry.parentPath, entry.name).slice(directory.length + 1), entry] as const)
      .map(([name, entry]) => [
        name,
        entry.isDirectory() ? "(directory)" : fs.readFileSync(join(directory, name), "utf8"),
      ]),
  );

const OURS = '{"//": "by ai-enclave"}';

describe("writing several files", () => {
  test("makes directories and leaves nothing else behind", () => {
    const written = writeFiles(
      [file("out/aws/main.tf.json", "a"), file("out/google/main.tf.json", "g")],
      directory,
    );
    expect(written).toEqual({ ok: true, value: ["out/aws/main.tf.json", "out/google/main.tf.json"] });
    expect(everything()).toEqual({
      out: "(directory)",
      "out/aws": "(directory)",
      "out/aws/main.tf.json": "a",
      "out/google": "(directory)",
      "out/google/main.tf.json": "g",
    });
  });

  test("leaves a file with the same text untouched and does not name it", () => {
    writeFiles([file("same", "text")], directory);
    fs.utimesSync(join(directory, "same"), 1000, 1000);
    expect(writeFiles([file("same", "text"), file("other", "text")], directory)).toEqual({
      ok: true,
      value: ["other"],
    });
    expect(fs.statSync(join(directory, "same")).mtimeMs).toBe(1000_000);
  });

  test("keeps the permissions of a file that it replaces", () => {
    fs.writeFileSync(join(directory, "private"), "old", { mode: 0o600 });
    writeFiles([file("private", "new")], directory);
    expect(fs.statSync(join(directory, "private")).mode & 0o777).toBe(0o600);
  });

  test("writes nothing when one target cannot be reached", () => {
    fs.writeFileSync(join(directory, "blocked"), "a file");
    const written = writeFiles([file("new/deep/one", "1"), file("blocked/two", "2")], directory);
    expect(written).toMatchObject({
      ok: false,
      problem: { code: "output-unwritable", file: "blocked/two", severity: "error" },
    });
    expect(everything()).toEqual({ blocked: "a file" });
  });

  test("ends where no directory can ever be made", () => {
    const mkdir = fs.mkdirSync;
    jest.spyOn(fs, "mkdirSync").mockImplementation(((path: string, options?: fs.MakeDirectoryOptions) => {
      if (path.endsWith("proc/new"))
        throw Object.assign(new Error("no such file"), { code: "ENOENT", syscall: "mkdir" });
      return mkdir(path, options);
    }) as typeof fs.mkdirSync);
    expect(writeFiles([file("proc/new/one", "1")], directory)).toMatchObject({
      ok: false,
      problem: { code: "output-unwritable" },
    });
    expect(everything()).toEqual({});
  });

  test("takes new directories away again when the disk fills up halfway", () => {
    let syncs = 0;
    jest.spyOn(fs, "fsyncSync").mockImplementation(() => {
      syncs += 1;
      if (syncs === 2) throw Object.assign(new Error("disk full"), { code: "ENOSPC", syscall: "fsync" });
    });
    expect(writeFiles([file("new/deep/one", "1"), file("new/two", "2")], directory)).toMatchObject({
      ok: false,
      problem: { file: "new/two" },
    });
    expect(everything()).toEqual({});
  });

  test("lets an error that is not the operating system's pass as the bug that it is", () => {
    jest.spyOn(fs, "fsyncSync").mockImplementation(() => {
      throw new TypeError("ours");
    });
    expect(() => writeFiles([file("one", "1")], directory)).toThrow("ours");
  });

  test("takes earlier files back when a later one cannot be put in place", () => {
    fs.writeFileSync(join(directory, "first"), "old");
    const rename = fs.renameSync;
    jest.spyOn(fs, "renameSync").mockImplementation((from, to) => {
      if (String(to).endsWith("third"))
        throw Object.assign(new Error("no space"), { code: "ENOSPC", syscall: "rename" });
      rename(from, to);
    });
    const written = writeFiles(
      [file("first", "new"), file("made/second", "2"), file("third", "3")],
      directory,
    );
    expect(written).toMatchObject({
      ok: false,
      problem: { file: "third", summary: expect.stringContaining("no space left") },
    });
    expect(everything()).toEqual({ first: "old" });
  });

  test.each([
    ["a directory", (path: string) => fs.mkdirSync(path)],
    ["a symbolic link", (path: string) => fs.symlinkSync("elsewhere", path)],
  ])("refuses a target that is %s", (kind, make) => {
    fs.writeFileSync(join(directory, "elsewhere"), OURS);
    make(join(directory, "target"));
    const before = everything();
    expect(writeFiles([file("target", "text")], directory)).toMatchObject({
      ok: false,
      problem: { summary: expect.stringContaining(kind) },
    });
    expect(everything()).toEqual(before);
  });
});

describe("a rendered document", () => {
  const document = (text: string): OutputFile => documentFile(".", "aws", text);

  test("replaces an older one of ours and lets its neighbours be", () => {
    fs.mkdirSync(join(directory, "aws"));
    fs.writeFileSync(join(directory, "aws/main.tf.json"), OURS);
    fs.writeFileSync(join(directory, "aws/mine_override.tf.json"), "{}");
    expect(writeFiles([document("new")], directory)).toEqual({ ok: true, value: ["aws/main.tf.json"] });
    expect(everything()).toMatchObject({ "aws/main.tf.json": "new", "aws/mine_override.tf.json": "{}" });
  });

  const golden = JSON.parse(
    fs.readFileSync(join(__dirname, "../golden/private-rag/aws/main.tf.json"), "utf8"),
  );
  const marked = (enclave: string, more = ""): string =>
    JSON.stringify({ "//": golden["//"].replace("private-rag", enclave) + more });

  test.each([
    ["another", "one", "two", false],
    ["the same", "one", "one", true],
  ])("of %s enclave replaces it or not, whatever else the mark says", (_, before, after, replaced) => {
    fs.mkdirSync(join(directory, "aws"));
    fs.writeFileSync(join(directory, "aws/main.tf.json"), marked(before, " by an older version."));
    expect(writeFiles([document(marked(after))], directory).ok).toBe(replaced);
    expect(everything()).toMatchObject({
      "aws/main.tf.json": replaced ? marked(after) : marked(before, " by an older version."),
    });
  });

  test.each([
    ["without a mark", '{"resource": {}}'],
    ["with another tool's mark", '{"//": {"metadata": {"stackName": "ai-enclave"}}}'],
    ["whose mark is further down", '{"resource": {"//": "ai-enclave"}}'],
    ["that is no JSON", "ai-enclave"],
    ["that is empty", ""],
  ])("never replaces a file %s", (_, foreign) => {
    fs.mkdirSync(join(directory, "aws"));
    fs.writeFileSync(join(directory, "aws/main.tf.json"), foreign);
    expect(writeFiles([document("new")], directory)).toMatchObject({
      ok: false,
      problem: { code: "output-refused", file: "aws/main.tf.json" },
    });
    expect(everything()).toMatchObject({ "aws/main.tf.json": foreign });
  });
});

describe("a lock", () => {
  const next = (text?: string): OutputFile[] =>
    lockFiles({ file: "lock.json", ...(text === undefined ? {} : { text }) }, "next");

  test.each([
    ["is the one that the addresses were computed from", "read", "read", "next"],
    ["is there although there was none", undefined, "somebody's", "somebody's"],
    ["changed since it was read", "read", "somebody's", "somebody's"],
  ])("on disk that %s", (_, read, onDisk, after) => {
    fs.writeFileSync(join(directory, "lock.json"), onDisk);
    expect(writeFiles(next(read), directory).ok).toBe(after === "next");
    expect(everything()).toEqual({ "lock.json": after });
  });
});
