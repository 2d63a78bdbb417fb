/**
 * Chains of flows: who reaches whom, one connection after another. Only zones pass a chain on; endpoints and
 * external networks end it, and the internet is always a source.
 */
import type { Cloud } from "../clouds/cloud";
import type { SpecPath } from "../diagnostics/diagnostic";
import { joinPath } from "../diagnostics/path";
import { formatTraffic } from "../model/connections";
import { type Enclave, INTERNET } from "../model/enclave";
import { type AddressJoin, isAddressJoin, type Join } from "../model/joins";
import { mayShare } from "./resources";

/** An endpoint may have the name of a zone. A name is one of `egress`. */
export type Node = `party ${string}` | `endpoint ${string}` | `name ${string}`;

export const party = (name: string): Node => `party ${name}`;
export const endpoint = (name: string): Node => `endpoint ${name}`;
export const hostName = (pattern: string): Node => `name ${pattern}`;
export const nameOf = (node: Node): string => node.slice(node.indexOf(" ") + 1);

export interface Hop {
  readonly from: Node;
  readonly to: Node;
  /** The traffic, `8080/tcp`, or the service of an endpoint. */
  readonly text: string;
  /** The spec item that opens it. */
  readonly path: SpecPath;
  /** The item is another endpoint, with these in common. */
  readonly shares?: "resources" | "address";
  /** The number of names on each side of that item. */
  readonly names: { readonly from: number; readonly to: number };
}

export interface Network {
  readonly zones: ReadonlySet<string>;
  readonly hopsFrom: ReadonlyMap<Node, readonly Hop[]>;
}

export interface Opened extends Pick<Enclave, "flows" | "privateEndpoints" | "egress"> {
  readonly zones: readonly { readonly name: string }[];
  readonly clouds: readonly Cloud[];
  readonly joins: readonly Join[];
}

export function networkOf({ zones, flows, egress, joins, ...opened }: Opened): Network {
  const hops: Hop[] = [];
  for (const { from, to, traffic, path } of flows) {
    const names = { from: new Set(from).size, to: new Set(to).size };
    for (const source of from)
      for (const target of to)
        for (const each of traffic)
          hops.push({ from: party(source), to: party(target), text: formatTraffic(each), path, names });
  }
  const names = { from: 1, to: 1 };
  for (const join of joins)
    if (!isAddressJoin(join))
      hops.push({ from: party(INTERNET), to: party(join.zone), text: join.text, path: join.path, names });
  hops.push(...endpointHops({ ...opened, joins: joins.filter(isAddressJoin) }));
  for (const { from, to, ports, path } of egress) {
    const names = { from: new Set(from).size, to: new Set(to).size };
    for (const zone of from)
      for (const name of to)
        hops.push({ from: party(zone), to: hostName(name), text: ports.join(", "), path, names });
  }
  const hopsFrom = new Map<Node, Hop[]>();
  for (const hop of hops) hopsFrom.set(hop.from, [...(hopsFrom.get(hop.from) ?? []), hop]);
  return { zones: new Set(zones.map(({ name }) => name)), hopsFrom };
}

interface EndpointsOpened extends Pick<Opened, "privateEndpoints" | "clouds"> {
  readonly joins: readonly AddressJoin[];
}

function* endpointHops({ privateEndpoints, clouds, joins }: EndpointsOpened) {
  for (const one of privateEndpoints) {
    const { name, from, service, path } = one;
    const shared = privateEndpoints.filter((other) => other !== one && mayShare(one, other, clouds));
    const names = { from: new Set(from).size, to: 1 };
    for (const zone of from) {
      const hop = { from: party(zone), path, names };
      yield { ...hop, to: endpoint(name), text: service };
      for (const other of shared) {
        const text = `${service} by "${name}", which may lead to the same resources`;
        yield { ...hop, to: endpoint(other.name), text, shares: "resources" } as const;
      }
      for (const { reached } of joins.filter((join) => join.zone === zone && join.used === name)) {
        const text = `by the address of "${name}"`;
        yield { ...hop, to: endpoint(reached), text, shares: "address" } as const;
      }
    }
  }
}

export interface Search {
  /** Zones that the chain must avoid. */
  readonly without?: ReadonlySet<string>;
  /** The hops that the chain may use. */
  readonly follows?: (hop: Hop) => boolean;
  /** The greatest length of a chain that counts. */
  readonly hops?: number | undefined;
}

/** The shortest chain of at least one hop between two nodes, or undefined. It may return to its start. */
export function shortestChain(
  network: Network,
  from: Node,
  to: Node,
  { without = new Set(), follows = () => true, hops: longest = Number.POSITIVE_INFINITY }: Search = {},
): readonly Hop[] | undefined {
  const cameBy = new Map<Node, Hop>();
  let frontier: Node[] = [from];
  for (let length = 1; length <= longest && frontier.length > 0; length++) {
    const next: Node[] = [];
    for (const hop of frontier.flatMap((node) => network.hopsFrom.get(node) ?? [])) {
      if (!follows(hop)) continue;
      if (hop.to === to) return chainTo(hop, cameBy);
      const name = nameOf(hop.to);
      const passesOn = hop.to === party(name) && network.zones.has(name) && !without.has(name);
      if (!passesOn || hop.to === from || cameBy.has(hop.to)) continue;
      cameBy.set(hop.to, hop);
      next.push(hop.to);
    }
    frontier = next;
  }
  return undefined;
}

/** Back to the start, which nothing came to. */
function chainTo(last: Hop, cameBy: ReadonlyMap<Node, Hop>): Hop[] {
  const chain: Hop[] = [];
  for (let hop: Hop | undefined = last; hop !== undefined; hop = cameBy.get(hop.from)) chain.unshift(hop);
  return chain;
}

/** Hop by hop, a line each: `ingress to inference 8080/tcp (line 27)`. */
export const describeChain = (chain: readonly Hop[], lineOf: (path: SpecPath) => number): string =>
  chain
    .map((hop) => `  ${nameOf(hop.from)} to ${nameOf(hop.to)} ${hop.text} (line ${lineOf(hop.path)})`)
    .join("\n");

/** The smallest removal that closes a hop: a name of its flow if the flow has others, else the whole flow. */
export function closing(hop: Hop, lineOf: (path: SpecPath) => number): string {
  const { from, to } = hop.names;
  const side = from > 1 ? "from" : to > 1 ? "to" : undefined;
  const other = hop.shares === "resources" ? `name resources of its own on ${hop.path}, or ` : "";
  if (side === undefined) return `${other}remove ${hop.path} (line ${lineOf(hop.path)})`;
  return `${other}remove "${nameOf(hop[side])}" from ${joinPath(hop.path, side)} (line ${lineOf(hop.path)})`;
}
