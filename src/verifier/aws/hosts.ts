/**
 * Who could send or receive a packet on AWS: hosts of subnets, network interfaces of endpoints, addresses of
 * storage.
 */
import type { PrivateEndpoint } from "../../model/enclave";
import { idOf } from "../../model/ids";
import { formatIp } from "../../net/cidr";
import { type Block, holds, membership, pieces, piecesOutside } from "../replay/blocks";
import type { Host } from "../replay/paths";
import { type Attributes, resourcesOf, type TerraformDocument, text, texts } from "../terraform/document";
import { evaluate, nameIn } from "../terraform/expressions";
import { STORAGE_ADDRESS } from "./groups";
import type { Network, Subnet } from "./network";
import { pullsLayers, usesOf } from "./services";

const ENDPOINT = "aws_vpc_endpoint";
export const SEARCH = "aws_opensearchserverless_vpc_endpoint";

/** A zone's subnets have its name and a number; all other subnets begin with the enclave's own word. */
const SUBNET = /^(\w+?)_(\d)$/;
const isSite = (subnet: string): boolean => subnet.startsWith("enclave_");

/** The name of a zone in the name of one of its subnets, and the slot. */
export function placeOf(subnet: string): { readonly zone: string; readonly slot: number } {
  const [, zone = subnet, slot = "0"] = SUBNET.exec(subnet) ?? [];
  return { zone, slot: Number(slot) };
}

export function hostsIn(document: TerraformDocument, { subnets: all, blocks, told }: Network): Host[] {
  const subnets = [...all.values()].flatMap((subnet): Host[] => {
    const { name, block } = subnet;
    const { zone, slot } = placeOf(name);
    const common = { slot, resource: `aws_subnet.${name}`, subnet: name };
    return pieces(block, told).map((address) => {
      const likeness = likenessOf(subnet, membership(address, told), blocks);
      return isSite(name)
        ? { ...common, kind: "site", name, address, likeness }
        : { ...common, kind: "zone", name: zone, address, likeness, groups: [zone] };
    });
  });
  return [...subnets, ...endpointHosts(document, all)];
}

/** By what holds the address, the ACL, and routes that lead elsewhere within the VPC. */
function likenessOf({ acl, routes }: Subnet, holding: string, blocks: readonly Block[]): string {
  const within = routes.filter(({ block: { prefix, base } }) =>
    blocks.some((range) => prefix >= range.prefix && holds(range, base)),
  );
  return [acl.at([]).name, holding, ...within.map(({ resource }) => resource)].join(" ");
}

type Subnets = ReadonlyMap<string, { readonly block: Block }>;

/**
 * One network interface of each, in its first subnet. Gateways lead to the same addresses: one of these
 * stands for all of them.
 */
function endpointHosts(document: TerraformDocument, subnets: Subnets): Host[] {
  const all = [ENDPOINT, SEARCH].flatMap((type) =>
    [...resourcesOf(document, type)].map(([name, body]) => ({ resource: `${type}.${name}`, body })),
  );
  const host = (resource: string) =>
    ({ kind: "endpoint", name: resource, slot: 0, likeness: "", resource }) as const;
  const gateway = all.find(({ body }) => isGateway(body));
  const interfaces = all.filter(({ body }) => !isGateway(body));
  return [
    ...(gateway === undefined ? [] : [{ ...host(gateway.resource), address: STORAGE_ADDRESS }]),
    ...interfaces.map(({ resource, body }, index): Host => {
      const [subnet = ""] = references(body, "subnet_ids");
      const address = (subnets.get(subnet)?.block.base ?? 0) + 16 + index;
      return { ...host(resource), address, subnet, groups: references(body, "security_group_ids") };
    }),
  ];
}

export const isGateway = (endpoint: Attributes): boolean => endpoint["vpc_endpoint_type"] === "Gateway";

const references = (body: Attributes, argument: string): string[] =>
  texts(body, argument).map((each) => nameIn(evaluate(each, { quarantine: [] })));

export const outsideOf = ({ told }: Network, own: Block, more: readonly (readonly Block[])[]): Host[] =>
  piecesOutside(own, [...told, ...more])
    .filter((address) => address !== STORAGE_ADDRESS)
    .map((address) => ({
      kind: "outside",
      name: formatIp(address),
      slot: 0,
      address,
      likeness: "",
      resource: "",
    }));

/** Those by which an endpoint of the spec is used: of the service that its right needs. */
export function endpointsFor(
  document: TerraformDocument,
  hosts: readonly Host[],
  endpoint: PrivateEndpoint,
): Host[] {
  const names = new Set(usesOf(endpoint).map(({ name }) => name));
  if (pullsLayers(endpoint)) names.add("s3");
  const isIts = (resource: string): boolean => {
    if (resource.startsWith(`${SEARCH}.`)) return endpoint.service === "vector-search";
    if (endpoint.service === "custom")
      return resource === `${ENDPOINT}.enclave_custom_${idOf(endpoint.name)}`;
    const body = resourcesOf(document, ENDPOINT).get(resource.slice(ENDPOINT.length + 1));
    const service = text(body, "service_name");
    const short = /^com\.amazonaws\.[a-z0-9-]+\.(.+)$/.exec(service)?.[1] ?? "";
    return names.has(short);
  };
  return hosts.filter(({ kind, resource }) => kind === "endpoint" && isIts(resource));
}
