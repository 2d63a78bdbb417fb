/** Quotas and names, counted before anything is rendered: what hardly anybody reaches by hand. */

import { googleProvider } from "../../../providers/google/provider";
import { googleName } from "../../../providers/google/render/naming";
import type { PolicyRule } from "../../../providers/google/render/ways";
import { namesOf } from "../../../providers/google/review/names";
import { attributesOf, countOperators, quotasOfRule } from "../../../providers/google/review/quotas";
import { literalPrinter } from "../../../src/addresses/address";
import { cidr } from "../../../src/net/cidr";
import type { NetworkPlan } from "../../../src/plan/network-plan";
import { flowsOf } from "../../../src/plan/ways";
import { render as planned } from "../../support/rendered";
import { attempt, render, resourcesOf, rulesOf, spec } from "./rendered";

const YAML = spec(`flows:
  - { from: internet, to: web, ports: [443/tcp], why: "public" }
  - { from: web, to: app, ports: [8080/tcp], why: "requests" }
privateEndpoints:
  corpus: { service: object-storage, from: [app] }
  index: { service: custom, from: [app], ports: [443/tcp], dnsNames: [index.example.com], target: { google: { serviceAttachment: projects/p/regions/us-east1/serviceAttachments/s } } }
egress:
  - { from: app, to: ["*.example.com"], ports: [443/tcp, 80/tcp], why: "packages" }
`);

const planOf = (yaml: string): NetworkPlan => planned("google", yaml).plan;

const plan = planOf(YAML);
const printer = literalPrinter(cidr("10.20.0.0/16"));
const review = (changed: NetworkPlan) => googleProvider.review(changed, printer);
const codes = (changed: NetworkPlan): string[] => review(changed).map(({ code }) => code);
const RULE: PolicyRule = {
  ...{ priority: 1, name: "x", direction: "INGRESS", action: "deny", description: "" },
  ...{ sources: ["10.0.0.0/8"], destinations: [], traffic: [] },
} as const;

describe("quotas", () => {
  test("attributes are ranges, protocols and ports", () => {
    const sources = ["10.0.0.0/8", "192.168.0.0/16"];
    const tcp = (port: number) => ({ protocol: "tcp", from: port, to: port }) as const;
    const traffic = [tcp(80), tcp(443), { protocol: "udp", from: 4000, to: 5000 } as const];
    expect(attributesOf([{ ...RULE, sources, destinations: ["100.64.0.7/32"], traffic }])).toBe(8);
  });

  test("many rules are a warning with both numbers", () => {
    const [flow] = flowsOf(plan).filter(({ from }) => from.kind === "zone");
    if (flow === undefined) throw new Error("no flow between zones");
    const ways = Array.from({ length: 300 }, (_, ordinal) => ({ ...flow, id: `p_${ordinal}`, ordinal }));
    const found = review({ ...plan, ways }).find(({ code }) => code === "google-rule-attributes");
    expect(found).toMatchObject({ severity: "warning", facts: { threshold: 2000 } });
    expect(codes(plan)).not.toContain("google-rule-attributes");
  });

  test("ranges of a rule are counted on both sides, 5000 at most", () => {
    const many = Array.from({ length: 5001 }, (_, index) => `10.${index >> 8}.${index & 255}.0/24`);
    expect(quotasOfRule({ ...RULE, destinations: many }).map(({ count, most }) => [count, most])).toEqual([
      [1, 5000],
      [5001, 5000],
    ]);
  });

  test("no rule that is rendered has more ranges than the two of Google's proxies", () => {
    const counts = rulesOf(render(YAML)).flatMap(({ sources, destinations }) => [
      sources.length,
      destinations.length,
    ]);
    expect(Math.max(...counts)).toBe(2);
  });

  test.each([
    ["a && b || !c", 3],
    ["a != b", 0],
    [`inIpRange(source.ip, '\${contains(var.q, "a") || !x ? "1" : "2"}') && b`, 1],
    [Array.from({ length: 14 }, () => "x").join(" || "), 13],
  ])("logical operators of %s are counted where Google reads them", (text, count) => {
    expect(countOperators(text)).toBe(count);
  });

  test("the condition of every rendered proxy rule has two operators of twelve", () => {
    const rules = [...resourcesOf(render(YAML), "network_security_gateway_security_policy_rule").values()];
    const counts = rules.map((rule) => countOperators(String(rule["session_matcher"])));
    expect(counts).toEqual([2, 2]);
  });

  test("a number above the addresses for endpoints is an error", () => {
    const numbered = (ordinal: number) => plan.endpoints.map((endpoint) => ({ ...endpoint, ordinal }));
    expect(codes({ ...plan, endpoints: numbered(234) })).not.toContain("google-endpoint-addresses");
    expect(codes({ ...plan, endpoints: numbered(235) })).toContain("google-endpoint-addresses");
  });

  test("more zones than Google takes are an error with both numbers", () => {
    const named = (length: number): NetworkPlan["resolvable"] =>
      Array.from({ length }, (_, index) => ({
        pattern: `n${index}.example.com`,
        purpose: "explicit",
        because: [],
      }));
    const zones = resourcesOf(render(YAML), "dns_managed_zone").size;
    const found = review({ ...plan, resolvable: named(10_001 - zones) }).find(
      ({ code }) => code === "google-quota",
    );
    expect(found).toMatchObject({
      severity: "error",
      path: "dns.allow",
      facts: { count: 10_001, maximum: 10_000 },
    });
    expect(codes({ ...plan, resolvable: named(10_000 - zones) })).not.toContain("google-quota");
  });
});

