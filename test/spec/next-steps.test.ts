/** Proposals lead on: no fix of one error is the beginning of the next. */

import { loadSpec } from "../../src/app/load";
import { checkTarget } from "../../src/checks/target";
import { error } from "../../src/diagnostics/make";

const HEAD = `name: case
region: us-east-1
cidr: 10.20.0.0/16
`;
const ZONES = `zones:
  web: { exposure: public, role: ingress, hosts: 50 }
  app: { exposure: private, role: app, hosts: 50 }
  run: { exposure: isolated, hosts: 50 }
  db: { exposure: isolated, role: data, hosts: 50 }
`;

const fixesOf = (text: string) => loadSpec(text, "spec.yaml").diagnostics.map(({ code, fix }) => [code, fix]);
const withZones = (body: string) => fixesOf(HEAD + ZONES + body);
const flow = (from: string, to: string): string =>
  `  - { from: ${from}, to: ${to}, ports: [443/tcp], why: x }\n`;
const egress = (from: string): string =>
  `egress: [{ from: ${from}, to: [a.example.com], ports: [443/tcp], why: x }]\n`;

describe("a way out of a zone that is not private", () => {
  test.each([
    ["is for a zone that may be private", "", "run", "zones:\n  run:\n    exposure: private"],
    ["is not for a role that has none", "", "db", "# remove egress[0]"],
    ["goes alone from a list", "", "[db, app]", '# remove "db" from egress[0].from'],
    [
      "is not for what the internet reaches",
      `flows:\n${flow("internet", "web")}`,
      "[web, app]",
      '# remove "web" from egress[0].from',
    ],
  ])("%s", (_, flows, from, fix) =>
    expect(withZones(flows + egress(from))).toContainEqual(["egress-needs-private", fix]),
  );
});

test("blocks that are proposed in one run are apart from each other and from those that stay", () => {
  const zone = (name: string, cidr: string): string => `  ${name}: { exposure: isolated, cidr: ${cidr} }\n`;
  const blocks = [
    zone("stays", "10.20.0.0/24"),
    zone("out", "10.30.0.0/24"),
    zone("far", "10.31.1.0/24"),
    zone("over", "10.20.0.0/25"),
    zone("last", "10.20.2.0/24"),
  ];
  expect(fixesOf(`${HEAD}zones:\n${blocks.join("")}`)).toEqual([
    ["zone-outside-range", "cidr: 10.20.1.0/24"],
    ["zone-outside-range", "cidr: 10.20.3.0/24"],
    ["zones-overlap", "cidr: 10.20.4.0/25"],
  ]);
});

test("the zone that the internet reaches is not proposed beside itself", () =>
  expect(withZones(`flows:\n${flow("internet", "[web, app]")}`)).toEqual([
    ["internet-needs-public", '# remove "app" from flows[0].to'],
  ]));

test("a store is not proposed to be public", () => {
  const stores =
    "zones:\n  db: { exposure: isolated, role: data, hosts: 50 }\n  run: { exposure: isolated, hosts: 50 }\n";
  expect(fixesOf(`${HEAD}${stores}flows:\n${flow("internet", "[db, run]")}`)).toEqual([
    ["internet-needs-public", '# remove "db" from flows[0].to'],
    ["internet-needs-public", "zones:\n  run:\n    exposure: public"],
  ]);
});

test.each(["from", "to"])("no word for all becomes a list of all: %s", (side) => {
  const flows = `flows:\n${side === "from" ? flow("any", "app") : flow("app", "any")}`;
  expect(withZones(flows)).toEqual([["zone-unknown", `# name the zones that need it: ${side}: [web, …]`]]);
});

test.each([
  [
    "one of several sources",
    flow("[app, web]", "run"),
    "web",
    '# remove "web" from flows[0].from (line 10), or this assertion',
  ],
  [
    "one of several targets",
    flow("app", "[run, db]"),
    "app",
    '# remove "run" from flows[0].to (line 10), or this assertion',
  ],
  ["the only ones", flow("app", "run"), "app", "# remove flows[0] (line 10), or this assertion"],
])("a chain is cut at %s", (_, flows, from, fix) =>
  expect(withZones(`flows:\n${flows}assertions: [{ never: { from: ${from}, to: run } }]\n`)).toEqual([
    ["assertion-never", fix],
  ]),
);

test.each([
  ["hosts: 4_00", "hosts: 400"],
  ["hosts: 1,000", "hosts: 1000"],
  ["hosts: ~", "hosts: 50"],
  ["prefix: ~", "hosts: 50"],
  ["hosts: ~, prefix: 26", "# remove zones.app.hosts"],
])("a size is proposed that counts: %s", (size, fix) =>
  expect(
    fixesOf(`${HEAD}zones:\n  app: { exposure: private, ${size.replace("1,000", '"1,000"')} }\n`),
  ).toEqual([["type-wrong", fix]]),
);

test("a number where an identifier is wanted becomes one", () =>
  expect(withZones("google: { accessPolicy: 4321 }\n")).toEqual([
    ["type-wrong", "accessPolicy: accessPolicies/4321"],
  ]));

