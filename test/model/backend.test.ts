import { formatDiagnostics } from "../../src/diagnostics/format";
import { loadSpec } from "../../src/model/load";

const HEAD = "name: case\nregion: us-east-1\ncidr: 10.20.0.0/16\nzones: { app: { exposure: private, hosts: 50 } }\n";

test.each([
  ["s3", "secret_key", "AWS_PROFILE"],
  ["azurerm", "access_key", "ARM_ACCESS_KEY"],
  ["gcs", "credentials", "GOOGLE_BACKEND_CREDENTIALS"],
  ["remote", "token", "TF_TOKEN_"],
  ["cloud", "token", "terraform login"],
])("a credential of the backend %s is refused without being shown, and its environment is named", (type, argument, variable) => {
  const { enclave, diagnostics } = loadSpec(`${HEAD}backend: { type: ${type}, config: { ${argument}: correct-horse } }\n`, "spec.yaml");
  expect(enclave).toBeUndefined();
  const text = formatDiagnostics(diagnostics) + JSON.stringify(diagnostics);
  expect(text).toContain(`"${argument}" of the backend`);
  expect(text).toContain(variable);
  expect(text).not.toContain("correct-horse");
});
