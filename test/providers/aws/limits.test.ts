/** What AWS limits, counted before anything is rendered. */
import { type Part, review, type Spec, said, spec } from "./rendered";

const flows = (count: number, from: string, to: string): Part => ({
  flows: [
    {
      from,
      to,
      ports: Array.from({ length: count }, (_, index) => `${2000 + 2 * index}/tcp`),
      why: "a test",
    },
  ],
});
const two = { zones: { front: { exposure: "public", hosts: 20 }, app: { exposure: "private", hosts: 20 } } };
const egress = (count: number): Part => ({
  egress: [
    {
      from: ["app"],
      to: Array.from({ length: count }, (_, index) => `h${index}.example.com`),
      ports: ["443/tcp"],
      why: "a test",
    },
  ],
});
const exits = (count: number): Part => ({
  egress: [
    {
      from: ["app"],
      to: ["mirror.example.com"],
      ports: Array.from({ length: count }, (_, index) => `${8000 + index}/tcp`),
      why: "a test",
    },
  ],
});
const manyZones = (count: number): Part => ({
  cidr: "10.16.0.0/12",
  availabilityZones: 3,
  zones: Object.fromEntries(
    Array.from({ length: count }, (_, index) => [`z${index}`, { exposure: "isolated", prefix: 28 }]),
  ),
});

const isolated = (count: number): Part =>
  Object.fromEntries(
    Array.from({ length: count }, (_, index) => [`z${index}`, { exposure: "isolated", prefix: 28 }]),
  );
const users = (count: number): Part => ({
  zones: isolated(count),
  privateEndpoints: { it: { service: "logs", from: Object.keys(isolated(count)) } },
});

/** The last zone writes, the others read. */
const buckets = (count: number): Part => {
  const zones = Object.keys(isolated(count));
  const storage = (from: readonly string[], access: string) => ({ service: "object-storage", from, access });
  return {
    zones: isolated(count),
    privateEndpoints: {
      reads: storage(zones.slice(0, -1), "read"),
      writes: storage(zones.slice(-1), "write"),
    },
  };
};

const partner = (index: number): Part => ({
  service: "custom",
  from: ["app"],
  ports: ["443/tcp"],
  dnsNames: [`p${index}.example.com`],
  target: {
    aws: { serviceName: `com.amazonaws.vpce.us-east-1.vpce-svc-${index.toString(16).padStart(17, "0")}` },
  },
});
const partners = (count: number): Part => ({
  privateEndpoints: Object.fromEntries(
    Array.from({ length: count }, (_, index) => [`p${index}`, partner(index)]),
  ),
});

/** Diagnostics of quotas, without those of coarse network ACLs. */
const quotas = (of: Spec): unknown[] =>
  review(of)
    .filter(({ code }) => code.startsWith("aws-quota"))
    .map(({ severity, summary, facts }) => ({ severity, summary, count: facts["count"] }));

