/** What Azure cannot hold is refused before it is rendered, with the numbers; what it can just hold is not. */

import { resourcesOf } from "../../../src/verifier/terraform/document";
import { readRules } from "./network";
import { render, review, type Spec, synth } from "./rendered";

const errors = (spec: Spec, lock?: string) =>
  review(spec, lock).flatMap(({ severity, code, facts }) =>
    severity === "error" ? [{ code, ...facts }] : [],
  );
const range = (length: number): number[] => Array.from({ length }, (_, index) => index);

/** A zone with three rules of its own in each group and two in the network, and so many flows to itself. */
const flows = (count: number): Spec => ({
  flows: [{ from: "app", to: "app", ports: range(count).map((port) => `${1000 + port}/tcp`), why: "x" }],
});

test.each([
  [496, 1000, []],
  [497, 1002, [{ code: "azure-quota", count: 1002, default: 1000, maximum: 1000 }]],
])("a group takes 1000 rules: %i flows of a zone to itself make %i", (count, rules, expected) => {
  const found = errors(flows(count));
  expect(found).toEqual(expected);
  if (expected.length === 0) {
    const { document } = render(flows(count));
    expect(readRules(resourcesOf(document, "azurerm_network_security_group").get("app"), [])).toHaveLength(
      rules,
    );
  }
});

/** Each port by which a zone leaves is a rule to all of the 47 blocks that are the internet. */
const exits = (count: number): Spec => ({
  egress: [
    {
      from: ["app"],
      to: ["mirror.example.com"],
      ports: range(count).map((port) => `${2000 + port}/tcp`),
      why: "x",
    },
  ],
});

test.each([
  [85, []],
  [86, [{ code: "azure-quota", count: 4042, default: 4000, maximum: 4000 }]],
])(
  "the rules of a group have 4000 destination addresses together: %i ports to the internet",
  (count, expected) => {
    expect(errors(exits(count))).toEqual(expected);
  },
);

test("source addresses are counted apart: what the internet opens to a zone", () => {
  const opened = (count: number): Spec => ({
    zones: { web: { exposure: "public", prefix: 26 } },
    flows: [
      { from: "internet", to: "web", ports: range(count).map((port) => `${2000 + port}/tcp`), why: "x" },
    ],
  });
  expect(errors(opened(85))).toEqual([]);
  expect(errors(opened(86))).toEqual([
    { code: "azure-quota", count: 86 * 47 + 4, default: 4000, maximum: 4000 },
  ]);
});

test("rules of the firewall have 2 MiB together", () => {
  const label = "x".repeat(60);
  const names = (count: number): string[] =>
    range(count).map((index) => `${label}.${label}.${label}.n${index}.example.com`);
  const leaving = (count: number): Spec => ({
    zones: Object.fromEntries(range(10).map((zone) => [`z${zone}`, { exposure: "private", prefix: 28 }])),
    egress: [
      {
        from: range(10).map((zone) => `z${zone}`),
        to: names(count),
        ports: ["443/tcp"],
        why: "x".repeat(140),
      },
    ],
  });
  expect(errors(leaving(200))).toEqual([]);
  const [found] = errors(leaving(300));
  expect(found).toMatchObject({ code: "azure-quota", maximum: 2_097_152 });
});

test("numbers that were used up are reported, with the way to get them back", () => {
  const { lock } = render(flows(2));
  const late = JSON.parse(lock) as { ordinals: { connections: Record<string, unknown> } };
  const text = lock.replaceAll(/("app>app 1001\/tcp": )2/g, "$13792").replaceAll(/("next": )3/g, "$13793");
  expect(Object.keys(late)).toContain("ordinals");
  expect(text).not.toBe(lock);
  const found = errors(flows(2), text);
  expect(found).toEqual([
    { code: "azure-priorities-full", priority: 3991, first: 200, last: 3990 },
    { code: "azure-priorities-full", priority: 3991, first: 200, last: 3990 },
  ]);
});

const custom = (index: number) => ({
  service: "custom",
  from: ["app"],
  ports: ["443/tcp"],
  dnsNames: [`x${index}.example.com`],
  target: {
    azure: {
      privateLinkServiceAlias: "v.00000000-0000-0000-0000-000000000000.eastus2.azure.privatelinkservice",
    },
  },
});

test.each([
  [100, []],
  [101, [{ code: "azure-quota", count: 101, default: 100, maximum: 100 }]],
])("rules of a group name 100 endpoints at most: %i", (count, expected) => {
  expect(
    errors({
      privateEndpoints: Object.fromEntries(range(count).map((index) => [`e${index}`, custom(index)])),
    }),
  ).toEqual(expected);
});

const account = (index: number): string =>
  `/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rag/providers/Microsoft.Storage/storageAccounts/store${index}`;
const corpus = (indices: readonly number[]) => ({
  service: "object-storage",
  from: ["app"],
  resources: { azure: indices.map(account) },
});

/** In endpoints of fifty. */
const accounts = (count: number): Spec => ({
  privateEndpoints: Object.fromEntries(
    range(Math.ceil(count / 50)).map((part) => [
      `corpus-${part}`,
      corpus(range(count).slice(50 * part, 50 * (part + 1))),
    ]),
  ),
});

test.each([
  [50, []],
  [51, [{ code: "azure-quota", count: 51, default: 50, maximum: 50 }]],
])("the group of an endpoint has 50 members: %i accounts", (count, expected) => {
  expect(errors({ privateEndpoints: { corpus: corpus(range(count)) } })).toEqual(expected);
});

test.each([
  [251, []],
  [252, [{ code: "azure-quota", count: 252, default: 251, maximum: 251 }]],
])("the endpoint subnet has 251 addresses: %i private endpoints", (count, expected) => {
  expect(errors(accounts(count))).toEqual(expected);
});

test.each([
  [20, []],
  [21, [{ code: "azure-quota", count: 21, default: 20, maximum: 20 }]],
])("one private endpoint is in 20 groups at most: %i endpoints that name one resource", (count, expected) => {
  expect(
    errors({ privateEndpoints: Object.fromEntries(range(count).map((index) => [`e${index}`, corpus([0])])) }),
  ).toEqual(expected);
});

test("logs and metrics share one private endpoint, however many endpoints there are of them", () => {
  const endpoints = Object.fromEntries(
    range(21).map((index) => [`e${index}`, { service: index % 2 ? "logs" : "metrics", from: ["app"] }]),
  );
  expect(errors({ privateEndpoints: endpoints })).toEqual([
    { code: "azure-quota", count: 21, default: 20, maximum: 20 },
  ]);
});

test.each([
  [998, []],
  [999, [{ code: "azure-quota", count: 1000, default: 999, maximum: 999 }]],
])("a list of names takes fewer than 1000, with the network's own: %i", (count, expected) => {
  expect(errors({ dns: { allow: range(count).map((index) => `n${index}.example.com`) } })).toEqual(expected);
});

test("what only a default quota forbids is a warning, and renders", () => {
  const zones = Object.fromEntries(
    range(201).map((index) => [`z${index}`, { exposure: "isolated", prefix: 28 }]),
  );
  const { diagnostics, rendered } = synth({ zones, availabilityZones: 1 });
  expect(diagnostics.map(({ severity, code, facts }) => [severity, code, facts])).toEqual([
    ["warning", "azure-quota-default", { count: 201, default: 200 }],
  ]);
  expect(rendered).toBeDefined();
});
