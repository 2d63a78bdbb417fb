/** Private endpoints between two zones, rendered and read back. */

import type { TerraformDocument } from "../../../src/plan/provider";
import { resourcesOf, text } from "../../../src/verifier/terraform/document";
import { render } from "./rendered";

export const GROUP = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rag/providers";
export const STORAGE = `${GROUP}/Microsoft.Storage/storageAccounts/ragcorpus`;
export const zones = { app: { exposure: "private", prefix: 26 }, jobs: { exposure: "private", prefix: 26 } };
export const renderEndpoints = (privateEndpoints: object): TerraformDocument =>
  render({ zones, privateEndpoints }).document;
export const subresource = (document: TerraformDocument, name: string): unknown =>
  (
    resourcesOf(document, "azurerm_private_endpoint").get(name)?.["private_service_connection"] as
      | { subresource_names: string[] }
      | undefined
  )?.subresource_names;
export const linked = (document: TerraformDocument): string[] =>
  [...resourcesOf(document, "azurerm_private_dns_zone").values()].map((zone) => text(zone, "name"));

/** What the output `private_endpoints` says of one. */
export function endpointOutput(
  document: TerraformDocument,
  name: string,
): Record<"ids" | "dns_names" | "addresses" | "role_assignments", unknown> {
  const outputs = document["output"] as Record<
    string,
    { value: Record<string, ReturnType<typeof endpointOutput>> }
  >;
  const found = outputs["private_endpoints"]?.value[name];
  if (found === undefined) throw new Error(`no output of ${name}`);
  return found;
}
