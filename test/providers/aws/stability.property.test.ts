/** What exists keeps its number and its address when neighbours come, go or change places, with the lock file fed back. */
import fc from "fast-check";
import { BANDS } from "../../../providers/aws/render/acl-entries";
import type { TerraformDocument } from "../../../src/plan/provider";
import { anySpec, type NetSpec, runs } from "../../support/random-specs";
import { bodies } from "./network";
import { type Rendered, synth } from "./rendered";

type Facts = ReadonlyMap<string, string>;

/** Of a coarse entry, which may say what an exact one says that takes its place. */
const isCoarse = (number: number): boolean =>
  (number >= BANDS.enclosing && number < BANDS.endpointUse) ||
  (number >= BANDS.wholePeer && number < BANDS.notInternet);

/** Replies on every port say what some request says. */
const isReply = (number: number): boolean => number >= BANDS.replyTcp && number < BANDS.enclosing;

/** What an ACL entry says, without its number: ACL, direction, action, traffic, block. */
function entryNumbers(document: TerraformDocument): Facts {
  return new Map(
    bodies(document, "aws_network_acl").flatMap(([name, body]) =>
      ["ingress", "egress"].flatMap((side) =>
        (body[side] as Readonly<Record<string, unknown>>[])
          .filter(({ rule_no }) => !isCoarse(Number(rule_no)))
          .map(({ rule_no, ...rest }): [string, string] => [
            `${name} ${side} ${isReply(Number(rule_no)) ? "reply " : ""}${JSON.stringify(rest)}`,
            String(rule_no),
          ]),
      ),
    ),
  );
}

/** Firewall rules without their ids. */
function signatureIds(document: TerraformDocument): Facts {
  const text = bodies(document, "aws_networkfirewall_rule_group").map(
    ([, body]) =>
      (body as { rule_group: { rules_source: { rules_string: string } } }).rule_group.rules_source
        .rules_string,
  );
  const rules = text.join("\n").split("\n").filter(Boolean);
  return new Map(rules.map((rule) => [rule.replace(/sid:\d+;/, ""), /sid:(\d+);/.exec(rule)?.[1] ?? "none"]));
}

const blocks = (document: TerraformDocument): Facts =>
  new Map(bodies(document, "aws_subnet").map(([name, body]) => [name, String(body["cidr_block"])]));

/** Group rules and tables by address: what they say may only change when the spec item they stand for does. */
function rules(document: TerraformDocument): Facts {
  const types = [
    "aws_vpc_security_group_ingress_rule",
    "aws_vpc_security_group_egress_rule",
    "aws_route_table",
  ];
  return new Map(
    types.flatMap((type) =>
      bodies(document, type).map(([name, body]): [string, string] => [
        `${type}.${name}`,
        JSON.stringify(body),
      ]),
    ),
  );
}

function expectKept(before: Facts, after: Facts): number {
  const kept = [...before].filter(([key]) => after.has(key));
  expect(kept.map(([key]) => [key, after.get(key)])).toEqual(kept);
  return kept.length;
}

/** Takes items away, adds those of another spec, and shuffles what there is. */
const anyChange = fc
  .tuple(anySpec, anySpec, fc.infiniteStream(fc.nat()), fc.boolean())
  .map(([base, other, numbers, more]) => {
    const pick = (): number => numbers.next().value;
    const mixed = <T>(own: readonly T[], others: readonly T[]): T[] =>
      [...own.filter(() => pick() % 4 > 0), ...others.filter(() => pick() % 2 > 0)].sort(
        () => (pick() % 2) - 0.5,
      );
    const zones = { ...Object.fromEntries(Object.entries(other.zones).reverse()), ...base.zones };
    const exposed = (name: string, exposure: string): boolean => zones[name]?.exposure === exposure;
    const names = (value: string | readonly string[]): readonly string[] =>
      typeof value === "string" ? [value] : value;
    const flows = mixed(base.flows, other.flows).filter(
      (flow) => flow.from !== "internet" || names(flow.to).every((name) => exposed(name, "public")),
    );
    const egress = mixed(base.egress, other.egress).filter((one) =>
      one.from.every((name) => exposed(name, "private")),
    );
    const slots = more ? 3 : base.availabilityZones;
    const after: NetSpec = {
      ...base,
      zones,
      flows,
      egress,
      availabilityZones: slots,
      privateEndpoints: { ...other.privateEndpoints, ...base.privateEndpoints },
    };
    return { before: base, after };
  });

