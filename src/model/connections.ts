/**
 * Flows, endpoint uses and egress taken apart into single connections: one source, one destination, one kind of traffic. Rules,
 * addresses (for ordinals), plan and proofs all count these, so that "the same flow" means the same thing to all of them.
 */
import type { SpecPath } from "../diagnostics/diagnostic";
import { type Cidr, outermost } from "../net/cidr";
import type { Access, Enclave, Traffic } from "./enclave";

/** Why something exists: the spec item, and the user's own words where it has any. */
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
  readonly access?: Access;
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

/** Pairs expanded from lists, exact repetitions merged, in order of first appearance. */
export function connectionsOf(enclave: Pick<Enclave, "flows">): Connection[] {
  const expanded = enclave.flows.flatMap((flow) =>
    flow.from.flatMap((from) =>
      flow.to.flatMap((to) =>
        flow.traffic.map(
          (traffic): Connection => ({
            key: `${from}>${to} ${formatTraffic(traffic)}`,
            from,
            to,
            traffic,
            // Clouds refuse a rule whose blocks overlap.
            sources: outermost(flow.sources),
            because: [{ path: flow.path, why: flow.why }],
          }),
        ),
      ),
    ),
  );
  return mergeByKey(expanded, (a, b) => ({
    ...a,
    sources: joinSources(a.sources, b.sources),
    because: joinBecause(a, b),
  }));
}

export function endpointUsesOf(enclave: Pick<Enclave, "privateEndpoints">): EndpointUse[] {
  return enclave.privateEndpoints.flatMap((endpoint) =>
    [...new Set(endpoint.from)].map((zone) => ({
      key: `${zone}>${endpoint.name}`,
      zone,
      endpoint: endpoint.name,
      ...(endpoint.access === undefined ? {} : { access: endpoint.access }),
      because: [{ path: endpoint.path }],
    })),
  );
}

export function departuresOf(enclave: Pick<Enclave, "egress">): Departure[] {
  const expanded = enclave.egress.flatMap((egress) =>
    egress.from.flatMap((zone) =>
      egress.to.flatMap((name) =>
        egress.ports.map(
          (port): Departure => ({
            key: `${zone}>${name} ${port}`,
            zone,
            name,
            port,
            because: [{ path: egress.path, why: egress.why }],
          }),
        ),
      ),
    ),
  );
  return mergeByKey(expanded, (a, b) => ({ ...a, because: joinBecause(a, b) }));
}

function mergeByKey<T extends { readonly key: string }>(items: readonly T[], merge: (a: T, b: T) => T): T[] {
  const byKey = new Map<string, T>();
  for (const item of items) {
    const seen = byKey.get(item.key);
    byKey.set(item.key, seen === undefined ? item : merge(seen, item));
  }
  return [...byKey.values()];
}

/** All of the internet and a part of it is all of it. */
function joinSources(a: readonly Cidr[], b: readonly Cidr[]): readonly Cidr[] {
  if (a.length === 0 || b.length === 0) return [];
  return outermost([...a, ...b]);
}

function joinBecause(
  a: { readonly because: readonly Because[] },
  b: { readonly because: readonly Because[] },
): Because[] {
  return [
    ...a.because,
    ...b.because.filter((reason) => !a.because.some((other) => other.path === reason.path)),
  ];
}
