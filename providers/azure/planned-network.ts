/** Subnets with their groups, tables and interfaces, as the plan wants them. What permits say is `invariants-contents.ts`. */
import type { Block, Printer } from "../../src/addresses/address";
import type { NetworkPlan, PlannedZone } from "../../src/plan/network-plan";
import type { Attributes } from "../shared/document";
import { expr } from "../shared/rendering";
import type { Statement } from "../shared/statements";
import { departuresOf, permitsFromInternet, zoneNamed } from "../shared/zones";
import { cutOffElse, groupOf, idOf, NOBODY, placeOf } from "./planned";

export function plannedNetwork(plan: NetworkPlan, printer: Printer): Statement[] {
  const place = placeOf(plan);
  const { location } = place;
  return [
    ...(plan.settings.azure.resourceGroup === undefined
      ? [["azurerm_resource_group.enclave", { location }] as const]
      : []),
    ["azurerm_virtual_network.enclave", { ...place, address_space: [printer.cidr(plan.range)] }],
    ...plannedSubnets(plan, printer),
    ...plannedInterfaces(plan, printer),
    ...ownersOf(plan).flatMap((owner): Statement[] => [
      [`azurerm_network_security_group.${owner}`, place],
      [`azurerm_route_table.${owner}`, { ...place, bgp_route_propagation_enabled: false }],
    ]),
    ...plannedDenials(plan),
    ...plannedPriorities(plan),
    ...plannedRoutes(plan, printer),
  ];
}

/** What has a group and a table of its own. */
const ownersOf = (plan: NetworkPlan): string[] => [
  ...plan.zones.map(({ id }) => id),
  ...(plan.endpoints.length === 0 ? [] : ["enclave_endpoints"]),
];

function plannedSubnets(plan: NetworkPlan, printer: Printer): Statement[] {
  const subnet = (id: string, block: Block, values: Attributes = {}): Statement => [
    `azurerm_subnet.${id}`,
    {
      ...groupOf(plan),
      virtual_network_name: expr("azurerm_virtual_network.enclave.name"),
      address_prefixes: [printer.cidr(block)],
      default_outbound_access_enabled: false,
      private_endpoint_network_policies: "Enabled",
      private_link_service_network_policies_enabled: true,
      ...values,
    },
  ];
  const guarded = (id: string, owner: string, block: Block): Statement[] => [
    subnet(id, block),
    ...GUARDS.map(
      ([type, argument, guard]): Statement => [
        `${type}.${id}`,
        { subnet_id: idOf(`azurerm_subnet.${id}`), [argument]: idOf(`${guard}.${owner}`) },
      ],
    ),
  ];
  return [
    ...plan.zones.flatMap(({ id, subnets }) =>
      subnets.flatMap((block, slot) => guarded(`${id}_${slot + 1}`, id, block)),
    ),
    ...(plan.endpoints.length === 0
      ? []
      : guarded("enclave_endpoints", "enclave_endpoints", plan.sites.endpoints)),
    ...(plan.departures.length === 0
      ? []
      : [subnet("enclave_firewall", plan.sites.firewall, { name: "AzureFirewallSubnet" })]),
  ];
}

const GUARDS = [
  [
    "azurerm_subnet_network_security_group_association",
    "network_security_group_id",
    "azurerm_network_security_group",
  ],
  ["azurerm_subnet_route_table_association", "route_table_id", "azurerm_route_table"],
] as const;

/** In their zone's subnets, after its group is in force there. */
const plannedInterfaces = (plan: NetworkPlan, printer: Printer): Statement[] =>
  plan.zones.flatMap(({ id, interfaces, subnets }) =>
    interfaces.flatMap((item) =>
      subnets.map(
        (block, slot): Statement => [
          `azurerm_network_interface.${id}_${item.id}_${slot + 1}`,
          {
            ...placeOf(plan),
            ip_forwarding_enabled: false,
            ip_configuration: [
              {
                primary: true,
                subnet_id: idOf(`azurerm_subnet.${id}_${slot + 1}`),
                private_ip_address: printer.host(block, item.host),
                private_ip_address_allocation: "Static",
                private_ip_address_version: "IPv4",
              },
            ],
            depends_on: subnets.map(
              (_, other) => `azurerm_subnet_network_security_group_association.${id}_${other + 1}`,
            ),
          },
        ],
      ),
    ),
  );

