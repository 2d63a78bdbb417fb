/** Slips in routes, peerings and kinds of resources. */
import { add, copy, remove, type Slip, set } from "../../slips";
import { UNREADABLE } from "./slip";

const NETWORK = "google_compute_network";
const SUBNET = "google_compute_subnetwork";
const ROUTE = "google_compute_route";
const PEERING = "google_compute_network_peering";
const ENCLAVE = "${google_compute_network.enclave.id}";
const IPV6 = "there is no IPv6";
const JOINED = "the enclave is joined to no network that is not its own";
const TYPES = "every resource is of a type that enclaves are made of";
const gateway = { name: "x", dest_range: "0.0.0.0/0", next_hop_gateway: "default-internet-gateway" };
const OWN = "the way out is the enclave's own, and stands in its own place";
const ROUTES_LEAD = "routes lead along the way out, and nowhere else";
export const ROUTES: readonly Slip[] = [
  [
    "the enclave has a route to the internet",
    add(ROUTE, "more", { ...gateway, network: ENCLAVE }),
    ROUTES_LEAD,
    `${ROUTE}.more`,
  ],
  [
    "the enclave has a route to half of the internet",
    add(ROUTE, "more", { ...gateway, network: ENCLAVE, dest_range: "0.0.0.0/1" }),
    "a zone that does not leave has no way to the internet but that by which it serves it",
    `${SUBNET}.db_1`,
  ],
  [
    "the proxy's route is in the enclave",
    set(ROUTE, "enclave_egress", { network: ENCLAVE }),
    ROUTES_LEAD,
    `${ROUTE}.enclave_egress`,
  ],
  [
    "the proxy's route leads to a machine",
    set(ROUTE, "enclave_egress", {
      next_hop_gateway: undefined,
      next_hop_instance: "projects/p/zones/z/instances/i",
    }),
    UNREADABLE,
    `${ROUTE}.enclave_egress`,
  ],
  [
    "the proxy's route is for tagged machines",
    set(ROUTE, "enclave_egress", { tags: ["a"] }),
    UNREADABLE,
    `${ROUTE}.enclave_egress`,
  ],
  [
    "the proxy's route is for one range",
    set(ROUTE, "enclave_egress", { dest_range: "10.0.0.0/8" }),
    ROUTES_LEAD,
    `${ROUTE}.enclave_egress`,
  ],
  ["the proxy has no route", remove(ROUTE, "enclave_egress"), OWN, ROUTE],
  [
    "the proxy has a second route",
    copy(ROUTE, "enclave_egress", "more", { name: "more" }),
    ROUTES_LEAD,
    `${ROUTE}.more`,
  ],
  [
    "routes by policy",
    add("google_network_connectivity_policy_based_route", "more", {}),
    TYPES,
    "google_network_connectivity_policy_based_route",
  ],
];

const peered = {
  export_custom_routes: false,
  import_custom_routes: false,
  export_subnet_routes_with_public_ip: false,
  import_subnet_routes_with_public_ip: false,
  stack_type: "IPV4_ONLY",
};

export const PEERINGS: readonly Slip[] = [
  ...[
    "export_custom_routes",
    "import_custom_routes",
    "export_subnet_routes_with_public_ip",
    "import_subnet_routes_with_public_ip",
  ].map(
    (flag): Slip => [
      flag,
      set(PEERING, "enclave_to_egress", { [flag]: true }),
      JOINED,
      `${PEERING}.enclave_to_egress`,
    ],
  ),
  [
    "public ranges handed on by default",
    set(PEERING, "enclave_from_egress", { export_subnet_routes_with_public_ip: undefined }),
    JOINED,
    `${PEERING}.enclave_from_egress`,
  ],
  [
    "routes of the peer are taken over, and packets find them",
    set(PEERING, "enclave_to_egress", { import_custom_routes: true }),
    "a zone leaves by the inspected path and no other",
    `${SUBNET}.app_1`,
  ],
  [
    "IPv6",
    set(PEERING, "enclave_to_egress", { stack_type: "IPV4_IPV6" }),
    IPV6,
    `${PEERING}.enclave_to_egress`,
  ],
  [
    "another network",
    set(PEERING, "enclave_to_egress", { peer_network: "projects/other/global/networks/other" }),
    JOINED,
    `${PEERING}.enclave_to_egress`,
  ],
  [
    "one more network",
    add(PEERING, "more", {
      ...peered,
      network: "${google_compute_network.enclave.self_link}",
      peer_network: "projects/other/global/networks/other",
    }),
    JOINED,
    `${PEERING}.more`,
  ],
  ["a second one", copy(PEERING, "enclave_to_egress", "more", { name: "more" }), JOINED, `${PEERING}.more`],
  [
    "one side is lost",
    remove(PEERING, "enclave_from_egress"),
    "a zone leaves by the ports that it declares",
    PEERING,
  ],
  ["a VPN", add("google_compute_vpn_tunnel", "more", {}), TYPES, "google_compute_vpn_tunnel"],
];

export const KINDS: readonly Slip[] = [
  ["a router", add("google_compute_router", "more", {}), TYPES, "google_compute_router"],
  [
    "an address translation",
    add("google_compute_router_nat", "more", {}),
    TYPES,
    "google_compute_router_nat",
  ],
  ["a machine", add("google_compute_instance", "more", {}), TYPES, "google_compute_instance"],
  [
    "a published service",
    add("google_compute_service_attachment", "more", {}),
    TYPES,
    "google_compute_service_attachment",
  ],
  [
    "another provider of the same kind",
    set(SUBNET, "app_1", { provider: "google.other" }),
    UNREADABLE,
    `${SUBNET}.app_1`,
  ],
  [
    "a resource that may not be there",
    set(NETWORK, "enclave", { count: 0 }),
    UNREADABLE,
    "google_compute_network.enclave",
  ],
  [
    "changes that are ignored",
    set(NETWORK, "enclave", { lifecycle: { ignore_changes: ["name"] } }),
    UNREADABLE,
    "google_compute_network.enclave",
  ],
];
