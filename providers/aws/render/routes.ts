/**
 * The routes of each table, beside those that AWS makes within the VPC and to gateway endpoints. They stand
 * inside the table, so that one added by hand is seen by the next plan and taken back.
 */
import { type Printer, slotOf } from "../../../src/addresses/address";
import type { NetworkPlan } from "../../../src/plan/network-plan";
import { expr, id } from "../../shared/expressions";
import { leavingZones, servesInternet } from "../../shared/questions";
import { INTERNET_GATEWAY } from "./addresses";
import type { Place } from "./network";

/** A route in JSON needs every key. The last one came with version 6 of the provider; 5 passes it over. */
const NOWHERE = {
  carrier_gateway_id: null,
  core_network_arn: null,
  destination_prefix_list_id: null,
  egress_only_gateway_id: null,
  gateway_id: null,
  ipv6_cidr_block: null,
  local_gateway_id: null,
  nat_gateway_id: null,
  network_interface_id: null,
  transit_gateway_id: null,
  vpc_endpoint_id: null,
  vpc_peering_connection_id: null,
  odb_network_arn: null,
} as const;

type Target = Partial<Record<keyof typeof NOWHERE, string>>;

const route = (target: Target, cidr = "0.0.0.0/0") => ({ ...NOWHERE, cidr_block: cidr, ...target });

const TO_INTERNET = route({ gateway_id: id(INTERNET_GATEWAY) });

/** Of one availability zone, whose packets keep to it on their way out and back. */
export function routesOf(plan: NetworkPlan, printer: Printer, { name, zone }: Place, slot: number): object[] {
  const firewall = `aws_subnet.enclave_firewall_${slot + 1}.availability_zone`;
  const endpoint = { vpc_endpoint_id: expr(`local.enclave_firewall_endpoints[${firewall}]`) };
  const leaving = leavingZones(plan);
  if (zone !== undefined) {
    if (leaving.some((each) => each.name === zone)) return [route(endpoint)];
    // Load balancers of a public zone answer through the internet gateway.
    return plan.zones.some((each) => each.name === zone && servesInternet(plan, each)) ? [TO_INTERNET] : [];
  }
  if (name === "firewall") return [route({ nat_gateway_id: id(`aws_nat_gateway.enclave_nat_${slot + 1}`) })];
  if (name !== "nat") return [];
  // More specific than the VPC's own route, so that replies meet the same inspection as requests.
  const back = leaving.map(({ block }) => route(endpoint, printer.cidr(slotOf(block, slot))));
  return [TO_INTERNET, ...back];
}
