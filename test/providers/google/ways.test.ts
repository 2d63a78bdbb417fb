/** Ways as rules of the firewall policy: a declared way is open at both ends, and everything else is denied. */
import { permitsOf, render, resource, ruleNamed, rulesOf, spec } from "./rendered";

const WEB = "10.20.0.0/24";
const APP = "10.20.1.0/24";
const DB = "10.20.64.0/22";

describe("without a flow", () => {
  const document = render(spec());

  test("nothing is permitted", () => expect(permitsOf(document)).toEqual([]));

  test.each([
    ["EGRESS", "0.0.0.0/0"],
    ["INGRESS", "0.0.0.0/0"],
    ["EGRESS", "::/0"],
    ["INGRESS", "::/0"],
  ])("every packet is denied: %s %s", (direction, range) => {
    const rule = rulesOf(document).find(
      (each) =>
        each.direction === direction &&
        [...each.sources, ...each.destinations].join() === range &&
        each.disabled === false,
    );
    expect(rule).toMatchObject({ action: "deny", traffic: ["all"] });
    expect(direction === "EGRESS" ? rule?.destinations : rule?.sources).toEqual([range]);
  });
});

describe("a flow between zones", () => {
  const document = render(
    spec('flows:\n  - { from: app, to: db, ports: [5432/tcp, 8000-8100/udp, icmp], why: "queries" }\n'),
  );

  test.each([
    ["app-to-db-5432-tcp", "tcp 5432"],
    ["app-to-db-8000-8100-udp", "udp 8000-8100"],
    ["app-to-db-icmp", "icmp"],
  ])("%s is open at both ends for %s alone, with its reason", (name, traffic) => {
    const ends = [ruleNamed(document, `${name}-out`), ruleNamed(document, `${name}-in`)];
    for (const end of ends)
      expect(end).toMatchObject({
        action: "allow",
        sources: [APP],
        destinations: [DB],
        traffic: [traffic],
        description: "queries",
      });
    expect(ends.map(({ direction }) => direction)).toEqual(["EGRESS", "INGRESS"]);
  });

  test("opens nothing back", () =>
    expect(permitsOf(document).filter(({ sources }) => sources.includes(DB))).toEqual([]));
  test("is six rules and no more", () => expect(permitsOf(document)).toHaveLength(6));
});

describe("health checks", () => {
  const flows =
    'flows:\n  - { from: app, to: db, ports: [5432/tcp, 53/udp, icmp], why: "x" }\n' +
    '  - { from: web, to: db, ports: [5432/tcp, 8000-8100/tcp], why: "x" }\n';
  const checkOf = (healthChecks: string, rest = flows) => {
    const zones = `zones:
  web: { exposure: public, hosts: 50 }
  app: { exposure: private, hosts: 50 }
  db: { exposure: isolated, cidr: 10.20.64.0/22${healthChecks} }
`;
    return permitsOf(render(spec(rest, zones))).filter(({ sources }) => sources.includes("35.191.0.0/16"));
  };

  test("come on the TCP ports that flows open, each once, and end with quarantine", () =>
    expect(checkOf(", healthChecks: true")).toEqual([
      expect.objectContaining({
        direction: "INGRESS",
        sources: ["130.211.0.0/22", "35.191.0.0/16"],
        destinations: [DB],
        traffic: ["tcp 5432", "tcp 8000-8100"],
        disabled: '${contains(var.quarantine, "db")}',
      }),
    ]));

  test.each([
    ["does not say", ""],
    ["says no", ", healthChecks: false"],
  ])("do not come where the zone %s", (_words, healthChecks) => expect(checkOf(healthChecks)).toEqual([]));

  test("do not come where nothing comes", () => expect(checkOf(", healthChecks: true", "")).toEqual([]));

  test("come on every TCP port, and on no other, where a flow opens everything", () => {
    const all = 'flows:\n  - { from: app, to: db, ports: [any], why: "x" }\n';
    expect(checkOf(", healthChecks: true", all).map(({ traffic }) => traffic)).toEqual([["tcp 1-65535"]]);
  });
});

