/** Who could send or receive a packet on Google: hosts of subnetworks, endpoints, the proxy, load balancers. */
import type { PrivateEndpoint } from "../../model/enclave";
import { idOf } from "../../model/ids";
import { cidr, formatIp } from "../../net/cidr";
import { address, type Block, membership, pieces, piecesOutside, withLast } from "../replay/blocks";
import type { Host } from "../replay/reader";
import type { PortRange } from "../replay/traffic";
import { type Attributes, resourcesOf, type TerraformDocument, text, texts } from "../terraform/document";
import { listenersIn, type Net } from "./network";
import { FRONT } from "./packets";
import { isApi, labelOf } from "./services";

const REGIONAL = "google_network_connectivity_regional_endpoint";
const BUNDLE = "google_compute_global_forwarding_rule";
const GATEWAY = "google_network_services_gateway";

/** The name of a zone in the name of one of its subnetworks, and the slot. */
export function placeOf(subnet: string): { readonly zone: string; readonly slot: number } {
  const [, zone = subnet, slot = "0"] = /^(\w+?)_(\d)$/.exec(subnet) ?? [];
  return { zone, slot: Number(slot) };
}

export function hostsIn(document: TerraformDocument, { told }: Net): Host[] {
  const special = [...endpointHosts(document), ...proxyHosts(document), ...balancers];
  const taken = new Set(special.map((host) => host.address));
  const machines = [...resourcesOf(document, "google_compute_subnetwork")].flatMap(([name, body]): Host[] => {
    const { zone, slot } = placeOf(name);
    const site = name.startsWith("enclave_");
    return pieces(withLast(cidr(text(body, "ip_cidr_range"))), told).flatMap((at): Host[] =>
      taken.has(at)
        ? []
        : [
            {
              kind: site ? "site" : "zone",
              name: site ? name : zone,
              slot,
              address: at,
              likeness: membership(at, told),
              resource: `google_compute_subnetwork.${name}`,
              subnet: name,
            },
          ],
    );
  });
  return [...machines, ...special];
}

const endpointHosts = (document: TerraformDocument): Host[] =>
  [...listenersIn(document)].map(([resource, at]) => ({
    kind: "endpoint",
    name: resource,
    slot: 0,
    address: address(at),
    likeness: "",
    resource,
  }));

const proxyHosts = (document: TerraformDocument): Host[] =>
  [...resourcesOf(document, GATEWAY)].flatMap(([name, body]) =>
    texts(body, "addresses").map((at) => ({
      kind: "proxy",
      name: "the proxy",
      slot: 0,
      address: address(at),
      likeness: "",
      resource: `${GATEWAY}.${name}`,
      ports: portsOf(body),
    })),
  );

const portsOf = (gateway: Attributes): PortRange[] =>
  ((gateway["ports"] ?? []) as number[]).map((port) => ({ protocol: "tcp", from: port, to: port }));

const balancers = FRONT.map(
  ({ base }): Host => ({
    kind: "balancer",
    name: "load balancers",
    slot: 0,
    address: base + 7,
    likeness: String(base),
    resource: "",
  }),
);

export function outsideOf({ told }: Net, own: Block, more: readonly (readonly Block[])[]): Host[] {
  return piecesOutside(own, [...told, ...more]).map((at) => ({
    kind: "outside",
    name: formatIp(at),
    slot: 0,
    address: at,
    likeness: "",
    resource: "",
  }));
}

/** A service of Google by its own endpoint or by the bundle of all; everything else by an endpoint of its name. */
export function endpointsFor(
  document: TerraformDocument,
  hosts: readonly Host[],
  endpoint: PrivateEndpoint,
): Host[] {
  const isIts = ({ kind, resource }: Host): boolean => {
    if (kind !== "endpoint") return false;
    if (!isApi(endpoint.service))
      return resource === `google_compute_forwarding_rule.enclave_${idOf(endpoint.name)}`;
    if (resource.startsWith(`${BUNDLE}.`)) return true;
    const target = text(
      resourcesOf(document, REGIONAL).get(resource.slice(REGIONAL.length + 1)),
      "target_google_api",
    );
    return target.startsWith(`${labelOf(endpoint.service)}.`);
  };
  return hosts.filter(isIts);
}
