/** What private endpoints on Azure lead to. Which right a consumer has there is a role's business. */
import type { PrivateEndpoint } from "../../model/enclave";
import { unless } from "../replay/fault";
import type { Endpoints, Host } from "../replay/reader";
import { nested, resourcesOf, type TerraformDocument, text } from "../terraform/document";

const ENDPOINT = "azurerm_private_endpoint";

export function rightsIn(
  document: TerraformDocument,
  endpointsFor: (endpoint: PrivateEndpoint) => readonly Host[],
): Pick<Endpoints, "misplacedEndpoints" | "wrongRights" | "wrongResources" | "openToStrangers"> {
  return {
    misplacedEndpoints: () =>
      [...resourcesOf(document, ENDPOINT)].flatMap(([name, body]) =>
        unless(
          text(body, "subnet_id") === "${azurerm_subnet.enclave_endpoints.id}",
          `${ENDPOINT}.${name}`,
          "it stands elsewhere",
        ),
      ),
    wrongRights: (endpoints) => unless(endpoints.length === 0, ENDPOINT, "it has no policy"),
    wrongResources: (endpoints) =>
      endpoints.flatMap((endpoint) => {
        const texts = endpointsFor(endpoint).map(({ resource }) =>
          JSON.stringify(
            resourcesOf(document, ENDPOINT).get(resource.slice(ENDPOINT.length + 1)) ?? "",
          ).toLowerCase(),
        );
        return (endpoint.resources.azure ?? []).flatMap((id) =>
          unless(
            endpoint.service === "logs" ||
              endpoint.service === "metrics" ||
              texts.some((one) =>
                one.includes(id.replace(/\/privateLinkResources\/\w+$/i, "").toLowerCase()),
              ),
            `${ENDPOINT}`,
            `nothing of "${endpoint.name}" leads to ${id}`,
          ),
        );
      }),
    openToStrangers: () =>
      [...resourcesOf(document, ENDPOINT)].flatMap(([name, body]) => {
        const connection = nested(body, "private_service_connection");
        const named = ["private_connection_resource_id", "private_connection_resource_alias"].some(
          (argument) => text(connection, argument) !== "",
        );
        return unless(named, `${ENDPOINT}.${name}`, "it names no resource");
      }),
  };
}
