/** Names are ones that Google takes, whatever the spec calls its things. */
import { apiEndpointName, googleName, perimeterName } from "../../../providers/google/render/naming";
import { shorten } from "../../../providers/shared/naming";
import type { NetworkPlan } from "../../../src/plan/network-plan";
import { text } from "../../../src/verifier/terraform/document";
import { render, resourcesOf } from "./rendered";

const named = (name: string): NetworkPlan => ({ name }) as NetworkPlan;
const RFC1035 = /^[a-z](?:[-a-z0-9]{0,61}[a-z0-9])?$/;

test.each(["a", "rag", "private-rag", "a-b", "abcdefghijklmnopqrstuvwx", "a-b-c-d-e-f-g-h-i-j-k-l"])(
  "the endpoint of enclave %s is named with 1 to 20 letters and digits",
  (name) => {
    expect(apiEndpointName(named(name))).toMatch(/^[a-z][a-z0-9]{0,19}$/);
  },
);

test("leaving hyphens out makes one name of no two", () => {
  const names = ["ab-c", "a-bc", "abc", "a-b-c"].map((name) => apiEndpointName(named(name)));
  expect(new Set(names).size).toBe(4);
  expect(apiEndpointName(named("abc"))).toBe("abc");
});

test("a perimeter is named with letters, digits and underscores, 50 at most", () => {
  expect(perimeterName(named("abcdefghijklmnopqrstuv-x"), "12345678901234567890")).toMatch(
    /^[A-Za-z0-9_]{1,50}$/,
  );
  expect(perimeterName(named("private-rag"), "123456789012")).toBe("private_rag_123456789012");
});

test("what is too long keeps its beginning, and two that begin alike stay different", () => {
  const long = (end: string): string => shorten(`${"z".repeat(70)}${end}`, 63);
  expect(long("1")).toHaveLength(63);
  expect(long("1")).not.toBe(long("2"));
  expect(long("1")).toBe(long("1"));
  expect(shorten(`${"z".repeat(55)}---${"y".repeat(20)}`, 63)).toMatch(RFC1035);
  expect(googleName(named("rag"), "vector_db", "1")).toBe("rag-vector-db-1");
});

test("the longest names that a spec can give are names of Google", () => {
  const nineteen = "abcdefghij-klmnopqr";
  const document = render(`name: abcdefghijklmnopqrstuvwx
region: us-east1
cidr: 10.20.0.0/16
google: { project: my-project, projectNumber: "123456789012", accessPolicy: accessPolicies/1234 }
zones:
  ${nineteen}t: { exposure: private, hosts: 20, interfaces: [{ name: ${nineteen}u, host: 10 }, { name: ${nineteen}v, host: 11 }] }
  ${nineteen}w: { exposure: isolated, hosts: 20 }
flows:
  - { from: ${nineteen}t, to: ${nineteen}w, ports: [60000-60100/tcp], why: "long" }
privateEndpoints:
  ${nineteen}x: { service: custom, from: [${nineteen}t], ports: [443/tcp], dnsNames: [a.example.com], target: { google: { serviceAttachment: projects/p/regions/us-east1/serviceAttachments/s } } }
  keys: { service: keys, from: [${nineteen}t] }
egress:
  - { from: ${nineteen}t, to: [mirror.example.com], ports: [65000/tcp], why: "long" }
dns: { allow: [${"very-long-label-indeed.".repeat(6)}example.com] }
`);
  const types = [
    "compute_network",
    "compute_subnetwork",
    "compute_address",
    "compute_forwarding_rule",
    "compute_global_address",
    "dns_managed_zone",
    "dns_policy",
    "network_services_gateway",
    "network_security_url_lists",
    "compute_network_peering",
    "compute_route",
    "logging_project_sink",
  ];
  for (const type of types) {
    const names = [...resourcesOf(document, type).values()].map((one) =>
      // As Terraform evaluates it.
      text(one, "name").replace(/\$\{substr\(sha1\(.*\), 0, 8\)\}/, "0a1b2c3d"),
    );
    expect(names.length).toBeGreaterThan(0);
    expect(new Set(names).size).toBe(names.length);
    for (const name of names) expect(name).toMatch(RFC1035);
  }
  const rules = resourcesOf(document, "compute_network_firewall_policy_with_rules").get("enclave")?.[
    "rule"
  ] as { rule_name: string }[];
  for (const rule of rules) expect(rule.rule_name).toMatch(RFC1035);
});
