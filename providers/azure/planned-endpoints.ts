/** Private endpoints, what they lead to and whose groups they are in, as the plan wants them. */
import type { Endpoint, NetworkPlan } from "../../src/plan/network-plan";
import type { Attributes } from "../shared/document";
import { expr, quoted } from "../shared/rendering";
import type { Statement } from "../shared/statements";
import { MONITOR, spelled } from "./data/managed-services";
import { groupOf, idOf, placeOf } from "./planned";
import { inZone } from "./planned-names";
import {
  customEndpoints,
  dnsZoneId,
  type ManagedTarget,
  managedTargets,
  monitorEndpoints,
  privateDnsZones,
} from "./render/endpoint-targets";

const ENDPOINT = "azurerm_private_endpoint";
const MEMBER = "azurerm_private_endpoint_application_security_group_association";
const SCOPE = "azurerm_monitor_private_link_scope.enclave";

export const plannedEndpoints = (plan: NetworkPlan): Statement[] => [
  ...plan.endpoints.map(({ id }): Statement => [`azurerm_application_security_group.${id}`, placeOf(plan)]),
  ...managedTargets(plan).flatMap((target) => plannedManaged(plan, target)),
  ...plannedMonitor(plan),
  ...customEndpoints(plan).flatMap((endpoint) => plannedCustom(plan, endpoint)),
];

/** In its own subnet, whose group is in force, with its names in the given zones. */
function placed(
  plan: NetworkPlan,
  connection: Attributes,
  zones: readonly string[],
  after: readonly string[] = [],
): Attributes {
  const ids = zones.map((zone) => idOf(`azurerm_private_dns_zone.${dnsZoneId(zone)}`));
  return {
    ...placeOf(plan),
    subnet_id: idOf("azurerm_subnet.enclave_endpoints"),
    private_service_connection: connection,
    ...(zones.length === 0 ? {} : { private_dns_zone_group: { private_dns_zone_ids: ids } }),
    depends_on: [
      "azurerm_subnet_network_security_group_association.enclave_endpoints",
      ...privateDnsZones(plan).map(
        (zone) => `azurerm_private_dns_zone_virtual_network_link.${dnsZoneId(zone)}`,
      ),
      ...after,
    ],
  };
}

const member = (
  name: string,
  endpoint: Endpoint,
  privateEndpoint: string,
  values: Attributes = {},
): Statement => [
  `${MEMBER}.${name}`,
  {
    application_security_group_id: idOf(`azurerm_application_security_group.${endpoint.id}`),
    private_endpoint_id: privateEndpoint,
    ...values,
  },
];

/** The ids that come by variable, each once in whatever capitals. */
const byVariable = ({ name }: Endpoint): string =>
  expr(`{ for id in lookup(var.private_endpoint_resource_ids, ${quoted(name)}, []) : lower(id) => id }`);

function plannedManaged(plan: NetworkPlan, { endpoint, kind, id, own, shared }: ManagedTarget): Statement[] {
  const address = `${ENDPOINT}.${id}`;
  const connection = {
    is_manual_connection: false,
    private_connection_resource_id: expr("each.value"),
    subresource_names: [kind.subresource],
  };
  const others = Object.entries(shared).map(([owner, resources]) =>
    member(`enclave_shared_${endpoint.id}__${owner}`, endpoint, idOf(`${ENDPOINT}.${owner}[each.key]`), {
      for_each: Object.fromEntries(Object.keys(resources).map((key) => [key, key])),
    }),
  );
  if (own !== undefined && Object.keys(own).length === 0) return others;
  return [
    [address, { ...placed(plan, connection, kind.dnsZones), for_each: own ?? byVariable(endpoint) }],
    member(id, endpoint, expr("each.value.id"), { for_each: expr(address) }),
    ...others,
  ];
}

/** One for logs and metrics, to the enclave's own scope. */
function plannedMonitor(plan: NetworkPlan): Statement[] {
  const endpoints = monitorEndpoints(plan);
  if (endpoints.length === 0) return [];
  const connection = {
    is_manual_connection: false,
    private_connection_resource_id: idOf(SCOPE),
    subresource_names: [MONITOR.subresource],
  };
  const address = `${ENDPOINT}.enclave_monitor`;
  return [
    [
      address,
      placed(plan, connection, MONITOR.dnsZones, ["azurerm_monitor_private_link_scoped_service.enclave"]),
    ],
    ...endpoints.flatMap((endpoint, index): Statement[] => [
      member(`${endpoint.id}_monitor`, endpoint, idOf(address)),
      [
        `azurerm_monitor_private_link_scoped_service.${endpoint.id}`,
        {
          ...groupOf(plan),
          scope_name: expr(`${SCOPE}.name`),
          linked_resource_id: expr("each.value"),
          for_each: joining(endpoint, endpoints.slice(0, index)) ?? byVariable(endpoint),
        },
      ],
    ]),
  ];
}

/** The spec's ids that none before it names, in small letters to the ids themselves; undefined where a variable gives them. */
function joining({ resources }: Endpoint, before: readonly Endpoint[]): Attributes | undefined {
  const ids = resources.azure ?? [];
  const known = new Set(before.flatMap((other) => other.resources.azure ?? []).map((id) => id.toLowerCase()));
  return ids.length === 0
    ? undefined
    : Object.fromEntries(
        ids.map((id) => [id.toLowerCase(), spelled(id)]).filter(([key = ""]) => !known.has(key)),
      );
}

/** To a third party's alias, asked for by hand, with a name that is answered inside only. */
function plannedCustom(plan: NetworkPlan, endpoint: Endpoint): Statement[] {
  const address = `${ENDPOINT}.${endpoint.id}_custom`;
  const connection = {
    is_manual_connection: true,
    private_connection_resource_alias: endpoint.target.azure?.["privateLinkServiceAlias"],
    request_message: `Enclave ${plan.name}: ${endpoint.name}`,
  };
  const records = [expr(`${address}.private_service_connection[0].private_ip_address`)];
  return [
    [address, placed(plan, connection, [])],
    member(`${endpoint.id}_custom`, endpoint, idOf(address)),
    [
      `azurerm_private_dns_a_record.${endpoint.id}_custom`,
      { ...inZone(plan, endpoint.dnsName ?? "", "zone_name"), name: "@", ttl: 300, records },
    ],
  ];
}
