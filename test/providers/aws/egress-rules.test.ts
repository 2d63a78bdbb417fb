/** The rules of the egress firewall, read as the firewall reads them: in order, the first that decides wins. */
import { bodies } from "./network";
import { render, type Spec } from "./rendered";

const spec = (more: Readonly<Record<string, unknown>> = {}): Spec => ({
  name: "case",
  region: "us-east-1",
  cidr: "10.20.0.0/16",
  availabilityZones: 1,
  zones: { app: { exposure: "private", hosts: 20 }, jobs: { exposure: "private", hosts: 20 } },
  egress: [
    { from: ["app"], to: ["mirror.example.com", "*.example.org"], ports: ["443/tcp"], why: "a test" },
    { from: ["app"], to: ["plain.example.com"], ports: ["80/tcp"], why: "a test" },
    { from: ["jobs"], to: ["jobs.example.com"], ports: ["8443/tcp"], why: "a test" },
  ],
  ...more,
});

interface Rule {
  readonly action: string;
  readonly protocol: string;
  readonly source: string;
  readonly port: string;
  readonly options: string;
}

function rulesOf(of: Spec): Rule[] {
  const [[, group] = ["", {}]] = bodies(render(of).document, "aws_networkfirewall_rule_group");
  const text = (group as { rule_group: { rules_source: { rules_string: string } } }).rule_group.rules_source
    .rules_string;
  return text.split("\n").map((line) => {
    const shape =
      /^(alert|pass|drop) (tcp|udp|icmp|tls|http) (any|\$ZONE_[A-Z0-9_]+) any -> (?:any|\$EXTERNAL_NET) (any|\d+|!\[[\d,]+\]) \((.*)\)$/;
    const [, action = "", protocol = "", source = "", port = "", options = ""] = shape.exec(line) ?? [];
    if (action === "") throw new Error(`no rule: ${line}`);
    return { action, protocol, source, port, options };
  });
}

interface Attempt {
  readonly zone: string;
  readonly protocol: "tls" | "http" | "udp" | "icmp";
  readonly port: number;
  readonly name: string;
}

const portMatches = (port: string, actual: number): boolean =>
  port === "any" ||
  (port.startsWith("![") ? !port.slice(2, -1).split(",").includes(String(actual)) : port === String(actual));

/** tcp rules see tls and http too; a name matches by its one `content`. */
function matches(rule: Rule, { zone, protocol, port, name }: Attempt): boolean {
  const carried =
    rule.protocol === "tcp" ? protocol === "tls" || protocol === "http" : rule.protocol === protocol;
  const source = rule.source === "any" || rule.source === `$ZONE_${zone.toUpperCase()}`;
  const [, content, words = ""] = /content:"([^"]+)";([^:]*)/.exec(rule.options) ?? [];
  const named =
    content === undefined ||
    (words.includes("startswith") ? name === content : words.includes("endswith") && name.endsWith(content));
  return carried && source && portMatches(rule.port, port) && named;
}

const leaves = (rules: readonly Rule[], attempt: Attempt): boolean =>
  rules.filter(({ action }) => action !== "alert").find((rule) => matches(rule, attempt))?.action === "pass";

const tls = (zone: string, name: string, port = 443): Attempt => ({ zone, name, port, protocol: "tls" });

test.each<readonly [string, Attempt, boolean]>([
  ["the exact name", tls("app", "mirror.example.com"), true],
  ["a name that ends with it", tls("app", "xmirror.example.com"), false],
  ["a name below it", tls("app", "a.mirror.example.com"), false],
  ["one label below a wildcard", tls("app", "a.example.org"), true],
  ["two labels below a wildcard", tls("app", "a.b.example.org"), true],
  ["the wildcard's own name", tls("app", "example.org"), false],
  ["a name that only ends like a wildcard's", tls("app", "badexample.org"), false],
  ["a name of another zone", tls("jobs", "mirror.example.com", 8443), false],
  ["its own name on its own port", tls("jobs", "jobs.example.com", 8443), true],
  ["its own name on another zone's port", tls("jobs", "jobs.example.com"), false],
  ["the name of another port", tls("app", "plain.example.com"), false],
  ["plain HTTP by its host", { zone: "app", name: "plain.example.com", port: 80, protocol: "http" }, true],
  [
    "plain HTTP to a name of TLS",
    { zone: "app", name: "mirror.example.com", port: 80, protocol: "http" },
    false,
  ],
  [
    "plain HTTP on the port of TLS",
    { zone: "app", name: "mirror.example.com", port: 443, protocol: "http" },
    false,
  ],
  ["TLS on the port of plain HTTP", tls("app", "plain.example.com", 80), false],
  ["QUIC", { zone: "app", name: "mirror.example.com", port: 443, protocol: "udp" }, false],
  ["plain DNS", { zone: "app", name: "mirror.example.com", port: 53, protocol: "udp" }, false],
  ["ICMP", { zone: "app", name: "mirror.example.com", port: 0, protocol: "icmp" }, false],
])("%s is judged as declared", (_words, attempt, expected) => {
  expect(leaves(rulesOf(spec()), attempt)).toBe(expected);
});

