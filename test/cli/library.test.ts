import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as library from "../../src/index";

describe("the library", () => {
  test("exports what is promised and nothing by accident", () => {
    expect(Object.keys(library).sort()).toEqual([
      "CLOUDS",
      "enclaveJsonSchema",
      "exitCodeOf",
      "hasErrors",
      "loadSpec",
    ]);
  });

  test("reads a spec", () => {
    const file = join(__dirname, "../../examples/private-rag/private-rag.enclave.yaml");
    const { enclave, diagnostics } = library.loadSpec(readFileSync(file), "private-rag.enclave.yaml");
    expect(library.hasErrors(diagnostics)).toBe(false);
    expect(enclave?.zones.map((zone) => zone.name)).toEqual([
      "ingress",
      "inference",
      "redaction",
      "vector-db",
    ]);
  });
});
