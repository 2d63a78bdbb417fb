/** Who could send or receive a packet on Azure: hosts of subnets, network interfaces of private endpoints, load balancers. */
import type { PrivateEndpoint } from "../../model/enclave";
import { idOf } from "../../model/ids";
import { formatIp } from "../../net/cidr";
import { type Block, membership, pieces, piecesOutside } from "../replay/blocks";
import type { Host } from "../replay/reader";
import type { Network } from "./network";
import { PLATFORM } from "./packets";

/** The name of a zone in the name of one of its subnets, and the slot. */
export function placeOf(subnet: string): { readonly zone: string; readonly slot: number } {
  const [, zone = subnet, slot = "0"] = /^(\w+?)_(\d)$/.exec(subnet) ?? [];
  return { zone, slot: Number(slot) };
}

export function hostsIn({ subnets, members, told }: Network): Host[] {
  const hosts = subnets.flatMap(({ name, block, isFirewalls, group, table }): Host[] => {
    if (isFirewalls) return [];
    const { zone, slot } = placeOf(name);
    const site = name.startsWith("enclave_");
    return pieces(block, told).map((address) => ({
      kind: site ? "site" : "zone",
      name: site ? name : zone,
      slot,
      address,
      likeness: `${group} ${table} ${membership(address, told)}`,
      resource: `azurerm_subnet.${name}`,
      subnet: name,
    }));
  });
  const first = subnets.find(({ name }) => name === "enclave_endpoints")?.block.base ?? Number.NaN;
  const endpoints = [...members].map(
    ([name, groups], index): Host => ({
      kind: "endpoint",
      name: `azurerm_private_endpoint.${name}`,
      slot: 0,
      address: first + 16 + index,
      likeness: "",
      resource: `azurerm_private_endpoint.${name}`,
      subnet: "enclave_endpoints",
      groups,
    }),
  );
  const balancer: Host = {
    kind: "balancer",
    name: "AzureLoadBalancer",
    slot: 0,
    address: PLATFORM,
    likeness: "",
    resource: "",
    protocols: ["tcp"],
  };
  return [...hosts, ...endpoints, balancer];
}

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