/** Two domains whose zones come to one name: found by trying, as the hash has 24 bits. */
function alike(): readonly [string, string] {
  const seen = new Map<string, string>();
  for (let number = 0; number < 200_000; number++) {
    const domain = `${"a".repeat(60)}.n${number}.example.com`;
    const name = googleName(plan, `enclave_allow_${domain.replaceAll(".", "_")}`);
    const other = seen.get(name);
    if (other !== undefined) return [other, domain];
    seen.set(name, domain);
  }
  throw new Error("no two of these names collide");
}

describe("names that are too long keep their beginning and a hash", () => {
  const [first, second] = alike();

  test("and two that come to the same are an error that names both", () => {
    const { diagnostics, exitCode } = attempt(spec(`dns:\n  allow:\n    - ${first}\n    - ${second}\n`));
    const found = diagnostics.filter(({ code }) => code === "google-name-collision");
    expect(found).toMatchObject([
      { severity: "error", path: "dns.allow[1]", facts: { this: second, other: first } },
    ]);
    expect(found[0]?.detail).toContain(`${second} (dns.allow[1]) and ${first} (dns.allow[0])`);
    expect(exitCode).toBe(2);
  });

  test("and each of them alone is taken", () => {
    for (const domain of [first, second])
      expect(attempt(spec(`dns: { allow: [${domain}] }\n`)).exitCode).toBe(0);
  });
});

test("every name that is made of the spec's own is looked at: what is rendered has no other", () => {
  const document = render(YAML);
  const reviewed = new Set(namesOf(plan).map(({ kind, name }) => `${kind} ${name}`));
  const rendered = (kind: string, type: string): string[] =>
    [...resourcesOf(document, type).values()]
      .map((one) => `${kind} ${one["name"]}`)
      .filter((name) => !/ small-enclave-(?!service|index)/.test(name));
  const found = [
    ...rendered("subnetwork", "compute_subnetwork"),
    ...rendered("address", "compute_address"),
    ...rendered("forwarding rule", "compute_forwarding_rule").map((name) => name.replace(/\$\{.*/, "")),
    ...rendered("DNS zone", "dns_managed_zone"),
    ...rendered("list of names", "network_security_url_lists"),
    ...rulesOf(document)
      .filter(({ name }) => !/^enclave-|-enclave-(?:proxy|google-apis)-out$/.test(name))
      .map(({ name }) => `firewall rule ${name}`),
  ];
  expect(found.length).toBeGreaterThan(12);
  expect(found.filter((name) => !reviewed.has(name))).toEqual([]);
});

test("an endpoint may be called as the infrastructure is", () => {
  const document = render(
    spec(`privateEndpoints:
  proxy: { service: relational-db, from: [app] }
  google-apis: { service: relational-db, from: [app] }
  files: { service: object-storage, from: [app] }
egress:
  - { from: app, to: [mirror.example.com], ports: [443/tcp], why: "packages" }
`),
  );
  const names = rulesOf(document).map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
});