describe("quotas", () => {
  test.each<readonly [string, Part, number]>([
    ["60 inbound rules", { ...two, ...flows(60, "internet", "front") }, 0],
    ["60 rules between zones", { ...two, ...flows(60, "front", "app") }, 0],
    ["7 ports to the internet, 8 entries each", exits(7), 0],
    ["66 zones of three subnets", manyZones(66), 0],
    ["60 users of an endpoint", users(60), 0],
    ["50 endpoints", partners(50), 0],
    ["20 zones with other rights on buckets", buckets(20), 0],
  ])("%s are within what every account has", (_words, part, count) => {
    expect(quotas(spec(part))).toHaveLength(count);
  });

  test.each<readonly [string, Part, string, number]>([
    [
      "21 zones with other rights on buckets",
      buckets(21),
      "gateway endpoints of the region: 21 needed, 20 by default",
      21,
    ],
    [
      "61 inbound rules",
      { ...two, ...flows(61, "internet", "front") },
      'inbound rules of zone "front": 61 needed, 60 by default',
      61,
    ],
    ["8 ports to the internet", exits(8), 'outbound rules of zone "app": 64 needed, 60 by default', 64],
    ["67 zones of three subnets", manyZones(67), "subnets of the VPC: 201 needed, 200 by default", 201],
    ["61 users of an endpoint", users(61), "inbound rules of endpoint logs: 61 needed, 60 by default", 61],
    ["51 endpoints", partners(51), "interface endpoints of the VPC: 51 needed, 50 by default", 51],
    [
      "six blocks of a wide range",
      {
        cidr: "10.16.0.0/12",
        zones: Object.fromEntries(
          [16, 18, 20, 22, 24, 26].map((net) => [
            `z${net}`,
            { exposure: "isolated", cidr: `10.${net}.0.0/24` },
          ]),
        ),
      },
      "address blocks of the VPC: 7 needed, 5 by default",
      7,
    ],
  ])("%s are a warning that names both numbers", (_words, part, summary, count) => {
    expect(quotas(spec(part))).toContainEqual({ severity: "warning", summary, count });
  });

  test.each<readonly [string, Part, string, number]>([
    [
      "1001 inbound rules",
      { ...two, ...flows(1001, "internet", "front") },
      'inbound rules of zone "front": 1001 needed, AWS takes 1000 at most',
      1001,
    ],
    [
      "60 endpoints",
      partners(60),
      "addresses of each subnet for endpoints: 60 needed, AWS takes 59 at most",
      60,
    ],
    ["1001 names", egress(1001), "names that resolve: 1002 needed, AWS takes 1000 at most", 1002],
  ])("%s are an error", (_words, part, summary, count) => {
    expect(quotas(spec(part))).toContainEqual({ severity: "error", summary, count });
  });

  test("a quota is reported at the part of the spec that needs it", () => {
    const found = said(spec(users(61))).filter((line) => line.includes("quota"));
    expect(found).toEqual(["warning aws-quota-default privateEndpoints.it"]);
  });

  test("subnets that are whole blocks of the VPC are an error of zones with egress only", () => {
    const of = (exposure: string, more: Part = {}) =>
      spec({ cidr: "10.0.0.0/12", zones: { app: { exposure, prefix: 16 } }, ...more });
    expect(said(of("isolated"))).toEqual([]);
    expect(said(of("private", egress(1)))).toEqual(["error aws-subnet-whole-block zones.app"]);
  });

  test("a subnet wider than AWS takes is an error", () => {
    expect(
      said(spec({ cidr: "10.16.0.0/12", zones: { app: { exposure: "private", prefix: 15 } } })),
    ).toContainEqual(expect.stringContaining("error aws-subnet-too-large zones.app"));
  });
});

describe("a range that ends in 172.31.0.0/16", () => {
  const errors = (cidr: string): string[] =>
    review(spec({ cidr, zones: { app: { exposure: "private", hosts: 20 } } }))
      .filter(({ severity }) => severity === "error")
      .map(({ code, path }) => `${code} ${path}`);

  test.each([
    ["172.16.0.0/12", "172.16.0.0/13"],
    ["172.24.0.0/13", "172.24.0.0/14"],
    ["172.28.0.0/14", "172.28.0.0/15"],
    ["172.30.0.0/15", "172.30.0.0/16"],
  ])("%s is refused, its lower half is not", (cidr, half) => {
    expect(errors(cidr)).toEqual(["aws-range-restricted cidr"]);
    expect(errors(half)).toEqual([]);
  });

  test.each(["172.31.0.0/16", "172.16.0.0/13", "10.16.0.0/12", "100.64.0.0/12"])("%s is taken", (cidr) => {
    expect(errors(cidr)).toEqual([]);
  });
});

test("a note says where a second enclave has no place in the region", () => {
  const shares = (availabilityZones: number, more: Part) =>
    review(spec({ ...two, ...more, availabilityZones })).filter(({ code }) => code === "aws-quota-shares");
  expect(shares(3, egress(1))).toEqual([
    expect.objectContaining({
      severity: "info",
      facts: { VPCs: 1, "elastic addresses": 3, firewalls: 1, "resource policies of CloudWatch Logs": 1 },
    }),
  ]);
  expect(shares(2, egress(1))).toEqual([]);
  expect(shares(3, {})).toEqual([]);
});
