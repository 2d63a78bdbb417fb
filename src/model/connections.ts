/**
 * Flows, endpoint uses and egress as single connections: one source, one destination, one traffic. Rules,
 * addresses and plan all count these, so that "the same flow" has one meaning in all of them.
 */
import type { SpecPath } from "../diagnostics/diagnostic";
import { type Cidr, outermost } from "../net/cidr";
import type { Enclave, Traffic } from "./enclave";

/** The reason for something: the spec item, and its `why` where it has one. */
export interface Because {
  readonly path: SpecPath;
  readonly why?: string;
}

export interface Connection {
  /** Identity in lock files: `ingress>inference 8080/tcp`. */
  readonly key: string;
  readonly from: string;
  readonly to: string;
  readonly traffic: Traffic;
  /** Narrows `internet`; empty means all of it. */
  readonly sources: readonly Cidr[];
  readonly because: readonly Because[];
}

export interface EndpointUse {
  /** `inference>model` */
  readonly key: string;
  readonly zone: string;
  readonly endpoint: string;
  readonly because: readonly Because[];
}

export interface Departure {
  /** `inference>*.huggingface.co 443` */
  readonly key: string;
  readonly zone: string;
  /** Exact name or `*.x`. */
  readonly name: string;
  readonly port: number;
  readonly because: readonly Because[];
}

/** As users write it: `443/tcp`, `8000-8100/udp`, `icmp`, `any`. */
export function formatTraffic(traffic: Traffic): string {
  if (traffic.protocol === "icmp" || traffic.protocol === "any") return traffic.protocol;
  const ports = traffic.from === traffic.to ? `${traffic.from}` : `${traffic.from}-${traffic.to}`;
  return `${ports}/${traffic.protocol}`;
}

/** One for each pair of ends and each traffic, in order of first appearance, without repetitions. */
export function connectionsOf(enclave: Pick<Enclave, "flows">): Connection[] {
  const connections = new Map<string, Connection>();
  for (const { from, to, traffic, sources, path, why } of enclave.flows)
    for (const source of from)
      for (const target of to)
        for (const each of traffic) {
          const key = `${source}>${target} ${formatTraffic(each)}`;
          const earlier = connections.get(key);
          connections.set(key, {
            key,
            from: source,
            to: target,
            traffic: each,
            // Clouds refuse a rule whose blocks overlap.
            sources: earlier === undefined ? outermost(sources) : joinSources(earlier.sources, sources),
            because: joinBecause(earlier?.because, { path, why }),
          });
        }
  return [...connections.values()];
}

export function endpointUsesOf(enclave: Pick<Enclave, "privateEndpoints">): EndpointUse[] {
  return enclave.privateEndpoints.flatMap((endpoint) =>
    [...new Set(endpoint.from)].map((zone) => ({
      key: `${zone}>${endpoint.name}`,
      zone,
      endpoint: endpoint.name,
      because: [{ path: endpoint.path }],
    })),
  );
}

export function departuresOf(enclave: Pick<Enclave, "egress">): Departure[] {
  const departures = new Map<string, Departure>();
  for (const { from, to, ports, path, why } of enclave.egress)
    for (const zone of from)
      for (const name of to)
        for (const port of ports) {
          const key = `${zone}>${name} ${port}`;
          const because = joinBecause(departures.get(key)?.because, { path, why });
          departures.set(key, { key, zone, name, port, because });
        }
  return [...departures.values()];
}

/** All of the internet together with a part of it is all of it. */
function joinSources(a: readonly Cidr[], b: readonly Cidr[]): readonly Cidr[] {
  if (a.length === 0 || b.length === 0) return [];
  return outermost([...a, ...b]);
}

const joinBecause = (reasons: readonly Because[] = [], reason: Because): readonly Because[] =>
  reasons.some(({ path }) => path === reason.path) ? reasons : [...reasons, reason];
