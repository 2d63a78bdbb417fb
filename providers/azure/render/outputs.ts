/** The outputs of the contract, by the same names on every cloud. */
import type { Endpoint, PlannedZone } from "../../../src/plan/network-plan";
import { addZonesOutput, type PlacedZone } from "../../shared/outputs";
import { type Address, addOutput, expr, id, quotedList, type Rendering, ref } from "../../shared/rendering";
import type { EgressPath } from "./egress";
import { roleAssignments } from "./endpoint-policies";
import { hostsOf } from "./endpoint-targets";
import type { RenderedEndpoint } from "./endpoints";
import type { FilteredSubnets } from "./filters";
import { FLOWS, WORKSPACE } from "./logging";
import { VIRTUAL_NETWORK } from "./network";

interface Rendered {
  readonly subnets: readonly FilteredSubnets[];
  /** Puts groups, routes and the filter of names in force. */
  readonly filters: readonly Address[];
  readonly endpoints: readonly RenderedEndpoint[];
  readonly egress: EgressPath | undefined;
}

export function renderOutputs(rendering: Rendering, rendered: Rendered): void {
  const { subnets, filters, endpoints, egress } = rendered;
  addOutput(rendering, "network_id", "The virtual network.", id(VIRTUAL_NETWORK));
  const zones = "Each zone: address blocks, subnets, and the network security group on them.";
  addZonesOutput(rendering, zones, (zone) => placedZone(subnets, zone), filters);
  addOutput(
    rendering,
    "private_endpoints",
    "Each private endpoint: ids, DNS names and addresses, and the role on which scope that gives its consumers their right.",
    Object.fromEntries(
      endpoints.map(({ endpoint, lists }) => [endpoint.name, endpointOutput(rendering, endpoint, lists)]),
    ),
  );
  addOutput(rendering, "published_services", "Services published to consumers.", {});
  addOutput(
    rendering,
    "egress",
    "The way out: transparent, so there is no proxy URL; the addresses that the internet sees.",
    {
      proxy_url: expr("null"),
      public_ips: egress === undefined ? [] : [ref(egress.publicAddress, "ip_address")],
    },
  );
  addOutput(rendering, "logs", "Where each kind of log is kept.", {
    flow: id(FLOWS),
    dns: id(WORKSPACE),
    ...(egress === undefined ? {} : { firewall: id(WORKSPACE) }),
  });
}

function placedZone(all: readonly FilteredSubnets[], zone: PlannedZone): PlacedZone {
  const own = all.filter((each) => each.zone === zone);
  const subnets = own.flatMap((each) => each.subnets.map(({ address }) => address));
  return { subnets, groups: own.map(({ group }) => group) };
}

function endpointOutput({ plan }: Rendering, endpoint: Endpoint, lists: readonly string[]) {
  const all = `concat(${lists.join(", ")})`;
  const { known, later } = hostsOf(plan, endpoint);
  return {
    ids: expr(`[for each in ${all} : each.id]`),
    dns_names: later.length === 0 ? known : expr(`concat(${[quotedList(known), ...later].join(", ")})`),
    addresses: expr(`[for each in ${all} : each.private_service_connection[0].private_ip_address]`),
    role_assignments: roleAssignments(plan, endpoint),
  };
}
