/** Networks, what lies in them and what hangs on them, as the plan wants them. */
import { type Block, slotOf } from "../../src/addresses/address";
import type { NetworkPlan } from "../../src/plan/network-plan";
import type { Attributes } from "../shared/document";
import { expr } from "../shared/rendering";
import type { Statement } from "../shared/statements";
import { attachedEndpoints } from "./data/managed-services";
import { regionOf } from "./data/regions";
import { ANYWHERE, ASSOCIATION, EGRESS, ENCLAVE, ENDPOINTS, idOf } from "./planned";
import { allowedDomains } from "./render/dns";
import { googleName } from "./render/naming";
import { isRegional } from "./render/regional-endpoints";
import type { Planned } from "./render/sites";

export const plannedNetwork = (planned: Planned): Statement[] => [
  ...plannedNetworks(planned.plan),
  ["google_compute_network_firewall_policy_with_rules.enclave", {}],
  [
    ASSOCIATION,
    {
      attachment_target: idOf(ENCLAVE),
      firewall_policy: idOf("google_compute_network_firewall_policy_with_rules.enclave"),
    },
  ],
  plannedBackstop("ingress", "source_ranges"),
  plannedBackstop("egress", "destination_ranges"),
  ...plannedSubnetworks(planned),
  ...plannedInterfaces(planned),
  ...(planned.plan.departures.length === 0 ? [] : plannedPeerings()),
];

/** By their names the logs are found. */
function plannedNetworks(plan: NetworkPlan): Statement[] {
  const network = (address: string, values: Attributes): Statement => [
    address,
    {
      auto_create_subnetworks: false,
      network_firewall_policy_enforcement_order: "BEFORE_CLASSIC_FIREWALL",
      routing_mode: "REGIONAL",
      enable_ula_internal_ipv6: false,
      delete_default_routes_on_create: true,
      ...values,
    },
  ];
  return [
    network(ENCLAVE, { name: googleName(plan) }),
    ...(plan.departures.length > 0 || allowedDomains(plan).length > 0
      ? [network(EGRESS, { name: googleName(plan, "enclave", "egress") })]
      : []),
  ];
}

const plannedBackstop = (direction: "ingress" | "egress", ranges: string): Statement => [
  `google_compute_firewall.enclave_deny_${direction}`,
  {
    network: idOf(ENCLAVE),
    direction: direction.toUpperCase(),
    priority: 65535,
    deny: [{ protocol: "all" }],
    [ranges]: [ANYWHERE],
    log_config: { metadata: "INCLUDE_ALL_METADATA" },
  },
];

function plannedSubnetworks({ plan, printer }: Planned): Statement[] {
  const region = regionOf(plan);
  const subnetwork = (id: string, block: Block, values: Attributes): Statement => [
    `google_compute_subnetwork.${id}`,
    { region, ip_cidr_range: printer.cidr(block), ...values },
  ];
  const closed = {
    purpose: "PRIVATE",
    stack_type: "IPV4_ONLY",
    private_ip_google_access: false,
    private_ipv6_google_access: "DISABLE_GOOGLE_ACCESS",
    log_config: {
      aggregation_interval: "INTERVAL_5_SEC",
      flow_sampling: 1,
      metadata: "INCLUDE_ALL_METADATA",
    },
  };
  const inside = { ...closed, network: idOf(ENCLAVE), depends_on: [ASSOCIATION] };
  const proxies = { network: idOf(EGRESS), purpose: "REGIONAL_MANAGED_PROXY", role: "ACTIVE" };
  return [
    ...plan.zones.flatMap(({ id, subnets }) =>
      subnets.map((block, slot) => subnetwork(`${id}_${slot + 1}`, block, inside)),
    ),
    ...(attachedEndpoints(plan).length > 0 || (isRegional(plan) && plan.endpoints.length > 0)
      ? [subnetwork(ENDPOINTS.replace(/^.*\./, ""), plan.sites.endpoints, inside)]
      : []),
    ...(plan.departures.length === 0
      ? []
      : [
          subnetwork("enclave_proxy", slotOf(plan.sites.links, 2), { ...closed, network: idOf(EGRESS) }),
          subnetwork("enclave_proxy_only", plan.sites.proxy, proxies),
        ]),
  ];
}

const plannedInterfaces = ({ plan, printer }: Planned): Statement[] =>
  plan.zones.flatMap(({ id, interfaces, subnets }) =>
    interfaces.flatMap((item) =>
      subnets.map(
        (block, slot): Statement => [
          `google_compute_address.${id}_${item.id}_${slot + 1}`,
          {
            region: regionOf(plan),
            subnetwork: idOf(`google_compute_subnetwork.${id}_${slot + 1}`),
            address_type: "INTERNAL",
            purpose: "GCE_ENDPOINT",
            address: printer.host(block, item.host),
          },
        ],
      ),
    ),
  );

/** One after the other. */
function plannedPeerings(): Statement[] {
  const side = (name: string, network: string, peer: string, after: readonly string[]): Statement => [
    `google_compute_network_peering.${name}`,
    {
      network: expr(`${network}.self_link`),
      peer_network: expr(`${peer}.self_link`),
      export_custom_routes: false,
      import_custom_routes: false,
      export_subnet_routes_with_public_ip: false,
      import_subnet_routes_with_public_ip: false,
      stack_type: "IPV4_ONLY",
      depends_on: after,
    },
  ];
  return [
    side("enclave_to_egress", ENCLAVE, EGRESS, []),
    side("enclave_from_egress", EGRESS, ENCLAVE, ["google_compute_network_peering.enclave_to_egress"]),
  ];
}
