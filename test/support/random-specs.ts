/** Random specs as values, and what each of them declares, decided from the spec alone. */
import fc from "fast-check";

export type Protocol = "tcp" | "udp" | "icmp" | "gre";

export interface SpecFlow {
  readonly from: string | readonly string[];
  readonly to: string | readonly string[];
  readonly ports: readonly string[];
  readonly sources?: readonly string[];
  readonly why: string;
}

export interface SpecEndpoint {
  readonly service: string;
  readonly from: readonly string[];
  readonly access?: string;
  readonly ports?: readonly string[];
  readonly dnsNames?: readonly string[];
  readonly resources?: { readonly aws: readonly string[] };
  readonly target?: typeof PARTNER;
}

export interface SpecEgress {
  readonly from: readonly string[];
  readonly to: readonly string[];
  readonly ports: readonly string[];
  readonly why: string;
}

interface SpecZone {
  readonly exposure: string;
  readonly prefix: number;
  readonly healthChecks?: boolean;
}

export interface NetSpec extends Readonly<Record<string, unknown>> {
  readonly cidr: string;
  readonly availabilityZones: number;
  readonly zones: Readonly<Record<string, SpecZone>>;
  readonly flows: readonly SpecFlow[];
  readonly privateEndpoints: Readonly<Record<string, SpecEndpoint>>;
  readonly egress: readonly SpecEgress[];
}

/** A third party as each cloud knows it. */
const PARTNER = {
  aws: { serviceName: "com.amazonaws.vpce.us-east-1.vpce-svc-0123456789abcdef0" },
  azure: {
    privateLinkServiceAlias: "partner.00000000-0000-0000-0000-000000000000.eastus2.azure.privatelinkservice",
  },
} as const;

const ZONES = ["edge", "front", "app", "jobs", "store", "cache", "tools", "audit"] as const;
const PORTS = [
  "22/tcp",
  "80/tcp",
  "443/tcp",
  "53/udp",
  "1024/tcp",
  "8443/tcp",
  "8443/udp",
  "8000-8100/tcp",
  "5000-6000/udp",
  "1-65535/tcp",
];
const EXIT_PORTS = [80, 443, 8443];

const few = (names: readonly string[], most: number): fc.Arbitrary<string[]> =>
  fc.subarray([...names], { minLength: 1, maxLength: Math.min(most, names.length) });

const ports = (more: readonly string[]): fc.Arbitrary<string[]> =>
  fc.uniqueArray(fc.constantFrom(...PORTS, ...more), { minLength: 1, maxLength: 3 });

function flowsOf(zones: readonly string[], open: readonly string[]): fc.Arbitrary<SpecFlow[]> {
  const some = few(zones, 2);
  const inside = fc.record({
    from: some,
    to: some,
    ports: ports(["icmp", "any"]),
    why: fc.constant("a test"),
  });
  if (open.length === 0) return fc.array(inside, { maxLength: 8 });
  const sources = fc.option(fc.subarray(["198.51.100.0/24", "203.0.113.64/26"], { minLength: 1 }), {
    nil: [],
  });
  const outside = fc
    .record({ to: few(open, 2), ports: ports(["icmp"]), sources })
    .map(
      ({ to, ports: list, sources: from }): SpecFlow => ({
        from: "internet",
        to,
        ports: list,
        why: "a test",
        ...(from.length === 0 ? {} : { sources: from }),
      }),
    );
  return fc
    .tuple(fc.array(inside, { maxLength: 8 }), fc.array(outside, { maxLength: 3 }))
    .map(([a, b]) => [...b, ...a]);
}

const SERVICES = [
  "model-api",
  "secrets",
  "keys",
  "logs",
  "metrics",
  "queue",
  "container-registry",
  "ml-platform",
];

