/** Every name within the length and the characters of its kind, told apart from every other, and the same on every run. */

import { shorten } from "../../../providers/shared/naming";
import { blocks, resourcesOf, text } from "../../../src/verifier/terraform/document";
import { named, ON_OTHERS, RULES, ruleNames, twiceNamed } from "./names";
import { render } from "./rendered";

const LONG = {
  name: "abcdefghijklmnopqrstuvwx",
  azure: { locks: true, keyVaultKeyId: "https://rag-vault.vault.azure.net/keys/logs" },
  zones: {
    "zone-of-twenty-chars": {
      exposure: "private",
      prefix: 26,
      interfaces: [{ name: "card-of-twenty-chars", host: 10 }],
    },
    endpoints: { exposure: "isolated", prefix: 26 },
    monitor: { exposure: "isolated", prefix: 26 },
  },
  flows: [
    { from: "zone-of-twenty-chars", to: "zone-of-twenty-chars", ports: ["10000-20000/tcp"], why: "itself" },
  ],
  privateEndpoints: {
    "endpoint-of-twenty-c": { service: "relational-db", from: ["endpoints"] },
    monitor: {
      service: "custom",
      from: ["monitor"],
      ports: ["443/tcp"],
      dnsNames: ["x.example.com"],
      target: {
        azure: {
          privateLinkServiceAlias: "v.00000000-0000-0000-0000-000000000000.eastus2.azure.privatelinkservice",
        },
      },
    },
    logs: { service: "logs", from: ["monitor"] },
    metrics: { service: "metrics", from: ["monitor"] },
  },
  egress: [
    {
      from: ["zone-of-twenty-chars"],
      to: [
        `*.${"a".repeat(60)}.${"b".repeat(60)}.example.com`,
        `*.${"a".repeat(60)}.${"b".repeat(60)}.example.org`,
      ],
      ports: ["443/tcp"],
      why: "long",
    },
  ],
};

const SHORT = {
  name: "a",
  zones: { b: { exposure: "private", prefix: 28, interfaces: [{ name: "c", host: 10 }] } },
  privateEndpoints: { d: { service: "logs", from: ["b"] } },
  egress: [{ from: ["b"], to: ["e.example.com"], ports: ["443/tcp"], why: "short" }],
};

const long = named(render(LONG));
const all = [...long, ...named(render(SHORT))];

test.each(Object.entries(RULES))(
  "names of %s are ones that Azure takes, however long or short the spec's are",
  (type, rule) => {
    const names = all.filter((each) => each.type === type);
    expect(names.length).toBeGreaterThan(0);
    for (const { name } of names) expect(name).toMatch(rule);
  },
);

test("every kind of resource that is rendered with a name has its rule here", () => {
  expect([...new Set(long.map(({ type }) => type))].sort()).toEqual(Object.keys(RULES).sort());
});

test("no two resources of a type have one name in Azure, where locks and diagnostics are named on something else", () => {
  expect(ON_OTHERS.every((type) => long.some((each) => each.type === type))).toBe(true);
  expect(twiceNamed(long)).toEqual([]);
});

test("rules of the firewall, of groups and of tables have names of at most 80 characters, each once in its place", () => {
  const names = ruleNames(render(LONG).document);
  expect([...names.keys()].map((place) => place.split(" ")[0])).toEqual(
    expect.arrayContaining(["firewall", "group", "table"]),
  );
  for (const [place, own] of names) {
    expect([place, new Set(own).size]).toEqual([place, own.length]);
    for (const name of own) expect(name).toMatch(/^[A-Za-z0-9][\w.-]{0,78}\w$/);
  }
});

test("descriptions of a group's rules have at most 140 characters, however many reasons there are", () => {
  const egress = ["a", "b"].map((letter) => ({
    from: ["app"],
    to: [`${letter}.example.com`],
    ports: ["443/tcp"],
    why: letter.repeat(140),
  }));
  const group = resourcesOf(render({ egress }).document, "azurerm_network_security_group").get("app");
  const lengths = blocks(group, "security_rule").map((rule) => text(rule, "description").length);
  expect(Math.max(...lengths)).toBeGreaterThan(60);
  expect(Math.max(...lengths)).toBeLessThanOrEqual(140);
});

test.each([
  ["short enough", "abc", 8, "abc"],
  ["as long as allowed", "abcdefgh", 8, "abcdefgh"],
  ["too long", "abcdefghi", 8, "a-19cc02"],
])("a name that is %s", (_what, name, length, expected) => {
  expect(shorten(name, length)).toBe(expected);
});

test.each([
  ["a", "alogs"],
  ["private-rag", "privateraglogs"],
  ["abcdefghijklmnopqrstuvwx", "abcdefghijkllogs"],
])("the log account of %s begins with %s, which leaves room for what makes it unique", (name, prefix) => {
  const account = resourcesOf(render({ name }).document, "azurerm_storage_account").get("enclave_flows");
  expect(text(account, "name").split("$")[0]).toBe(prefix);
});