test("numbers, signature ids and addresses of what exists in both never move", () => {
  const kept = { entries: 0, ids: 0, blocks: 0 };
  fc.assert(
    fc.property(anyChange, ({ before, after }) => {
      const first = synth(before).rendered;
      const second = first === undefined ? undefined : synth(after, first.lock).rendered;
      if (first === undefined || second === undefined) return;
      kept.entries += expectKept(entryNumbers(first.document), entryNumbers(second.document));
      kept.ids += expectKept(signatureIds(first.document), signatureIds(second.document));
      kept.blocks += expectKept(blocks(first.document), blocks(second.document));
    }),
    runs(12),
  );
  for (const count of Object.values(kept)) expect(count).toBeGreaterThan(20);
});

test("the order of flows, endpoints, zones and egress changes nothing at all", () => {
  const reversed = (spec: NetSpec): NetSpec => ({
    ...spec,
    zones: Object.fromEntries(Object.entries(spec.zones).reverse()),
    flows: [...spec.flows].reverse(),
    egress: [...spec.egress].reverse(),
  });
  fc.assert(
    fc.property(anySpec, (spec) => {
      const first = synth(spec).rendered;
      const second = first === undefined ? undefined : synth(reversed(spec), first.lock).rendered;
      if (first === undefined || second === undefined) return;
      for (const facts of [rules, entryNumbers, signatureIds, blocks])
        expect([...facts(second.document)].sort()).toEqual([...facts(first.document)].sort());
    }),
    runs(6),
  );
});

describe("one more availability zone", () => {
  const spec = (slots: number): NetSpec => ({
    name: "grow",
    region: "us-east-1",
    cidr: "10.20.0.0/16",
    availabilityZones: slots,
    zones: {
      front: { exposure: "public", prefix: 27 },
      app: { exposure: "private", prefix: 26 },
      store: { exposure: "isolated", prefix: 28 },
    },
    flows: [
      { from: "internet", to: ["front"], ports: ["443/tcp"], why: "a test" },
      { from: ["front"], to: ["app"], ports: ["8080/tcp"], why: "a test" },
    ],
    privateEndpoints: {
      reader: { service: "object-storage", from: ["app"], access: "read" },
      writer: { service: "object-storage", from: ["store"], access: "write" },
      credentials: { service: "secrets", from: ["app"] },
    },
    egress: [{ from: ["app"], to: ["mirror.example.com"], ports: ["443/tcp"], why: "a test" }],
  });
  const all = ({ document }: Rendered): Map<string, string> => {
    const types = Object.keys(document["resource"] as object);
    return new Map(
      types.flatMap((type) =>
        bodies(document, type).map(([name, body]): [string, string] => [
          `${type}.${name}`,
          JSON.stringify(body),
        ]),
      ),
    );
  };

  test.each([1, 2])(
    "than %i only adds: resources stay as they are, but for lists of subnets and tables, which grow",
    (slots) => {
      const first = synth(spec(slots)).rendered;
      const second = synth(spec(slots + 1), first?.lock).rendered;
      if (first === undefined || second === undefined) throw new Error("a spec does not render");
      const [before, after] = [all(first), all(second)];
      const changed = [...before]
        .filter(([address, body]) => after.get(address) !== body)
        .map(([address]) => address);
      const lists =
        /^(aws_(network_acl|vpc_endpoint|networkfirewall_firewall)\.|terraform_data\.enclave_deletion_protection$)/;
      expect(changed.filter((address) => !lists.test(address))).toEqual([]);
      expect(changed.filter((address) => !after.has(address))).toEqual([]);
      expect(after.size).toBeGreaterThan(before.size);
      for (const address of changed)
        expect(shrunk(before.get(address) ?? "", after.get(address) ?? "")).toEqual([]);
    },
  );

  /** References that the longer list has lost. */
  const shrunk = (before: string, after: string): string[] =>
    (before.match(/aws_\w+\.\w+/g) ?? []).filter((reference) => !after.includes(reference));
});