test("what no zone may do comes before what one may, and all ids differ", () => {
  const rules = rulesOf(spec());
  const actions = rules.map(({ action }) => action).filter((action) => action !== "alert");
  expect(actions).toEqual([...actions].sort());
  const ids = rules.map(({ options }) => /sid:(\d+);/.exec(options)?.[1]);
  expect(new Set(ids).size).toBe(ids.length);
});

test("each zone is a set of its own addresses, and names are matched whatever their case is", () => {
  const names = rulesOf(spec()).filter(({ options }) => options.includes("tls.sni;"));
  expect(names.length).toBeGreaterThan(0);
  for (const { options, source } of names) {
    expect(options).toContain("nocase;");
    expect(source).not.toBe("any");
  }
});

test("with inspection of requests the name is the request's, under the certificate that the spec names", () => {
  const arn = "arn:aws:acm:us-east-1:111122223333:certificate/00000000-0000-0000-0000-000000000000";
  const of = spec({ inspection: "request", aws: { inspectionCertificateArn: arn } });
  expect(rulesOf(of).filter(({ options }) => options.includes("tls.sni;"))).toEqual([]);
  expect(rulesOf(of).filter(({ options }) => options.includes("http.host;")).length).toBeGreaterThan(3);
  const [[, body] = ["", {}]] = bodies(
    render(of).document,
    "aws_networkfirewall_tls_inspection_configuration",
  );
  expect(JSON.stringify(body)).toContain(arn);
  expect(JSON.stringify(body)).toContain('"from_port":8443');
});

test("each way to inspect has a policy and rules of its own, which are there before the other ones go", () => {
  const egress = [{ from: "app", to: ["mirror.example.com"], ports: ["443/tcp"], why: "a test" }];
  const inspectionCertificateArn =
    "arn:aws:acm:us-east-1:111122223333:certificate/00000000-0000-0000-0000-000000000000";
  const madeBy = (more: Readonly<Record<string, unknown>>): unknown[] => {
    const { document } = render(spec({ egress, ...more }));
    return ["aws_networkfirewall_firewall_policy", "aws_networkfirewall_rule_group"].map((type) => {
      const [[, body] = ["", {}]] = bodies(document, type);
      return [body["name"], body["lifecycle"]];
    });
  };
  const first = { create_before_destroy: true };
  expect(madeBy({})).toEqual([
    ["case-egress", first],
    ["case-egress-1000", first],
  ]);
  expect(madeBy({ inspection: "request", aws: { inspectionCertificateArn } })).toEqual([
    ["case-egress-request", first],
    ["case-egress-request-1000", first],
  ]);
});

test("logs are kept for the next longer time that AWS has, and for ever beyond its longest", () => {
  const local =
    (render(spec()).document["locals"] as Record<string, string>)["enclave_log_retention_days"] ?? "";
  const [, list = ""] =
    /for days in \[([\d, ]+)\] : days if days >= var\.log_retention_days\], \[0\]\)\[0\]\}$/.exec(local) ??
    [];
  const periods = list.split(", ").map(Number);
  expect(periods).toEqual([...periods].sort((a, b) => a - b));
  const kept = (days: number): number => [...periods.filter((period) => period >= days), 0][0] ?? -1;
  expect([1, 2, 31, 365, 366, 3653, 3654].map(kept)).toEqual([1, 3, 60, 365, 400, 3653, 0]);
});