describe("a region for every cloud", () => {
  const proposed = (region: string): string | undefined =>
    checkTarget(loadSpec(HEAD.replace("us-east-1", region) + ZONES, "x").enclave ?? fail(region), [
      "aws",
      "azure",
      "google",
    ])[0]?.fix;
  const fail = (region: string): never => {
    throw new Error(`${region} is refused`);
  };

  test.each([
    ["eu-central-1", "region: { aws: eu-central-1, azure: germanywestcentral, google: europe-west3 }"],
    ["uksouth", "region: { aws: eu-west-2, azure: uksouth, google: europe-west2 }"],
    ["europe-west4", "region: { aws: eu-central-1, azure: germanywestcentral, google: europe-west4 }"],
    ["westus3", "region: { aws: us-east-1, azure: westus3, google: us-east1 }"],
    ["us-gov-west-1", "# name a region of each cloud: region: { aws: us-gov-west-1, azure: …, google: … }"],
    ["europe-west-3", "region: { aws: eu-central-1, azure: germanywestcentral, google: europe-west3 }"],
    ["{ google: asia-south2 }", "region: { aws: ap-south-1, google: asia-south2 }"],
    ["{ azure: qatarcentral }", "# name a region of each cloud: region: { aws: …, azure: qatarcentral }"],
  ])("%s keeps the data where it is", (region, fix) => expect(proposed(region)).toBe(fix));
});

test("a reason that is too long ends with a word", () => {
  const [[, fix = ""] = []] = withZones(
    `flows:\n${flow("app", "run").replace("why: x", `why: "${"seventeen characters ".repeat(8)}"`)}`,
  );
  expect(fix).toBe(`why: ${"seventeen characters ".repeat(6)}seventeen`);
});

test("a summary that is too long keeps its quotes", () => {
  const [{ summary = "" } = {}] = loadSpec(
    `${HEAD}${ZONES}assertions: [{ never: { from: ${"x".repeat(200)}, to: db } }]`,
    "x",
  ).diagnostics;
  expect(summary).toMatch(/^[^"]*"x+…"$/);
  expect(error("internal", "", `zone "${"x".repeat(200)}" is too long`, "").summary).toMatch(
    /^zone "x+…" is too long$/,
  );
});

test("a name is made an ARN of a bucket, and of nothing else", () => {
  const resources = (service: string): string =>
    `privateEndpoints: { k: { service: ${service}, from: app, resources: { aws: [my-key] } } }\n`;
  expect(withZones(resources("object-storage"))).toEqual([["value-shape", '"arn:aws:s3:::my-key"']]);
  expect(withZones(resources("keys"))).toEqual([
    ["value-shape", "# name what belongs to keys by its ARN: arn:aws:…"],
  ]);
});

describe("text that is no YAML is mended where it is wrong", () => {
  test.each([
    [
      "flows\n  - { from: app, to: run, ports: [443/tcp], why: x }",
      'a colon is missing after "flows"',
      "flows:",
    ],
    ["dns { allow: [] } # none", 'a colon is missing after "dns"', "dns: { allow: [] }"],
    ["dns: { allow: [] } }", expect.not.stringContaining("missing"), expect.anything()],
    [
      "flows: [{ from: [app, web] to: run, ports: [443/tcp], why: x }]",
      'a comma is missing before "to:"',
      "# put a comma after from: [app, web]",
    ],
    ['quarantine: ["app" "web"]', 'a comma is missing before "web"', '# put a comma after "app"'],
    ["quarantine: [*]", 'text that begins with "*" needs quotes', expect.anything()],
    ["dns: { allow: [*.a.example.com] }", '"*.a.example.com" has to stand in quotes', '"*.a.example.com"'],
    [
      "dns:\n  allow:\n    - *.a.example.com",
      '"*.a.example.com" has to stand in quotes',
      '- "*.a.example.com"',
    ],
    ["logging: { retentionDays:90 }", 'a space is missing after "retentionDays:"', "retentionDays: 90"],
  ])("%s", (body, summary, fix) =>
    expect(loadSpec(HEAD + ZONES + body, "x").diagnostics.map(({ summary, fix }) => [summary, fix])).toEqual([
      [summary, fix],
    ]),
  );
});

describe("a part that is a mapping and has to be a list", () => {
  test.each([
    [
      "egress: { app: [a.example.com] }",
      'egress:\n  - { from: app, to: [a.example.com], ports: [443/tcp], why: "what this is for" }',
    ],
    [
      "egress: { app: a.example.com }",
      'egress:\n  - { from: app, to: [a.example.com], ports: [443/tcp], why: "what this is for" }',
    ],
    ["flows: { app: run }", 'flows:\n  - { from: app, to: run, ports: [443/tcp], why: "what this is for" }'],
  ])("is proposed as one: %s", (body, fix) => {
    expect(withZones(body)).toEqual([["type-wrong", `# a list of what is opened, like:\n${fix}`]]);
    expect(withZones(`${fix}\n`)).toEqual([]);
  });
});

test("of several names in an assertion none is dropped", () => {
  const never = (from: string): string => `assertions: [{ never: { from: ${from}, to: db } }]\n`;
  expect(withZones(never("[app]"))).toEqual([["type-wrong", "from: app"]]);
  expect(withZones(never("[app, web]"))).toEqual([
    ["type-wrong", "# write an entry of assertions for each: app, web"],
  ]);
});
