import { loadSpec } from "../../src/app/load";
import { synthesize } from "../../src/app/synthesize";
import { checkTarget } from "../../src/checks/target";
import { CLOUDS, type Cloud } from "../../src/clouds/cloud";
import { setting } from "../../src/diagnostics/edit";
import { formatDiagnostics } from "../../src/diagnostics/format";
import { SPECS } from "../conformance/specs";

const HEAD =
  "name: case\nregion: us-east-1\ncidr: 10.20.0.0/16\nzones: { app: { exposure: private, hosts: 50 } }\n";

test.each([
  ["s3", "secret_key", "AWS_PROFILE"],
  ["azurerm", "access_key", "ARM_ACCESS_KEY"],
  ["gcs", "credentials", "GOOGLE_BACKEND_CREDENTIALS"],
  ["remote", "token", "TF_TOKEN_"],
  ["cloud", "token", "terraform login"],
])(
  "a credential of the backend %s is refused without being shown, and its environment is named",
  (type, argument, variable) => {
    const { enclave, diagnostics } = loadSpec(
      `${HEAD}backend: { type: ${type}, config: { ${argument}: correct-horse } }\n`,
      "spec.yaml",
    );
    expect(enclave).toBeUndefined();
    const text = formatDiagnostics(diagnostics) + JSON.stringify(diagnostics);
    expect(text).toContain(`"${argument}" of the backend`);
    expect(text).toContain(variable);
    expect(text).not.toContain("correct-horse");
  },
);

describe("where several clouds keep their state", () => {
  const warned = (backend: string, clouds: readonly Cloud[] = CLOUDS) => {
    const { enclave } = loadSpec(
      `${HEAD.replace("us-east-1", "{ aws: us-east-1, azure: eastus2, google: us-east1 }")}backend: ${backend}\n`,
      "spec.yaml",
    );
    if (enclave === undefined) throw new Error("the spec is wrong");
    return checkTarget(enclave, clouds).map(({ severity, edits }) => [severity, ...edits]);
  };

  test.each([
    ["{ type: s3, config: { bucket: b, key: rag.tfstate } }", "key", "{cloud}-rag.tfstate"],
    ["{ type: azurerm, config: { key: states/rag } }", "key", "states/{cloud}-rag"],
    ["{ type: gcs, config: { bucket: b, prefix: rag } }", "prefix", "{cloud}-rag"],
    ["{ type: remote, config: { workspaces: { name: rag } } }", "workspaces.name", "{cloud}-rag"],
    ["{ type: cloud, config: { workspaces: { name: rag } } }", "workspaces.name", "{cloud}-rag"],
    ["{ type: local, config: { path: ../rag.tfstate } }", "path", "../{cloud}-rag.tfstate"],
  ])("it is one in %s, and a warning says so", (backend, argument, apart) =>
    expect(warned(backend)).toEqual([["warning", setting(`backend.config.${argument}`, apart)]]),
  );

  test.each([
    ["{ type: s3, config: { bucket: 'states-{cloud}', key: rag.tfstate } }"],
    ["{ type: s3, config: { bucket: b } }"],
    ["{ type: cloud, config: { workspaces: { tags: [rag] } } }"],
    ["{ type: local, config: { path: rag.tfstate } }"],
    ["{ type: local }"],
  ])("it is not, or cannot be known, in %s", (backend) => expect(warned(backend)).toEqual([]));

  test("one cloud shares it with nobody", () =>
    expect(warned("{ type: s3, config: { bucket: b, key: rag.tfstate } }", ["aws"])).toEqual([]));

  test("each document has its cloud in the place that is kept for it", () => {
    const backend = { type: "s3", config: { bucket: "b", key: "{cloud}/rag.tfstate", tags: ["{cloud}"] } };
    const bytes = new TextEncoder().encode(JSON.stringify({ ...SPECS.bare, backend }));
    const { documents } = synthesize(
      { file: "spec.yaml", bytes },
      { cloud: "all", frozenLock: false, reclaim: false },
    );
    expect(documents.map(({ text }) => JSON.parse(text).terraform.backend.s3)).toEqual(
      CLOUDS.map((cloud) => ({ bucket: "b", key: `${cloud}/rag.tfstate`, tags: [cloud] })),
    );
  });
});
