/** Enclaves as the model would make them, written in one line each. */
import fc from "fast-check";
import type {
  Egress,
  Enclave,
  Flow,
  PrivateEndpoint,
  Traffic,
  Zone,
  ZoneSize,
} from "../../src/model/enclave";
import { cidr } from "../../src/net/cidr";

export interface ZoneLine {
  readonly name: string;
  /** A number is hosts, `/25` a prefix, everything else a block. */
  readonly size: number | string;
  readonly was?: string;
}

export const zone = (name: string, size: number | string, was?: string): ZoneLine => ({
  name,
  size,
  ...(was === undefined ? {} : { was }),
});

export interface EnclaveLines {
  readonly range?: string;
  readonly zones?: readonly ZoneLine[];
  readonly externals?: readonly string[];
  /** `ingress>inference 8080` */
  readonly flows?: readonly string[];
  /** `inference>model`, or `inference>llm was model` */
  readonly endpoints?: readonly string[];
  /** `inference>mirror.example.com 443` */
  readonly egress?: readonly string[];
  readonly availabilityZones?: 1 | 2 | 3;
}

export const zones = (...lines: ZoneLine[]): EnclaveLines => ({ zones: lines });

const sizeOfLine = (size: number | string): ZoneSize => {
  if (typeof size === "number") return { kind: "hosts", hosts: size };
  return size.startsWith("/")
    ? { kind: "prefix", prefix: Number(size.slice(1)) }
    : { kind: "cidr", cidr: cidr(size) };
};

const zoneOf = ({ name, size, was }: ZoneLine): Zone => ({
  name,
  exposure: "private",
  size: sizeOfLine(size),
  interfaces: [],
  platform: {},
  ...(was === undefined ? {} : { was }),
  path: `zones.${name}`,
});

const split = (line: string): [string, string, number] => {
  const [pair = "", port = "0"] = line.split(" ");
  const [from = "", to = ""] = pair.split(">");
  return [from, to, Number(port)];
};

const tcp = (port: number): Traffic => ({ protocol: "tcp", from: port, to: port });

const flowOf = (line: string, index: number): Flow => {
  const [from, to, port] = split(line);
  const path = `flows[${index}]`;
  return { from: [from], to: [to], traffic: [tcp(port)], sources: [], why: "a test", path };
};

const endpointOf = (line: string): PrivateEndpoint => {
  const [from, name] = split(line);
  const path = `privateEndpoints.${name}`;
  const [, was] = / was (\S+)$/.exec(line) ?? [];
  const given = was === undefined ? {} : { was };
  return {
    name,
    service: "secrets",
    from: [from],
    traffic: [],
    resources: {},
    actions: {},
    slots: [],
    anonymous: false,
    dnsNames: [],
    target: {},
    ...given,
    path,
  };
};

const egressOf = (line: string, index: number): Egress => {
  const [from, to, port] = split(line);
  return { from: [from], to: [to], ports: [port], why: "a test", path: `egress[${index}]` };
};

export function enclave(lines: EnclaveLines): Enclave {
  return {
    name: "test",
    regions: {},
    regionIsShared: false,
    range: cidr(lines.range ?? "10.20.0.0/16"),
    availabilityZones: lines.availabilityZones ?? 2,
    zoneNames: {},
    tags: {},
    zones: (lines.zones ?? []).map(zoneOf),
    externalNetworks: (lines.externals ?? []).map((name, index) => ({
      name,
      cidrs: [cidr(`192.168.${index}.0/24`)],
      links: {},
      path: `externalNetworks.${name}`,
    })),
    flows: (lines.flows ?? []).map(flowOf),
    privateEndpoints: (lines.endpoints ?? []).map(endpointOf),
    egress: (lines.egress ?? []).map(egressOf),
    inspection: "connection",
    published: [],
    assertions: [],
    waivers: [],
    quarantine: [],
    retentionDays: 365,
    flowSampling: 1,
    logsAreLocked: false,
    dnsAllow: [],
    azurermMajor: 4,
    logging: { aws: {}, azure: { query: "public", trafficAnalytics: false }, google: {} },
    settings: { aws: {}, azure: {}, google: {} },
  };
}

const NAMES = [
  "app",
  "constructor",
  "data",
  "edge",
  "gpu",
  "has-own",
  "ingress",
  "logs",
  "proxy",
  "tools",
  "value-of",
  "web",
];

const zoneSize = fc.oneof(
  fc.integer({ min: 1, max: 600 }),
  fc.integer({ min: 23, max: 28 }).map((prefix) => `/${prefix}`),
  // Disjoint by construction: the model refuses zones whose cidr overlaps another's.
  fc.nat(15).map((index) => `slice ${index}`),
);

/** Sized and fixed zones in a /16, flows, egress and endpoint uses between them; all of it fits. */
export const anyLines: fc.Arbitrary<Required<EnclaveLines>> = fc
  .uniqueArray(fc.constantFrom(...NAMES), { minLength: 1, maxLength: 9 })
  .chain((names) =>
    fc.record({
      range: fc.constant("10.20.0.0/16"),
      zones: fc
        .array(zoneSize, { minLength: names.length, maxLength: names.length })
        .map((sizes) => zonesOf(names, sizes)),
      externals: fc.subarray(["corp", "branch"]),
      flows: fc.uniqueArray(connection(names), { maxLength: 12 }),
      endpoints: fc.constantFrom(...names).map((name) => [`${name}>model`]),
      egress: fc.uniqueArray(departure(names), { maxLength: 6 }),
      availabilityZones: fc.constantFrom(1 as const, 2 as const, 3 as const),
    }),
  );

function zonesOf(names: readonly string[], sizes: readonly (number | string)[]): ZoneLine[] {
  const seen = new Set<string | number>();
  return names.map((name, index) => {
    const size = sizes[index] ?? 1;
    if (typeof size === "number" || !size.startsWith("slice")) return { name, size };
    if (seen.has(size)) return { name, size: 50 };
    seen.add(size);
    return { name, size: `10.20.${Number(size.slice(6)) * 16}.0/22` };
  });
}

const connection = (names: readonly string[]): fc.Arbitrary<string> =>
  fc
    .tuple(fc.constantFrom("internet", ...names), fc.constantFrom(...names), fc.constantFrom(443, 5432, 8080))
    .map(([from, to, port]) => `${from}>${to} ${port}`);

const departure = (names: readonly string[]): fc.Arbitrary<string> =>
  fc
    .tuple(
      fc.constantFrom(...names),
      fc.constantFrom("mirror.example.com", "*.huggingface.co"),
      fc.constantFrom(80, 443),
    )
    .map(([from, to, port]) => `${from}>${to} ${port}`);
