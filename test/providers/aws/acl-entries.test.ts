/** Entries of network ACLs: each has a number of its own, and what they open nobody else opens. */
import { allow } from "../../../providers/aws/render/acl-entries";
import { fit as fitted } from "../../../providers/aws/render/acl-fitting";
import type { TerraformDocument } from "../../../src/plan/provider";
import { brokenPromises } from "../../../src/verifier/verify";
import { bodies } from "./network";
import { EXAMPLE, type Part, render, spec } from "./rendered";

const isolated = (...names: readonly string[]): Part =>
  Object.fromEntries(names.map((name) => [name, { exposure: "isolated", prefix: 28 }]));
const flow = (from: string, to: string, port: string): Part => ({ from, to, ports: [port], why: "a test" });
const custom = (from: readonly string[], name: string, ...ports: readonly string[]): Part => {
  const target = {
    aws: { serviceName: `com.amazonaws.vpce.us-east-1.vpce-svc-0123456789abcdef${name.length % 10}` },
  };
  return { service: "custom", from, ports, dnsNames: [`${name}.svc.example.com`], target };
};

/** Zones `a` and those of `more`, behind a service on `ports`, with one flow. */
const served = (ports: readonly string[], port = "8080/tcp", ...more: readonly string[]): Part => {
  const db = custom(["a", ...more], "db", ...ports);
  return { zones: isolated("a", "b", ...more), flows: [flow("a", "b", port)], privateEndpoints: { db } };
};

test("two entries of one number that differ are an error of ours, two that are equal are one", () => {
  const entry = allow({ block: { newbits: 4, index: 1 }, ordinal: 1 }, 1, { protocol: "icmp" });
  const of = (...wanted: (typeof entry)[]) =>
    fitted(wanted).entries.filter(({ number }) => number === entry.number);
  expect(of(entry, { ...entry })).toEqual([entry]);
  expect(() => of(entry, { ...entry, action: "deny" })).toThrow(
    "internal: two network ACL entries are number 1",
  );
});

const CLOSED = "127.0.0.1/32";

test("a zone in quarantine has one entry more that counts, before all others, and it is there all the time", () => {
  const { document } = render(spec(served(["443/tcp"])));
  const acls = Object.fromEntries(bodies(document, "aws_network_acl"));
  for (const side of ["ingress", "egress"])
    expect((acls["a"]?.[side] as Part[] | undefined)?.[0]).toEqual({
      rule_no: 1,
      action: "deny",
      protocol: "-1",
      cidr_block: `\${contains(var.quarantine, "a") ? "0.0.0.0/0" : "${CLOSED}"}`,
      ipv6_cidr_block: null,
      from_port: 0,
      to_port: 0,
      icmp_type: null,
      icmp_code: null,
    });
});

test("groups alone open nothing that is not declared: the order in which entries come and go does not matter", () => {
  const { document, enclave, addresses } = render(EXAMPLE);
  const opened = structuredClone(document) as { resource: Record<string, Record<string, Part>> };
  const everything = { cidr_block: "0.0.0.0/0", protocol: "-1", rule_no: 2, action: "allow" };
  for (const acl of Object.values(opened.resource["aws_network_acl"] ?? {}))
    Object.assign(acl, { ingress: [everything], egress: [everything] });
  // No route leads to these: they are what ACLs alone keep from those that the internet may be.
  const ofOtherNetworks = /\b(10\.0\.0\.5|100\.64\.0\.5)\b/;
  const broken = brokenPromises("aws", opened as unknown as TerraformDocument, enclave, addresses);
  const promises = broken.filter(({ detail }) => !ofOtherNetworks.test(detail)).map(({ promise }) => promise);
  expect([...new Set(promises)].sort()).toEqual([
    "quarantine ends connections that are open when it begins",
    "rules are such as the cloud takes, and none undoes another",
  ]);
});
