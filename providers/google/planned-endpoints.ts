/** Ways to managed services, and the perimeter around them, as the plan wants them. */
import type { Endpoint, NetworkPlan } from "../../src/plan/network-plan";
import type { Attributes } from "../shared/document";
import { expr } from "../shared/rendering";
import type { Statement } from "../shared/statements";
import { apiEndpoints, apisOf, attachedEndpoints } from "./data/managed-services";
import { regionOf } from "./data/regions";
import { attachmentOf } from "./data/resource-ids";
import { ENCLAVE, ENDPOINTS, idOf } from "./planned";
import { perimeterOf } from "./render/endpoint-policies";
import { apiEndpointName, perimeterName } from "./render/naming";
import { isRegional, regionalAddress, regionalHost } from "./render/regional-endpoints";
import { apiAddress, endpointAddress, type Planned } from "./render/sites";

const PERIMETER = "google_access_context_manager_service_perimeter.enclave";

export function plannedEndpoints(planned: Planned): Statement[] {
  const { plan } = planned;
  const perimeter = apiEndpoints(plan).length === 0 ? [] : plannedPerimeter(plan);
  const guard = perimeter.map(([address]) => address);
  return [
    ...perimeter,
    ...(isRegional(plan) ? plannedRegional(planned, guard) : plannedBundle(planned, guard)),
    ...attachedEndpoints(plan).flatMap((endpoint) => plannedAttached(planned, endpoint)),
  ];
}

/** After the logs, which are restricted services as well. */
function plannedPerimeter(plan: NetworkPlan): Statement[] {
  const settings = perimeterOf(plan);
  if (settings === undefined) return [];
  return [
    [
      PERIMETER,
      {
        parent: settings.accessPolicy,
        name: `${settings.accessPolicy}/servicePerimeters/${perimeterName(plan)}`,
        title: perimeterName(plan),
        perimeter_type: "PERIMETER_TYPE_REGULAR",
        status: {
          resources: [`projects/${settings.projectNumber}`],
          restricted_services: [
            ...new Set(apiEndpoints(plan).flatMap(({ service }) => apisOf(service).map(({ api }) => api))),
          ],
          vpc_accessible_services: { enable_restriction: true, allowed_services: ["RESTRICTED-SERVICES"] },
        },
        depends_on: ["google_logging_project_bucket_config.enclave", "google_logging_project_sink.enclave"],
      },
    ],
  ];
}

function plannedBundle(planned: Planned, guard: readonly string[]): Statement[] {
  if (apiEndpoints(planned.plan).length === 0) return [];
  const address = "google_compute_global_address.enclave_google_apis";
  return [
    [
      address,
      {
        address_type: "INTERNAL",
        purpose: "PRIVATE_SERVICE_CONNECT",
        network: idOf(ENCLAVE),
        address: apiAddress(planned),
      },
    ],
    [
      "google_compute_global_forwarding_rule.enclave_google_apis",
      {
        name: apiEndpointName(planned.plan),
        target: "vpc-sc",
        network: idOf(ENCLAVE),
        ip_address: idOf(address),
        load_balancing_scheme: "",
        no_automate_dns_zone: true,
        depends_on: guard,
      },
    ],
  ];
}

function plannedRegional(planned: Planned, guard: readonly string[]): Statement[] {
  const { plan } = planned;
  return [...new Set(apiEndpoints(plan).map(({ service }) => service))].map((service) => [
    `google_network_connectivity_regional_endpoint.enclave_google_${service.replaceAll("-", "_")}`,
    {
      location: regionOf(plan),
      target_google_api: regionalHost(plan, service),
      access_type: "REGIONAL",
      network: idOf(ENCLAVE),
      subnetwork: idOf(ENDPOINTS),
      address: regionalAddress(planned, service),
      depends_on: guard,
    },
  ]);
}

function plannedAttached(planned: Planned, endpoint: Endpoint): Statement[] {
  const address = `google_compute_address.enclave_${endpoint.id}`;
  const region = regionOf(planned.plan);
  return [
    [
      address,
      {
        region,
        subnetwork: idOf(ENDPOINTS),
        address_type: "INTERNAL",
        address: endpointAddress(planned, endpoint.ordinal),
      },
    ],
    [
      `google_compute_forwarding_rule.enclave_${endpoint.id}`,
      {
        region,
        network: idOf(ENCLAVE),
        ip_address: idOf(address),
        load_balancing_scheme: "",
        allow_psc_global_access: false,
        recreate_closed_psc: true,
        no_automate_dns_zone: true,
        ...targetOf(endpoint),
      },
    ],
  ];
}

/** What it leads to; without an id in the spec it is there as soon as the variable has one. */
function targetOf(endpoint: Endpoint): Attributes {
  const given = attachmentOf(endpoint);
  if (given !== undefined) return { target: given };
  const ids = `lookup(var.private_endpoint_resource_ids, "${endpoint.name}", [])`;
  return { target: expr(`${ids}[0]`), count: expr(`length(${ids}) > 0 ? 1 : 0`) };
}
