/** Terraform, the one provider and its version. */
import type { Cloud } from "../../clouds/cloud";
import { type Fault, unless } from "../replay/fault";
import { table } from "../terraform/document";
import { type Asked, type EnclavePromise, promise } from "./promise";

const PROVIDERS: Readonly<Record<Cloud, string>> = { aws: "aws", azure: "azurerm", google: "google" };

interface Required {
  readonly source?: string;
  readonly version?: string;
}

function versions({ cloud, document, enclave }: Asked): Fault[] {
  const terraform = table(document, "terraform");
  const required = Object.entries(
    (terraform["required_providers"] ?? {}) as Readonly<Record<string, Required>>,
  );
  const [only] = required;
  const { source = "", version = "" } = only?.[1] ?? {};
  const least = String(terraform["required_version"]);
  return [
    ...unless(required.length === 1, "terraform", "there is not one provider"),
    ...unless(source === `hashicorp/${PROVIDERS[cloud]}`, "terraform", `"${source}" is another provider`),
    ...unless(/^>= \d+\.\d+\.\d+$/.test(least), "terraform", `Terraform itself has no lower bound: ${least}`),
    ...unless(/^>= \d+\.\d+\.\d+, < \d+\.0\.0$/.test(version), "terraform", `"${version}" has no bounds`),
    ...unless(
      cloud !== "azure" || version.startsWith(`>= ${enclave.azurermMajor}.`),
      "terraform",
      `"${version}" is not the major ${enclave.azurermMajor}`,
    ),
  ];
}

export const VERSIONS: readonly EnclavePromise[] = [
  promise("versions have a lower bound and an upper one", versions),
];
