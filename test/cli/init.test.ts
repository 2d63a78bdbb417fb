import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type Scratch, scratch } from "../support/scratch";
import { enclave } from "../support/terminal";

let room: Scratch;

beforeEach(() => {
  room = scratch();
});

afterEach(() => room.remove());

const example = (): string =>
  readFileSync(join(__dirname, "../../examples/private-rag/private-rag.enclave.yaml"), "utf8");

describe("init", () => {
  test("writes the example and the schema that its first line names, and says what comes next", async () => {
    const ended = await enclave(["init"], { cwd: room.path });
    expect(ended).toMatchObject({ code: 0, stderr: "" });
    expect(ended.stdout).toMatch(/\nnext: npx ai-enclave synth private-rag\.enclave\.yaml\n$/);
    const { "private-rag.enclave.yaml": spec = "", "enclave.schema.json": schema, ...others } = room.files();
    expect(others).toEqual({});
    expect(spec.split("\n")[0]).toBe("# yaml-language-server: $schema=./enclave.schema.json");
    expect(spec.endsWith(example().replace(/^# yaml-language-server:.*\n/, ""))).toBe(true);
    expect(schema).toBe((await enclave(["schema"])).stdout);
  });

  test("writes a spec that synthesizes", async () => {
    await enclave(["init", "new/place"], { cwd: room.path });
    const ended = await enclave(["synth", "new/place/private-rag.enclave.yaml"], { cwd: room.path });
    expect(ended).toMatchObject({ code: 0, stdout: expect.stringContaining("CHECKED") });
  });

  test("says the same as JSON", async () => {
    const { stdout } = await enclave(["init", "d", "--format", "json"], { cwd: room.path });
    expect(JSON.parse(stdout)).toEqual({
      diagnostics: [],
      files: ["d/private-rag.enclave.yaml", "d/enclave.schema.json"],
      kept: [],
      next: "npx ai-enclave synth d/private-rag.enclave.yaml",
    });
  });

  test.each([["private-rag.enclave.yaml"], ["enclave.schema.json"]])(
    "overwrites no %s and then writes nothing at all",
    async (name) => {
      room.write(name, "mine");
      const ended = await enclave(["init"], { cwd: room.path });
      expect(ended).toMatchObject({
        code: 2,
        stdout: "",
        stderr: expect.stringContaining(`${name}:1:1: error output-refused: `),
      });
      expect(room.files()).toEqual({ [name]: "mine" });
    },
  );

  test("does nothing the second time, and says that it kept what is there", async () => {
    await enclave(["init"], { cwd: room.path });
    const before = room.files();
    const again = await enclave(["init"], { cwd: room.path });
    expect(again.code).toBe(0);
    expect(
      again.stdout.match(/^(?:kept|wrote) \S+(?=:| |$)/gm)?.map((line) => line.replace(/:$/, "")),
    ).toEqual(["kept private-rag.enclave.yaml", "kept enclave.schema.json"]);
    expect(room.files()).toEqual(before);
  });

  test("refuses a place that is a file", async () => {
    room.write("place", "mine");
    expect(await enclave(["init", "place"], { cwd: room.path })).toMatchObject({ code: 2, stdout: "" });
    expect(room.files()).toEqual({ place: "mine" });
  });
});

describe("schema", () => {
  test.each([[[]], [["--format", "json"]], [["--quiet"]]])(
    "is the document itself with %j",
    async (flags) => {
      const ended = await enclave(["schema", ...flags]);
      expect(ended).toMatchObject({ code: 0, stderr: "" });
      expect(JSON.parse(ended.stdout)).toMatchObject({
        $schema: "https://json-schema.org/draft/2020-12/schema",
        type: "object",
      });
    },
  );
});
