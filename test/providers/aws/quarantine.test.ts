/** The variable `quarantine` changes values, never what exists, and no combination of zones makes two rules equal. */
import fc from "fast-check";
import { voidAddresses } from "../../../providers/aws/render/ways";
import type { TerraformDocument } from "../../../src/plan/provider";
import type { GroupRule } from "../../../src/verifier/aws/groups";
import { evaluate } from "../../../src/verifier/terraform/expressions";
import { anySpec, type NetSpec, runs } from "../../support/random-specs";
import { bodies, readNetwork, readRules } from "./network";
import { render, synth } from "./rendered";

const TYPES = ["aws_vpc_security_group_ingress_rule", "aws_vpc_security_group_egress_rule"];

/** Two rules of one group that AWS would take for one: same traffic, same peer. */
function equalRules(document: TerraformDocument, cut: readonly string[]): string[] {
  return TYPES.flatMap((type) => [...readRules(document, type, cut).values()].flatMap(repeated));
}

const repeated = (rules: readonly GroupRule[]): string[] => {
  const texts = rules.map(({ resource: _, ...rule }) => JSON.stringify(rule));
  return texts.filter((text, index) => texts.indexOf(text) !== index);
};

const subsets = (names: readonly string[]): string[][] =>
  Array.from({ length: 2 ** names.length }, (_, bits) =>
    names.filter((_name, index) => Math.floor(bits / 2 ** index) % 2 === 1),
  );

const RICH: NetSpec = {
  name: "rich",
  region: "us-east-1",
  cidr: "10.20.0.0/18",
  availabilityZones: 2,
  zones: {
    front: { exposure: "public", prefix: 27 },
    app: { exposure: "private", prefix: 27 },
    jobs: { exposure: "private", prefix: 27 },
    store: { exposure: "isolated", prefix: 27 },
  },
  flows: [
    {
      from: "internet",
      to: ["front"],
      ports: ["443/tcp", "icmp"],
      sources: ["198.51.100.0/24", "203.0.113.0/25"],
      why: "a test",
    },
    { from: ["front", "jobs"], to: ["app", "store"], ports: ["443/tcp", "any", "icmp"], why: "a test" },
    { from: ["app"], to: ["app", "store"], ports: ["443/tcp", "443/udp"], why: "a test" },
  ],
  privateEndpoints: {
    reader: { service: "object-storage", from: ["app", "store"], access: "read" },
    writer: { service: "object-storage", from: ["app"], access: "write" },
    credentials: { service: "secrets", from: ["app", "jobs"] },
  },
  egress: [
    { from: ["app", "jobs"], to: ["mirror.example.com"], ports: ["443/tcp", "80/tcp"], why: "a test" },
  ],
};

test("no two rules of a group are equal, whichever zones are in quarantine", () => {
  const { document } = render(RICH);
  for (const cut of subsets(Object.keys(RICH.zones)))
    expect([cut, equalRules(document, cut)]).toEqual([cut, []]);
});

test("no two rules of a group are equal in random enclaves either", () => {
  fc.assert(
    fc.property(anySpec, (spec) => {
      const { rendered } = synth(spec);
      if (rendered === undefined) return;
      for (const cut of subsets(Object.keys(spec.zones)))
        expect([cut, equalRules(rendered.document, cut)]).toEqual([cut, []]);
    }),
    runs(6),
  );
});

test("nothing comes and goes: everything keeps its address", () => {
  const { document } = render(RICH);
  const types = Object.keys(document["resource"] as object);
  const conditional = types.flatMap((type) =>
    bodies(document, type).filter(([, body]) => "count" in body || "for_each" in body),
  );
  expect(conditional).toEqual([]);
});

test.each(Object.keys(RICH.zones))(
  "the subnets of %s in quarantine deny everything before anything else is looked at, and lose their way to gateway endpoints",
  (zone) => {
    const net = readNetwork(render(RICH).document, [zone]);
    for (const name of [`${zone}_1`, `${zone}_2`]) {
      const { acl, gateways } = net.subnets.get(name) ?? { acl: { ingress: [], egress: [] } };
      expect(gateways).toEqual([]);
      for (const [first] of [acl.ingress, acl.egress])
        expect(first).toMatchObject({
          number: 1,
          allow: false,
          protocol: "any",
          block: { base: 0, prefix: 0 },
        });
    }
  },
);

test.each(Object.keys(RICH.zones))(
  "quarantine of %s leaves the entries and routes of all other zones as they are",
  (zone) => {
    const { document } = render(RICH);
    const [before, after] = [readNetwork(document, []), readNetwork(document, [zone])];
    for (const [name, subnet] of before.subnets)
      if (!name.startsWith(`${zone}_`)) expect(after.subnets.get(name)).toEqual(subnet);
  },
);

test("the firewall forgets the addresses of a zone in quarantine, and of no other", () => {
  const [[, group] = ["", {}]] = bodies(render(RICH).document, "aws_networkfirewall_rule_group");
  const sets = (
    group["rule_group"] as {
      rule_variables: { ip_sets: { key: string; ip_set: { definition: string[] } }[] };
    }
  ).rule_variables.ip_sets;
  const values = (cut: string[]) =>
    sets.map(({ key, ip_set }) => [key, evaluate(ip_set.definition, { quarantine: cut })]);
  const blocks = Object.fromEntries(values([]));
  expect(Object.keys(blocks).sort()).toEqual(["ZONE_APP", "ZONE_JOBS"]);
  expect(Object.fromEntries(values(["app"]))).toEqual({ ...blocks, ZONE_APP: ["127.0.0.1/32"] });
});

describe("the address that stands for a source in quarantine", () => {
  const sources = Array.from(
    { length: 300 },
    (_, index) => `${20 + (index % 60)}.${index % 250}.${(index * 7) % 250}.0/24`,
  );

  test("is a loopback address, a different one for each source of a flow", () => {
    const voids = [...voidAddresses(sources).values()];
    expect(new Set(voids).size).toBe(new Set(sources).size);
    for (const one of voids) expect(one).toMatch(/^127\.\d+\.\d+\.\d+\/32$/);
  });

  test("stays when other sources come or go, and whatever their order is", () => {
    const all = voidAddresses(sources);
    for (const [range, value] of voidAddresses(sources.slice(100, 200).reverse()))
      expect([range, all.get(range)]).toEqual([range, value]);
  });
});

test("a source that is written twice is one rule", () => {
  const twice = {
    ...RICH,
    flows: [
      {
        from: "internet",
        to: ["front"],
        ports: ["443/tcp"],
        sources: ["198.51.100.0/24", "198.51.100.0/24"],
        why: "a test",
      },
    ],
  };
  const names = bodies(render(twice).document, "aws_vpc_security_group_ingress_rule").map(([name]) => name);
  expect(names.filter((name) => name.startsWith("internet_"))).toEqual([
    "internet_to_front_443_tcp_198_51_100_0_24",
  ]);
});
