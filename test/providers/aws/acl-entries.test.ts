/** Entries of network ACLs: none is lost for its name, and none takes the number of one that Terraform has yet to delete. */
import { allow } from "../../../providers/aws/render/acl-entries";
import { fit as fitted } from "../../../providers/aws/render/acl-fitting";
import type { TerraformDocument } from "../../../src/plan/provider";
import { bodies } from "./network";
import { type Part, render, spec } from "./rendered";

const isolated = (...names: readonly string[]): Part =>
  Object.fromEntries(names.map((name) => [name, { exposure: "isolated", prefix: 28 }]));
const flow = (from: string, to: string, port: string): Part => ({ from, to, ports: [port], why: "a test" });
const custom = (from: readonly string[], name: string, ...ports: readonly string[]): Part => {
  const target = {
    aws: { serviceName: `com.amazonaws.vpce.us-east-1.vpce-svc-0123456789abcdef${name.length % 10}` },
  };
  return { service: "custom", from, ports, dnsName: `${name}.svc.example.com`, target };
};

/** Entries of one ACL in one direction by the zone that they admit, as `protocol from-to`. */
function admitted(of: Part, acl: string, egress: boolean): readonly string[] {
  const { document, plan, printer } = render(spec(of));
  const zones = new Map(plan.zones.map((zone) => [printer.cidr(zone.block), zone.name]));
  return bodies(document, "aws_network_acl_rule")
    .map(([, body]) => body)
    .filter((body) => body["network_acl_id"] === `\${aws_network_acl.${acl}.id}` && body["egress"] === egress)
    .flatMap((body) => {
      const zone = zones.get(String(body["cidr_block"]));
      return zone === undefined
        ? []
        : [`${zone} ${body["protocol"]} ${body["from_port"] ?? "-"} ${body["to_port"] ?? "-"}`];
    })
    .sort();
}

describe("names that could be read in two ways", () => {
  test.each([
    ["icmp", "icmp - -"],
    ["any", "-1 0 0"],
  ])("a zone that is called as the replies of %s are", (port, traffic) => {
    const of = {
      zones: isolated("z", "x", "x-replies"),
      flows: [flow("x", "z", port), flow("z", "x-replies", port)],
    };
    expect(admitted(of, "z", true)).toEqual([`x ${traffic}`, `x-replies ${traffic}`]);
    expect(admitted(of, "z", false)).toEqual([`x ${traffic}`, `x-replies ${traffic}`]);
  });

  test("a zone that is called as the internet's replies are", () => {
    const zones = { ...isolated("internet-replies"), z: { exposure: "public", prefix: 28 } };
    const of = { zones, flows: [flow("internet", "z", "icmp"), flow("z", "internet-replies", "icmp")] };
    expect(admitted(of, "z", true)).toEqual(["internet-replies icmp - -"]);
  });

  test("a range of ports, and a zone that ends in a port", () => {
    const of = {
      zones: isolated("z", "x", "x-8080"),
      flows: [flow("x", "z", "8080-8443/tcp"), flow("x-8080", "z", "8443/tcp")],
    };
    expect(admitted(of, "z", false)).toEqual(["x tcp 8080 8443", "x-8080 tcp 8443 8443"]);
  });

  test("a zone that is called as an entry of the internet is, with all its ports", () => {
    const many = Array.from({ length: 14 }, (_, index) => `${8000 + index}/tcp`);
    const zones = { ...isolated("internet-443-tcp"), z: { exposure: "public", prefix: 28 } };
    const flows = [
      flow("internet", "z", "443/tcp"),
      ...many.map((port) => flow("internet-443-tcp", "z", port)),
    ];
    expect(admitted({ zones, flows }, "z", false)).toEqual(["internet-443-tcp tcp 0 65535"]);
  });

  test("an endpoint of a zone, and a zone that ends as endpoints begin", () => {
    const [first, second] = ["b-enclave-custom-c", "c"];
    const of = {
      zones: isolated("a", "a-enclave-custom-b"),
      privateEndpoints: {
        [first]: custom(["a"], first, "5432/tcp"),
        [second]: custom(["a-enclave-custom-b"], second, "5433/tcp"),
      },
    };
    expect(admitted(of, "enclave_endpoints", false)).toEqual([
      "a tcp 5432 5432",
      "a-enclave-custom-b tcp 5433 5433",
    ]);
  });

  test("two entries of one name that differ are an error of ours, two that are equal are one", () => {
    const entry = allow({ id: "a", block: { newbits: 4, index: 1 }, ordinal: 1 }, "x", 1, {
      protocol: "icmp",
    });
    const of = (...wanted: (typeof entry)[]) => fitted(wanted).entries.filter(({ id }) => id === entry.id);
    expect(of(entry, { ...entry })).toEqual([entry]);
    expect(() => of(entry, { ...entry, number: 2 })).toThrow(
      "internal: two network ACL entries are called x",
    );
  });
});

/** What has a number, by ACL and direction. */
const holders = (document: TerraformDocument): ReadonlyMap<string, string> =>
  new Map(
    bodies(document, "aws_network_acl_rule").map(([name, { network_acl_id, egress, rule_number }]) => [
      `${network_acl_id} ${egress} ${rule_number}`,
      name,
    ]),
  );

/** Zones `a` and those of `more`, behind a service on `ports`, with one flow. */
const served = (ports: readonly string[], port = "8080/tcp", ...more: readonly string[]): Part => {
  const db = custom(["a", ...more], "db", ...ports);
  return { zones: isolated("a", "b", ...more), flows: [flow("a", "b", port)], privateEndpoints: { db } };
};

describe("Terraform may create before it deletes: a number stays with its address through", () => {
  const many = Array.from({ length: 20 }, (_, index) => `c${index}`);
  test.each<readonly [string, Part, Part]>([
    ["a port more of an endpoint", served(["5432/tcp"]), served(["5432/tcp", "9000/tcp"])],
    ["another port of an endpoint", served(["5432/tcp"]), served(["5433/tcp"])],
    ["an endpoint that comes to HTTPS", served(["5432/tcp"]), served(["443/tcp"])],
    ["another port of a flow", served(["443/tcp"]), served(["443/tcp"], "8081/tcp")],
    ["a flow that becomes a range", served(["443/tcp"]), served(["443/tcp"], "8080-8081/tcp")],
    ["a flow that becomes another protocol", served(["443/tcp"], "icmp"), served(["443/tcp"], "any")],
    [
      "so many zones behind HTTPS that their entries are coarsened",
      served(["443/tcp"]),
      served(["443/tcp"], "8080/tcp", ...many),
    ],
    [
      "so many zones behind a port that their entries are coarsened",
      served(["5432/tcp"]),
      served(["5432/tcp"], "8080/tcp", ...many),
    ],
  ])("%s", (_words, before, after) => {
    const first = render(spec(before));
    const second = render(spec(after), first.lock);
    const [names, later] = [holders(first.document), holders(second.document)];
    const both = [...names].filter(([number]) => later.has(number));
    expect(both.length).toBeGreaterThan(5);
    expect(both.map(([number]) => [number, later.get(number)])).toEqual(both);
    expect(bodies(second.document, "aws_network_acl_rule")).not.toEqual(
      bodies(first.document, "aws_network_acl_rule"),
    );
  });
});
