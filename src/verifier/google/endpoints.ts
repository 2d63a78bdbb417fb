/** What endpoints on Google lead to: a perimeter closes services of other projects; rights are for identity policy. */
import { faults, unless } from "../replay/fault";
import type { Endpoints } from "../replay/reader";
import { nested, resourcesOf, type TerraformDocument, text, texts } from "../terraform/document";

const BUNDLE = "google_compute_global_forwarding_rule";
const REGIONAL = "google_network_connectivity_regional_endpoint";
const PERIMETER = "google_access_context_manager_service_perimeter";

export function rightsIn(
  document: TerraformDocument,
): Pick<Endpoints, "misplacedEndpoints" | "wrongRights" | "wrongResources" | "openToStrangers"> {
  return {
    misplacedEndpoints: () =>
      [...resourcesOf(document, REGIONAL)].flatMap(([name, body]) =>
        unless(
          text(body, "subnetwork") === "${google_compute_subnetwork.enclave_endpoints.id}",
          `${REGIONAL}.${name}`,
          "it stands elsewhere",
        ),
      ),
    wrongRights: (endpoints) => unless(endpoints.length === 0, PERIMETER, "it knows no rights"),
    wrongResources: (endpoints) => unless(endpoints.length === 0, PERIMETER, "it knows no single resources"),
    openToStrangers: () =>
      hasPerimeter(document)
        ? []
        : [BUNDLE, REGIONAL].flatMap((type) =>
            faults(
              [...resourcesOf(document, type).keys()].map((name) => `${type}.${name}`),
              "no perimeter closes it for other projects",
            ),
          ),
  };
}

/** The project in a perimeter that closes every service of the endpoint, and the endpoint serving nothing outside it. */
function hasPerimeter(document: TerraformDocument): boolean {
  const bundles = [...resourcesOf(document, BUNDLE).values()].every(
    (rule) => text(rule, "target") === "vpc-sc",
  );
  return (
    bundles &&
    [...resourcesOf(document, PERIMETER).values()].some((perimeter) => {
      const status = nested(perimeter, "status");
      const accessible = nested(status, "vpc_accessible_services");
      return (
        texts(status, "restricted_services").length > 0 &&
        accessible?.["enable_restriction"] === true &&
        texts(accessible, "allowed_services").join() === "RESTRICTED-SERVICES"
      );
    })
  );
}
