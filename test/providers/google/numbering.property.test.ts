/** Priorities, addresses and names stay where they are when a neighbour comes, goes or moves. */
import fc from "fast-check";
import { attempt, resource, resourcesOf, rulesOf, spec } from "./rendered";

const ZONES = ["web", "app", "batch", "db"] as const;
const HEAD = `zones:
  web: { exposure: public, hosts: 50 }
  app: { exposure: private, hosts: 50 }
  batch: { exposure: private, hosts: 50 }
  db: { exposure: isolated, hosts: 20 }
`;

interface Parts {
  readonly flows: readonly string[];
  readonly egress: readonly string[];
  readonly endpoints: readonly string[];
}

const list = (name: string, items: readonly string[]): string =>
  items.length === 0 ? "" : `${name}:\n${items.map((item) => `  ${item}\n`).join("")}`;
const yamlOf = ({ flows, egress, endpoints }: Parts): string =>
  spec(list("flows", flows) + list("egress", egress) + list("privateEndpoints", endpoints), HEAD);

const flow = fc
  .tuple(fc.constantFrom(...ZONES), fc.constantFrom(...ZONES), fc.integer({ min: 1, max: 65535 }))
  .map(([from, to, port]) => `- { from: ${from}, to: ${to}, ports: [${port}/tcp], why: "x" }`);
const exit = fc
  .tuple(fc.constantFrom("app", "batch"), fc.integer({ min: 1, max: 9 }), fc.constantFrom(80, 443, 8443))
  .map(
    ([from, host, port]) =>
      `- { from: ${from}, to: [host-${host}.example.com], ports: [${port}/tcp], why: "x" }`,
  );
const endpoint = fc
  .tuple(fc.integer({ min: 1, max: 9 }), fc.constantFrom(...ZONES))
  .map(
    ([number, from]) =>
      `svc-${number}: { service: custom, from: [${from}], ports: [443/tcp], dnsNames: [s${number}.example.com], target: { google: { serviceAttachment: projects/p/regions/us-east1/serviceAttachments/s${number} } } }`,
  );
const parts = fc.record({
  flows: fc.uniqueArray(flow, { maxLength: 6 }),
  egress: fc.uniqueArray(exit, { maxLength: 4 }),
  endpoints: fc.uniqueArray(endpoint, { maxLength: 3, selector: (item) => item.split(":")[0] }),
});

/** What must not change of everything that is numbered, by name. */
function numbersOf(
  yaml: string,
  lock: string | null,
): { readonly numbers: ReadonlyMap<string, unknown>; readonly lock: string | null } {
  const { document, exitCode, diagnostics, lockText } = attempt(yaml, lock);
  if (exitCode !== 0) throw new Error(diagnostics.map(({ summary }) => summary).join("\n"));
  const rules = rulesOf(document).map(({ name, priority }): [string, unknown] => [`rule ${name}`, priority]);
  const proxy = [...resourcesOf(document, "network_security_gateway_security_policy_rule")].map(
    ([name, rule]): [string, unknown] => [`proxy ${name}`, rule["priority"]],
  );
  const addresses = [...resourcesOf(document, "compute_address")].map(
    ([name, address]): [string, unknown] => [`address ${name}`, address["address"]],
  );
  const blocks = [...resourcesOf(document, "compute_subnetwork")].map(
    ([name, subnetwork]): [string, unknown] => [`subnetwork ${name}`, subnetwork["ip_cidr_range"]],
  );
  return { numbers: new Map([...rules, ...proxy, ...addresses, ...blocks]), lock: lockText ?? lock };
}

const join = (a: Parts, b: Parts): Parts => ({
  flows: [...new Set([...b.flows, ...a.flows])],
  egress: [...new Set([...b.egress, ...a.egress])],
  endpoints: [
    ...b.endpoints.filter((item) => !a.endpoints.some((other) => other.split(":")[0] === item.split(":")[0])),
    ...a.endpoints,
  ],
});

function expectKept(before: ReadonlyMap<string, unknown>, after: ReadonlyMap<string, unknown>): void {
  for (const [name, number] of before)
    if (after.has(name)) expect([name, after.get(name)]).toEqual([name, number]);
}

test("what comes in front of the others moves none of them, and what goes leaves its number free", () => {
  fc.assert(
    fc.property(parts, parts, (old, more) => {
      const first = numbersOf(yamlOf(old), null);
      const second = numbersOf(yamlOf(join(old, more)), first.lock);
      expect([...first.numbers.keys()].filter((name) => !second.numbers.has(name))).toEqual([]);
      expectKept(first.numbers, second.numbers);
      const third = numbersOf(yamlOf(more), second.lock);
      expectKept(second.numbers, third.numbers);
    }),
    { numRuns: 6 },
  );
});

test("priorities are different, whatever is declared", () => {
  fc.assert(
    fc.property(parts, (any) => {
      const { document } = attempt(yamlOf(any));
      const priorities = rulesOf(document).map(({ priority }) => priority);
      expect(new Set(priorities).size).toBe(priorities.length);
    }),
    { numRuns: 6 },
  );
});

test("another availability zone changes no rule", () => {
  const yaml = yamlOf({
    flows: ['- { from: web, to: app, ports: [80/tcp], why: "x" }'],
    egress: [],
    endpoints: [],
  });
  const two = attempt(yaml);
  const three = attempt(yaml.replace("availabilityZones: 2", "availabilityZones: 3"), two.lockText ?? null);
  const policy = (document: typeof two.document) =>
    resource(document, "compute_network_firewall_policy_with_rules", "enclave");
  expect(policy(three.document)).toEqual(policy(two.document));
});
