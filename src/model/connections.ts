/** Flows, endpoint uses and egress as single connections, so that "the same flow" means one thing. */
import type { SpecPath } from "../diagnostics/diagnostic";
import { type Cidr, outermost } from "../net/cidr";
import type { Enclave, Traffic } from "./enclave";

/** The reason for something: the spec item, and its `why` where it has one. */
export interface Because {
  readonly path: SpecPath;
  readonly why?: string;
}

interface Counted {
  /** Identity in lock files. */
  readonly key: string;
  readonly because: readonly Because[];
}

/** `ingress>inference 8080/tcp` */
export interface Connection extends Counted {
  readonly from: string;
  readonly to: string;
  readonly traffic: Traffic;
  /** Narrows `internet`; empty means all of it. */
  readonly sources: readonly Cidr[];
}

/** `inference>model` */
type EndpointUse = Counted & { readonly zone: string; readonly endpoint: string };

/** `inference>*.huggingface.co 443` */
export interface Departure extends Counted {
  readonly zone: string;
  /** Exact name or `*.x`. */
  readonly name: string;
  readonly port: number;
}

/** `8000-8100` or `443`. */
export const portRange = ({ from, to }: Extract<Traffic, { readonly from: number }>): string =>
  from === to ? `${from}` : `${from}-${to}`;

/** As users write it: `443/tcp`, `8000-8100/udp`, `icmp`, `any`. */
export const formatTraffic = (traffic: Traffic): string =>
  "from" in traffic ? `${portRange(traffic)}/${traffic.protocol}` : traffic.protocol;

/** Whether all packets of `narrow` are packets of `wide`. */
export const covers = (wide: Traffic, narrow: Traffic): boolean =>
  wide.protocol === "any" ||
  (wide.protocol === narrow.protocol &&
    (!("from" in wide) || !("from" in narrow) || (wide.from <= narrow.from && narrow.to <= wide.to)));

/** One for each pair of ends and each traffic, in order of first appearance, without repetitions. */
export function connectionsOf(enclave: Pick<Enclave, "flows">): Connection[] {
  const connections = new Map<string, Connection>();
  for (const { from, to, traffic, sources, path, why } of enclave.flows)
    for (const source of from)
      for (const target of to)
        for (const each of traffic) {
          const key = `${source}>${target} ${formatTraffic(each)}`;
          const earlier = connections.get(key);
          const joined = earlier === undefined ? outermost(sources) : joinSources(earlier.sources, sources);
          const because = joinBecause(earlier?.because, { path, why });
          connections.set(key, { key, from: source, to: target, traffic: each, sources: joined, because });
        }
  return [...connections.values()];
}

export const endpointUsesOf = ({ privateEndpoints }: Pick<Enclave, "privateEndpoints">): EndpointUse[] =>
  privateEndpoints.flatMap(({ name: endpoint, path, from }) =>
    [...new Set(from)].map((zone) => ({ key: `${zone}>${endpoint}`, zone, endpoint, because: [{ path }] })),
  );

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

/** All of the internet together with a part of it is all of it. Clouds refuse a rule whose blocks overlap. */
const joinSources = (a: readonly Cidr[], b: readonly Cidr[]): readonly Cidr[] =>
  a.length === 0 || b.length === 0 ? [] : outermost([...a, ...b]);

const joinBecause = (reasons: readonly Because[] = [], reason: Because): readonly Because[] =>
  reasons.some(({ path }) => path === reason.path) ? reasons : [...reasons, reason];
