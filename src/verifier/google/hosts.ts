/**
 * Who could send or receive a packet on Google: hosts of subnetworks, endpoints, the proxy, load balancers.
 */
import { formatIp } from "../../net/cidr";
import {
  address,
  type Block,
  block,
  distinctSets,
  membership,
  pieces,
  piecesOutside,
} from "../replay/blocks";
import { reading } from "../replay/fault";
import type { Host } from "../replay/paths";
import type { PortRange } from "../replay/traffic";
import { type Attributes, type TerraformDocument, text, texts } from "../terraform/document";
import { listenersIn } from "./network";
import { BALANCERS } from "./packets";
import { all, TYPE } from "./resources";

type Told = readonly (readonly Block[])[];

/** The name of a zone in the name of one of its subnetworks, and the slot. Infrastructure has no slots. */
export function placeOf(subnet: string): { readonly zone: string; readonly slot: number } {
  const [, zone = subnet, slot = "0"] = /^(\w+?)_(\d)$/.exec(subnet) ?? [];
  return { zone, slot: Number(slot) };
}

/** `told`: sets of blocks that rules name. */
export function hostsIn(document: TerraformDocument, told: Told): Host[] {
  const special = [...endpointHosts(document), ...proxyHosts(document)];
  const taken = new Set(special.map((host) => host.address));
  const machines = all(document, TYPE.subnet).flatMap(({ address: resource, name, body }): Host[] => {
    const { zone, slot } = placeOf(name);
    const kind = name.startsWith("enclave_") ? "site" : "zone";
    return reading(resource, () => pieces(block(text(body, "ip_cidr_range")), told))
      .filter((at) => !taken.has(at))
      .map((at) => ({
        ...single(kind, zone, at),
        ...{ slot, resource, subnet: name, likeness: membership(at, told) },
      }));
  });
  const balancers = BALANCERS.flatMap((range) => pieces(range, told)).map((at) => ({
    ...single("balancer", "load balancers", at),
    likeness: String(at),
  }));
  return [...machines, ...special, ...balancers];
}

const single = (kind: Host["kind"], name: string, at: number): Host => ({
  kind,
  name,
  slot: 0,
  address: at,
  likeness: "",
  resource: "",
});

const endpointHosts = (document: TerraformDocument): Host[] =>
  [...listenersIn(document)].map(([resource, at]) => ({
    ...single("endpoint", resource, address(at)),
    resource,
  }));

const proxyHosts = (document: TerraformDocument): Host[] =>
  all(document, TYPE.gateway).flatMap(({ address: resource, body }) =>
    reading(resource, () => texts(body, "addresses").map(address)).map((at) => ({
      ...single("proxy", "the proxy", at),
      resource,
      ports: portsOf(body),
    })),
  );

const portsOf = ({ ports }: Attributes): PortRange[] =>
  ((ports ?? []) as number[]).map((port) => ({ protocol: "tcp", from: port, to: port }));

export const outsideOf = (own: Block, told: Told): Host[] =>
  piecesOutside(own, distinctSets(told)).map((at) => single("outside", formatIp(at), at));
