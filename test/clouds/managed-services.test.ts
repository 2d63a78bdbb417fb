import { loadSpec } from "../../src/app/load";
import { managedServiceOf } from "../../src/clouds/clouds";

test.each([
  ["bucket.s3.amazonaws.com", "object-storage"],
  ["s3.us-east-1.amazonaws.com", "object-storage"],
  ["*.s3.dualstack.us-east-1.amazonaws.com", "object-storage"],
  ["bedrock-runtime.us-east-1.amazonaws.com", "model-api"],
  ["111122223333.dkr.ecr.us-east-1.amazonaws.com", "container-registry"],
  ["*.blob.core.windows.net", "object-storage"],
  ["case.openai.azure.com", "model-api"],
  ["case.vault.azure.net", "secrets"],
  ["case.azurecr.io", "container-registry"],
  ["*.pkg.dev", "container-registry"],
  ["gcr.io", "container-registry"],
  ["us-east1-aiplatform.googleapis.com", "model-api"],
  ["secretmanager.googleapis.com", "secrets"],
  ["*.googleapis.com", undefined],
])("%s is a managed service: %s", (name, service) => {
  const found = managedServiceOf(name);
  expect(found).toBeDefined();
  expect(found?.service).toBe(service);
});

test.each([
  "mirror.example.com",
  "*.huggingface.co",
  "notgcr.io",
  "amazonaws.com.example.com",
  "aws.amazon.com",
])("%s is none of a cloud's services", (name) => expect(managedServiceOf(name)).toBeUndefined());

test("the warning names the private endpoint and adds none, and the spec still means something", () => {
  const { enclave, diagnostics } = loadSpec(
    'name: case\nregion: us-east-1\ncidr: 10.20.0.0/16\nzones: { app: { exposure: private, hosts: 50 } }\negress:\n  - { from: [app], to: [s3.us-east-1.amazonaws.com], ports: [443/tcp], why: "objects" }\n',
    "spec.yaml",
  );
  expect(enclave).toBeDefined();
  expect(diagnostics).toMatchObject([
    {
      severity: "warning",
      detail: expect.stringContaining("A private endpoint of the service `object-storage` leads to"),
      edits: [],
    },
  ]);
});