test("a flow within a zone is a flow", () => {
  const document = render(spec('flows:\n  - { from: app, to: app, ports: [7000/tcp], why: "cluster" }\n'));
  expect(permitsOf(document).map(({ sources, destinations }) => [...sources, ...destinations])).toEqual([
    [APP, APP],
    [APP, APP],
  ]);
});

test("every protocol is every protocol", () => {
  const document = render(spec('flows:\n  - { from: app, to: db, ports: [any], why: "all of it" }\n'));
  expect(permitsOf(document).map(({ traffic }) => traffic)).toEqual([["all"], ["all"]]);
});

test("the internet reaches a zone from the ranges of Google's proxies only", () => {
  const document = render(spec('flows:\n  - { from: internet, to: web, ports: [443/tcp], why: "public" }\n'));
  expect(permitsOf(document)).toEqual([
    expect.objectContaining({
      direction: "INGRESS",
      sources: ["130.211.0.0/22", "35.191.0.0/16"],
      destinations: [WEB],
      traffic: ["tcp 443"],
    }),
  ]);
});

test("every rule is logged, and they stand in the order in which the API gives them back", () => {
  const document = render(
    spec(
      'flows:\n  - { from: web, to: app, ports: [80/tcp], why: "a" }\n  - { from: app, to: db, ports: [80/tcp], why: "b" }\n',
    ),
  );
  const raw = resource(document, "compute_network_firewall_policy_with_rules", "enclave")[
    "rule"
  ] as readonly { enable_logging: unknown }[];
  expect(raw.every((rule) => rule.enable_logging === true)).toBe(true);
  const priorities = rulesOf(document).map(({ priority }) => priority);
  expect(priorities).toEqual([...new Set(priorities)].sort((a, b) => a - b));
});

describe("quarantine", () => {
  const rest = `flows:
  - { from: web, to: app, ports: [80/tcp], why: "a" }
  - { from: app, to: db, ports: [80/tcp], why: "b" }
privateEndpoints:
  files: { service: object-storage, from: [app] }
egress:
  - { from: app, to: [mirror.example.com], ports: [443/tcp], why: "c" }
quarantine: [db]
`;
  const document = render(spec(rest));

  test.each([
    ["web-to-app-80-tcp-out", 'contains(var.quarantine, "web") || contains(var.quarantine, "app")'],
    ["app-to-db-80-tcp-in", 'contains(var.quarantine, "app") || contains(var.quarantine, "db")'],
    ["app-to-enclave-google-apis-out", 'contains(var.quarantine, "app")'],
    ["app-to-enclave-proxy-out", 'contains(var.quarantine, "app")'],
  ])("disables %s in place", (name, condition) =>
    expect(ruleNamed(document, name).disabled).toBe(`\${${condition}}`),
  );

  test.each(["web", "app", "db"])(
    "switches on denials of everything to and from %s, above every permit",
    (zone) => {
      const first = Math.min(...permitsOf(document).map(({ priority }) => priority));
      const denials = rulesOf(document).filter(({ name }) => name.startsWith(`enclave-quarantine-${zone}-`));
      expect(denials.map(({ direction }) => direction)).toEqual(["EGRESS", "INGRESS"]);
      for (const denial of denials) {
        expect(denial).toMatchObject({
          action: "deny",
          traffic: ["all"],
          disabled: `\${!contains(var.quarantine, "${zone}")}`,
        });
        expect(denial.priority).toBeLessThan(first);
      }
    },
  );

  test("makes the proxy's rule one for nobody, because the provider cannot switch it off", () => {
    const rule = resource(document, "network_security_gateway_security_policy_rule", "app_443");
    expect(rule["enabled"]).toBe(true);
    expect(rule["session_matcher"]).toMatch(
      /^inIpRange\(source\.ip, '\$\{contains\(var\.quarantine, "app"\) \? "127\.0\.0\.1\/32" : "10\.20\.1\.0\/24"\}'\) && /,
    );
  });

  test("adds and takes away no resource: nothing has a count", () => {
    const all = Object.values(document["resource"] as Record<string, Record<string, object>>).flatMap(
      (type) => Object.values(type),
    );
    expect(all.filter((one) => "count" in one || "for_each" in one)).toEqual([]);
  });

  test("begins with the zones of the spec", () =>
    expect(document["variable"]).toMatchObject({ quarantine: { default: ["db"] } }));
});
