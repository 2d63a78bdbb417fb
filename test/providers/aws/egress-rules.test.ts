/** The rules of the egress firewall, and what is made with them. What they do to packets: test/suricata. */
import { bodies } from "./network";
import { render, review, type Spec } from "./rendered";

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

function rulesOf(of: Spec): string[] {
  const [[, group] = ["", {}]] = bodies(render(of).document, "aws_networkfirewall_rule_group");
  return (
    group as { rule_group: { rules_source: { rules_string: string } } }
  ).rule_group.rules_source.rules_string.split("\n");
}

/** Without what only names a rule. */
const bare = (rule: string): string => rule.replace(/ ?msg:"[^"]*"; sid:\d+; rev:1;/, "");

const BETWEEN = [
  "alert tls any any -> any [443,8443] (flow:to_server; flowbits:set,enclave.spoken; noalert;)",
  "alert http any any -> any [80] (flow:to_server; flowbits:set,enclave.spoken; noalert;)",
  "drop ip any any -> any any (ip_proto:!TCP;)",
  "drop tcp ![$ZONE_APP,$ZONE_JOBS] any -> any any (flow:to_server;)",
  "drop tcp any any -> $HOME_NET any (flow:to_server;)",
  "drop tcp any any -> any any (flow:to_server; dsize:>0; flowbits:isnotset,enclave.spoken;)",
  'drop tls any any -> any any (flow:to_server; ja4.hash; content:"_";)',
  'drop http any any -> any any (flow:to_server; http.start; pcre:!"/\\r\\nHost: [a-z0-9]/i";)',
  'drop http2 any any -> any any (flow:to_server; http.header_names; content:!"|0d 0a 3a|authority|0d 0a|";)',
  "drop http any any -> any any (flow:to_server; app-layer-event:http.request_field_too_long;)",
  "drop tcp any any -> any any (flow:to_server; stream_size:client,>,16384; flowbits:isnotset,enclave.named;)",
];

test("what may go comes first: TLS passes, each request is recorded, and everything else is dropped", () => {
  const tls = (action: string, match: string): string =>
    `${action} tls $ZONE_APP any -> $EXTERNAL_NET 443 (tls.sni; ${match} nocase; flow:to_server;)`;
  expect(rulesOf(spec()).map(bare)).toEqual([
    "pass icmp $EXTERNAL_NET any -> $ZONE_APP any (itype:3; icode:4;)",
    "pass icmp $EXTERNAL_NET any -> $ZONE_JOBS any (itype:3; icode:4;)",
    tls("alert", 'content:"mirror.example.com"; startswith; endswith;'),
    tls("pass", 'content:"mirror.example.com"; startswith; endswith;'),
    tls("alert", 'content:".example.org"; endswith;'),
    tls("pass", 'content:".example.org"; endswith;'),
    'alert http $ZONE_APP any -> $EXTERNAL_NET 80 (http.host; content:"plain.example.com"; startswith; endswith; flow:to_server; flowbits:set,enclave.named;)',
    ...["alert", "pass"].map(
      (action) =>
        `${action} tls $ZONE_JOBS any -> $EXTERNAL_NET 8443 (tls.sni; content:"jobs.example.com"; startswith; endswith; nocase; flow:to_server;)`,
    ),
    ...BETWEEN,
    "drop tcp $ZONE_APP any -> any ![80,443] ()",
    "drop tcp $ZONE_JOBS any -> any ![8443] ()",
    'drop http $ZONE_APP any -> any 80 (flow:to_server; http.host; content:!"plain.example.com"; startswith; endswith;)',
  ]);
});

test("all ids differ", () => {
  const ids = rulesOf(spec()).map((rule) => /sid:(\d+);/.exec(rule)?.[1]);
  expect(new Set(ids).size).toBe(ids.length);
});

test("AWS's default action stands behind the rules where nothing is judged request by request", () => {
  const actionsOf = (of: Spec): unknown => {
    const [[, policy] = ["", {}]] = bodies(render(of).document, "aws_networkfirewall_firewall_policy");
    return (policy as { firewall_policy: Record<string, unknown> }).firewall_policy[
      "stateful_default_actions"
    ];
  };
  const egress = [{ from: ["app"], to: ["mirror.example.com"], ports: ["443/tcp"], why: "a test" }];
  expect(actionsOf(spec())).toBeUndefined();
  expect(actionsOf(spec({ egress }))).toEqual([
    "aws:drop_established_app_layer_to_server",
    "aws:alert_established_app_layer_to_server",
  ]);
});

test("hosts of one zone and port that make a rule longer than the engine reads are refused", () => {
  const to = Array.from({ length: 250 }, (_, at) => `host-${at}.example.com`);
  const egress = [{ from: ["app"], to, ports: ["80/tcp"], why: "a test" }];
  const [found] = review(spec({ egress }));
  expect(found?.summary).toContain("characters of the egress firewall's longest rule");
});

test("with inspection of requests the name is the request's, under the certificate that the spec names", () => {
  const arn = "arn:aws:acm:us-east-1:111122223333:certificate/00000000-0000-0000-0000-000000000000";
  const of = spec({ inspection: "request", aws: { inspectionCertificateArn: arn } });
  expect(rulesOf(of).filter((rule) => rule.includes("tls.sni;") || rule.includes("pass tls"))).toEqual([]);
  expect(rulesOf(of).filter((rule) => rule.startsWith("alert http $ZONE")).length).toBe(4);
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