/** Of everything, but for what `values` say otherwise. */
const denial = (
  owner: string,
  name: string,
  direction: string,
  priority: number,
  values: Attributes = {},
): Statement => [
  `azurerm_network_security_group.${owner} ${name}`,
  {
    direction,
    priority,
    access: "Deny",
    protocol: "*",
    source_port_range: "*",
    destination_port_range: "*",
    source_address_prefix: "*",
    destination_address_prefix: "*",
    ...values,
  },
];

const plannedDenials = (plan: NetworkPlan): Statement[] => [
  ...plan.zones.flatMap(({ id, name }) => {
    const whileCutOff = { source_address_prefix: cutOffElse(name, '"*"', `"${NOBODY}"`) };
    return [
      denial(id, "quarantine_inbound", "Inbound", 100, whileCutOff),
      denial(id, "quarantine_outbound", "Outbound", 100, whileCutOff),
    ];
  }),
  ...ownersOf(plan).flatMap((owner) => [
    denial(owner, "deny_platform_key_management", "Outbound", 4080, {
      destination_address_prefix: "AzurePlatformLKM",
    }),
    denial(owner, "deny_inbound", "Inbound", 4096),
    denial(owner, "deny_outbound", "Outbound", 4096),
  ]),
];

/** Of each permit: between the quarantine and the last denials, and where its ordinal puts it. */
function plannedPriorities(plan: NetworkPlan): Statement[] {
  const idIn = (zone: string): string => zoneNamed(plan.zones, zone).id;
  const permit = (owner: string, name: string, direction: string, priority: number): Statement => [
    `azurerm_network_security_group.${owner} ${name}`,
    { direction, priority },
  ];
  const flows = plan.permits.flatMap(({ id, from, to, ordinal }) => {
    const priority = 199 + ordinal;
    const within = from.kind === "zone" && to.kind === "zone" && from.zone === to.zone;
    return [
      ...(from.kind === "zone"
        ? [permit(idIn(from.zone), within ? `${id}.outbound` : id, "Outbound", priority)]
        : []),
      ...(to.kind === "zone" ? [permit(idIn(to.zone), id, "Inbound", priority)] : []),
    ];
  });
  const uses = plan.endpoints.flatMap(({ id, consumers }) =>
    consumers.flatMap(({ zone, ordinal }) => {
      const [owner, priority] = [idIn(zone), 3992 - 2 * ordinal];
      const name = `${owner}_to_endpoint.${id}`;
      return [
        permit(owner, name, "Outbound", priority),
        permit("enclave_endpoints", name, "Inbound", priority),
      ];
    }),
  );
  const exits = plan.departures.map(({ zone, port, exitOrdinal }) =>
    permit(idIn(zone), `${idIn(zone)}_to_internet_${port}_tcp`, "Outbound", 3991 - 2 * exitOrdinal),
  );
  const probed = plan.zones.filter((zone) =>
    permitsFromInternet(plan, zone).some(({ traffic }) => traffic.protocol === "tcp"),
  );
  return [
    ...flows,
    ...uses,
    ...exits,
    ...probed.map(({ id }) => permit(id, `load_balancer_to_${id}`, "Inbound", 4000)),
  ];
}

function plannedRoutes(plan: NetworkPlan, printer: Printer): Statement[] {
  const route = (owner: string, name: string, values: Attributes): Statement => [
    `azurerm_route_table.${owner} ${name}`,
    values,
  ];
  return [
    ...plan.zones.flatMap((zone) => [
      route(zone.id, "internet", { address_prefix: "0.0.0.0/0", ...wayOf(plan, zone) }),
      route(zone.id, "quarantine", {
        address_prefix: cutOffElse(zone.name, `"${printer.cidr(plan.range)}"`, `"${NOBODY}"`),
        next_hop_type: "None",
      }),
    ]),
    ...(plan.endpoints.length === 0
      ? []
      : [route("enclave_endpoints", "internet", { address_prefix: "0.0.0.0/0", next_hop_type: "None" })]),
  ];
}

function wayOf(plan: NetworkPlan, zone: PlannedZone): Attributes {
  if (departuresOf(plan, zone).length > 0) {
    return {
      next_hop_type: cutOffElse(zone.name, '"None"', '"VirtualAppliance"'),
      next_hop_in_ip_address: cutOffElse(
        zone.name,
        "null",
        "azurerm_firewall.enclave.ip_configuration[0].private_ip_address",
      ),
    };
  }
  return permitsFromInternet(plan, zone).length > 0
    ? { next_hop_type: cutOffElse(zone.name, '"None"', '"Internet"') }
    : { next_hop_type: "None" };
}