/** At most one endpoint of each service, but object storage twice, which may split into gateways. */
function endpointsOf(zones: readonly string[]): fc.Arbitrary<Record<string, SpecEndpoint>> {
  const from = few(zones, 3);
  const access = fc.constantFrom("read", "write", "read-write");
  const managed = fc
    .uniqueArray(fc.constantFrom(...SERVICES), { maxLength: 2 })
    .chain((names) =>
      fc.tuple(
        ...names.map((service) =>
          fc
            .record({ service: fc.constant(service), from, access })
            .map((one): [string, SpecEndpoint] => [service, one]),
        ),
      ),
    );
  const storage = fc.array(fc.record({ service: fc.constant("object-storage"), from, access }), {
    maxLength: 2,
  });
  const custom = fc.option(
    fc
      .record({ from, ports: fc.constantFrom(["443/tcp"], ["8443/tcp"], ["7000-7010/tcp", "9000/tcp"]) })
      .map(
        (one): SpecEndpoint => ({
          ...one,
          service: "custom",
          dnsNames: ["x.svc.example.com"],
          target: PARTNER,
        }),
      ),
    { nil: undefined },
  );
  return fc
    .tuple(managed, storage, custom)
    .map(([a, b, c]) => ({
      ...Object.fromEntries(a),
      ...Object.fromEntries(b.map((one, index) => [`bucket-${index}`, one])),
      ...(c === undefined ? {} : { partner: c }),
    }));
}

const egressOf = (zones: readonly string[]): fc.Arbitrary<SpecEgress[]> =>
  zones.length === 0
    ? fc.constant([])
    : fc.array(
        fc.record({
          from: few(zones, 2),
          to: fc.subarray(["mirror.example.com", "*.example.org"], { minLength: 1 }),
          ports: fc
            .subarray(EXIT_PORTS, { minLength: 1, maxLength: 2 })
            .map((list) => list.map((port) => `${port}/tcp`)),
          why: fc.constant("a test"),
        }),
        { maxLength: 2 },
      );

const exposures = fc
  .uniqueArray(fc.constantFrom(...ZONES), { minLength: 2, maxLength: 5 })
  .chain((names) =>
    fc.tuple(
      ...names.map((name) =>
        fc
          .record(
            {
              exposure: fc.constantFrom("public", "private", "isolated"),
              prefix: fc.constantFrom(25, 27, 28),
              healthChecks: fc.boolean(),
            },
            { requiredKeys: ["exposure", "prefix"] },
          )
          .map((zone) => [name, zone] as const),
      ),
    ),
  );

export const anySpec: fc.Arbitrary<NetSpec> = exposures.chain((zones) => {
  const names = zones.map(([name]) => name);
  const having = (exposure: string): string[] =>
    zones.flatMap(([name, zone]) => (zone.exposure === exposure ? [name] : []));
  return fc.record({
    name: fc.constant("case"),
    region: fc.constant({ aws: "us-east-1", azure: "eastus2" }),
    cidr: fc.constantFrom("10.20.0.0/16", "172.16.0.0/20", "192.168.0.0/20", "100.64.0.0/18"),
    availabilityZones: fc.constantFrom(1, 2),
    zones: fc.constant(Object.fromEntries(zones)),
    flows: flowsOf(names, having("public")),
    privateEndpoints: endpointsOf(names),
    egress: egressOf(having("private")),
  });
});

const listed = (names: string | readonly string[]): readonly string[] =>
  typeof names === "string" ? [names] : names;

/** True when `ports` of a spec item cover the packet. */
export function covers(ports: readonly string[], protocol: Protocol, port: number): boolean {
  return ports.some((text) => {
    if (text === "any") return true;
    const [, first = "", last = first, kind = ""] = /^(\d+)(?:-(\d+))?\/(tcp|udp)$/.exec(text) ?? [];
    return kind === ""
      ? text === protocol
      : kind === protocol && Number(first) <= port && port <= Number(last);
  });
}

/** Whether a zone, or `internet` from the given text address, may open the connection to the zone. */
export function declaresFlow(
  spec: NetSpec,
  from: string,
  to: string,
  protocol: Protocol,
  port: number,
  within: (range: string) => boolean = () => true,
): boolean {
  return spec.flows.some(
    (flow) =>
      listed(flow.from).includes(from) &&
      listed(flow.to).includes(to) &&
      covers(flow.ports, protocol, port) &&
      (from !== "internet" || flow.sources === undefined || flow.sources.some(within)),
  );
}

export const declaresExit = (spec: NetSpec, zone: string, protocol: Protocol, port: number): boolean =>
  spec.egress.some((one) => one.from.includes(zone) && covers(one.ports, protocol, port));

/**
 * Parameters of a property: the same `few` cases each time, because a rendering takes a tenth of a second; with RUNS=500 in the
 * environment as many, and new ones each time.
 */
export function runs(few: number): { readonly numRuns: number; readonly seed?: number } {
  const asked = process.env["RUNS"];
  return asked === undefined ? { numRuns: few, seed: 20261121 } : { numRuns: Number(asked) };
}
