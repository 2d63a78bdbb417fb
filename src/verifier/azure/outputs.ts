/** Compares the outputs of an Azure document with its resources. */
import type { PrivateEndpoint } from "../../model/enclave";
import { type Fault, reading, unless } from "../replay/fault";
import type { Surface } from "../replay/reader";
import { endpointOutput, outputOf, resourcesOf, type TerraformDocument } from "../terraform/document";
import { evaluate, type Inputs, type Value } from "../terraform/expressions";
import { ingestionOf } from "./collection";
import { NETWORK } from "./common-arguments";
import type { Instance } from "./instances";
import { namesOf, rolesOf } from "./targets";
import { asWritten, workspaceOf } from "./workspace";

export function outputsIn(
  document: TerraformDocument,
  inputs: Inputs,
  region: string,
  found: (endpoint: PrivateEndpoint) => readonly Instance[],
): Pick<Surface, "misleadingOutputs"> {
  const addresses = [...resourcesOf(document, "azurerm_public_ip").keys()];
  const workspace = asWritten(workspaceOf(document));
  const exits = resourcesOf(document, "azurerm_firewall").size === 0 ? {} : { firewall: workspace };
  const parts: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
    network_id: { "": NETWORK },
    egress: {
      proxy_url: "${null}",
      no_proxy: [],
      public_ips: addresses.map((name) => `\${azurerm_public_ip.${name}.ip_address}`),
    },
    logs: { flow: "${azurerm_storage_account.enclave_flows.id}", dns: workspace, ...exits },
  };
  return {
    misleadingOutputs: (endpoints) => [
      ...Object.entries(parts).flatMap(([name, wanted]) => {
        const value = outputOf(document, name);
        const given = typeof value === "string" ? { "": value } : value;
        return unless(sorted(given) === sorted(wanted), `output.${name}`, "it names other parts");
      }),
      ...endpoints.flatMap((endpoint) =>
        reading("output.private_endpoints", () => {
          const output = evaluate(
            endpointOutput(document, endpoint.name),
            inputs,
          ) as unknown as EndpointOutput;
          return wrongOutput(endpoint, output, found(endpoint), region, workspaceOf(document));
        }),
      ),
    ],
  };
}

const sorted = (value: unknown): string => JSON.stringify(Object.entries(value ?? {}).sort());

interface EndpointOutput {
  readonly ids: readonly string[];
  readonly addresses: readonly string[];
  readonly dns_names: readonly string[];
  readonly ingestion?: Readonly<Record<string, Value>>;
  readonly role_assignments: readonly { readonly role: string; readonly scope: string }[];
}

/** A value that all instances share is written once for all of them. */
function wrongOutput(
  endpoint: PrivateEndpoint,
  { ids, addresses, dns_names, ingestion, role_assignments }: EndpointOutput,
  instances: readonly Instance[],
  region: string,
  workspace: string,
): Fault[] {
  const all = (attribute: string): string[] =>
    instances.map(({ resource, name }) =>
      resource.endsWith("]")
        ? `azurerm_private_endpoint.${name}[*].${attribute}`
        : `${resource}.${attribute}`,
    );
  const given = (values: readonly string[]): string[] =>
    values.map((each) => each.replace(/\[\/[^\]]*\]/, "[*]"));
  const says = (what: string, found: readonly Value[], wanted: readonly Value[]): Fault[] =>
    unless(
      [...new Set(found)].sort().join() === [...new Set(wanted)].sort().join(),
      "output.private_endpoints",
      `"${endpoint.name}" has other ${what}: ${found.join()}`,
    );
  return [
    ...says("ids", given(ids), all("id")),
    ...says("addresses", given(addresses), all("private_service_connection[0].private_ip_address")),
    ...unless(
      sorted(ingestion) === sorted(ingestionOf(endpoint)),
      "output.private_endpoints",
      `"${endpoint.name}" names another place to write to`,
    ),
    ...says("names", dns_names, namesOf(endpoint, region)),
    ...says(
      "roles",
      role_assignments.map(({ role, scope }) => `${role} on ${scope}`.toLowerCase()),
      rolesOf(endpoint, workspace.toLowerCase()),
    ),
  ];
}
