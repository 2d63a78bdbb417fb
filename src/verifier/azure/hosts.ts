/**
 * Who could send or receive a packet on Azure: hosts of subnets, network interfaces of private endpoints,
 * load balancers.
 */
import type { PrivateEndpoint } from "../../model/enclave";
import { idOf } from "../../model/ids";
import { formatIp } from "../../net/cidr";
import { type Block, membership, pieces, piecesOutside } from "../replay/blocks";
import type { Host } from "../replay/paths";
import type { Instance } from "./instances";
import { isSite, type Network } from "./network";
import { PLATFORM } from "./packets";

/** The name of a zone in the name of one of its subnets, and the slot. */
export function placeOf(subnet: string): { readonly zone: string; readonly slot: number } {
  const [, zone = subnet, slot = "0"] = /^(\w+?)_(\d)$/.exec(subnet) ?? [];
  return { zone, slot: Number(slot) };
}

export function hostsIn({ subnets, byName, told }: Network, instances: readonly Instance[]): Host[] {
  const hosts = subnets.flatMap(({ name, resource, block, isFirewalls, group, table }): Host[] => {
    if (isFirewalls) return [];
    const { zone, slot } = placeOf(name);
    const site = isSite(name);
    return pieces(block, told).map((address) => ({
      kind: site ? "site" : "zone",
      name: site ? name : zone,
      slot,
      address,
      likeness: `${group} ${table} ${membership(address, told)}`,
      resource,
      subnet: name,
    }));
  });
  // Azure gives them their addresses, and keeps the first four of a subnet: any other will do, because rules
  // name groups.
  const endpoints = instances.map(
    ({ resource, subnet, groups }, index): Host => ({
      kind: "endpoint",
      name: resource,
      slot: 0,
      address: (byName.get(subnet)?.block.base ?? Number.NaN) + 4 + index,
      likeness: "",
      resource,
      subnet,
      groups,
    }),
  );
  return [...hosts, ...endpoints, BALANCER];
}

const BALANCER: Host = {
  kind: "balancer",
  name: "AzureLoadBalancer",
  slot: 0,
  address: PLATFORM,
  likeness: "",
  resource: "",
};

export const outsideOf = ({ told }: Network, own: Block, more: readonly (readonly Block[])[]): Host[] =>
  piecesOutside(own, [...told, ...more]).map((address) => ({
    kind: "outside",
    name: formatIp(address),
    slot: 0,
    address,
    likeness: "",
    resource: "",
  }));

/** Private endpoints in the application security group of the endpoint of the spec. */
export const endpointsFor = (hosts: readonly Host[], endpoint: PrivateEndpoint): Host[] =>
  hosts.filter(({ kind, groups }) => kind === "endpoint" && groups?.includes(idOf(endpoint.name)));
