/** Terraform, the one provider and its version, and where the state is kept. */
import type { Cloud } from "../../clouds/cloud";
import { configFor } from "../../model/backend";
import { type Fault, unless } from "../replay/fault";
import { table } from "../terraform/document";
import { same } from "./places";
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
  return [
    ...unless(required.length === 1, "terraform", "there is not one provider"),
    ...unless(source === `hashicorp/${PROVIDERS[cloud]}`, "terraform", `"${source}" is another provider`),
    // It stands in a file of its own, because scanners stop at it here.
    ...unless(terraform["required_version"] === undefined, "terraform", "it bounds Terraform itself"),
    ...unless(/^>= \d+\.\d+\.\d+, < \d+\.0\.0$/.test(version), "terraform", `"${version}" has no bounds`),
    ...unless(
      cloud !== "azure" || version.startsWith(`>= ${enclave.azurermMajor}.`),
      "terraform",
      `"${version}" is not the major ${enclave.azurermMajor}`,
    ),
  ];
}

/** Beside the document, where the spec says nothing. */
const LOCAL = { type: "local", config: { path: "terraform.tfstate" } } as const;

function otherState({ cloud, document, enclave }: Asked): Fault[] {
  const { type, config } = enclave.backend ?? LOCAL;
  const { backend, cloud: hosted } = table(document, "terraform");
  const given = configFor(config, cloud);
  const wanted = type === "cloud" ? { cloud: given } : { backend: { [type]: given } };
  return same(inOrder({ backend, cloud: hosted }), inOrder(wanted), "terraform");
}

/** Keys of a spec stand in any order. */
function inOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inOrder);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, item]) => [key, inOrder(item)]),
  );
}

export const VERSIONS: readonly EnclavePromise[] = [
  promise("versions have a lower bound and an upper one", versions),
  promise("the state is kept where the spec says", otherState),
];
