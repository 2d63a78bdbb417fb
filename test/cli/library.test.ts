import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as library from "../../src/index";

const EXAMPLE = join(__dirname, "../../examples/private-rag/private-rag.enclave.yaml");

describe("the library", () => {
  test("exports what is promised and nothing by accident", () => {
    expect(Object.keys(library).sort()).toEqual([
      "CLOUDS",
      "enclaveJsonSchema",
      "exitCodeOf",
      "hasErrors",
      "loadSpec",
      "synthesize",
    ]);
  });

  test("loads no cdktf before something is rendered", () => {
    const refuse = (): never => {
      throw new Error("cdktf is loaded");
    };
    jest.isolateModules(() => {
      for (const name of ["cdktf", "constructs"]) jest.doMock(name, refuse);
      const { loadSpec } = require("../../src/index") as typeof library;
      expect(loadSpec("name: case", "x").diagnostics.length).toBeGreaterThan(0);
    });
    for (const name of ["cdktf", "constructs"]) jest.dontMock(name);
  });

  test("renders a spec", () => {
    const { documents, exitCode } = library.synthesize(
      { file: "x.enclave.yaml", bytes: readFileSync(EXAMPLE) },
      { cloud: "aws", frozenLock: false, reclaim: false },
    );
    expect(exitCode).toBe(0);
    expect(documents.map(({ cloud, verdict }) => [cloud, verdict])).toEqual([["aws", "CHECKED"]]);
    expect(JSON.parse(documents[0]?.text ?? "")).toHaveProperty("resource.aws_vpc");
  });

  test("reads a spec", () => {
    const { enclave, diagnostics } = library.loadSpec(readFileSync(EXAMPLE), "private-rag.enclave.yaml");
    expect(library.hasErrors(diagnostics)).toBe(false);
    expect(enclave?.zones.map((zone) => zone.name)).toEqual([
      "ingress",
      "inference",
      "loader",
      "redaction",
      "vector-db",
    ]);
  });
});
