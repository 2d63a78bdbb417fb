/** A proposal can be pasted where it is proposed. */
import { loadSpec } from "../../src/app/load";

const HEAD = `name: case
region: us-east-1
cidr: 10.20.0.0/16
zones:
  web: { exposure: public, hosts: 50 }
  app: { exposure: private, hosts: 50 }
  gpu: { exposure: private, hosts: 50 }
  db: { exposure: isolated, hosts: 50 }
`;

const fixesOf = (body: string) =>
  loadSpec(HEAD + body, "spec.yaml").diagnostics.map(({ code, fix }) => [code, fix]);

describe("an entry of a list", () => {
  test.each([
    [
      "flow style",
      "flows: [{ from: [app, gpuu], to: db, ports: [443/tcp], why: x }]\n",
      "zone-unknown",
      "gpu",
    ],
    [
      "flow style in block style",
      "flows:\n  - { from: [apq], to: db, ports: [443/tcp], why: x }\n",
      "zone-unknown",
      "app",
    ],
    [
      "block style",
      "flows:\n  - from:\n      - app\n      - gpuu\n    to: db\n    ports: [443/tcp]\n    why: x\n",
      "zone-unknown",
      "- gpu",
    ],
    [
      "flow style over lines",
      "flows:\n  - from: [\n      apq,\n    ]\n    to: db\n    ports: [443/tcp]\n    why: x\n",
      "zone-unknown",
      "app",
    ],
    ["no list", "flows:\n  - { from: apq, to: db, ports: [443/tcp], why: x }\n", "zone-unknown", "from: app"],
    [
      "flow style with a wrong kind",
      "flows:\n  - { from: app, to: db, ports: [443], why: x }\n",
      "type-wrong",
      "443/tcp",
    ],
    [
      "block style with a wrong kind",
      "flows:\n  - from: app\n    to: db\n    ports:\n      - 443\n    why: x\n",
      "type-wrong",
      "- 443/tcp",
    ],
  ])("in %s is proposed as it stands there", (_, body, code, fix) =>
    expect(fixesOf(body)).toEqual([[code, fix]]),
  );
});

describe("for a flow to the internet", () => {
  const flow = (from: string): string =>
    `flows:\n  - { from: ${from}, to: internet, ports: [443/tcp], why: x }\n`;
  const wayOut = (from: string): string =>
    `# instead of flows[0]:\negress:\n  - { from: ${from}, to: ["*.example.com"], ports: [443/tcp], why: "what for" }`;

  test.each([
    ["app", wayOut("app")],
    ["[app, gpu]", wayOut("[app, gpu]")],
    ["[web, app]", wayOut("app")],
    ["web", "# remove flows[0]"],
    ["db", "# remove flows[0]"],
    ["[web, db]", "# remove flows[0]"],
  ])("from %s, what is proposed is valid: %s", (from, fix) => {
    expect(fixesOf(flow(from))).toEqual([["flow-to-internet", fix]]);
    if (fix.includes("egress")) expect(fixesOf(`${fix}\n`)).toEqual([]);
  });

  test("only the entry goes where the flow has another target", () => {
    const [found] = fixesOf("flows:\n  - { from: web, to: [app, internet], ports: [443/tcp], why: x }\n");
    expect(found).toEqual(["flow-to-internet", "# remove flows[0].to[1]"]);
  });
});

describe("a value of the wrong kind", () => {
  const zone = (field: string): string =>
    `name: case\nregion: us-east-1\ncidr: 10.20.0.0/16\nzones:\n  app: { exposure: private, ${field} }\n`;
  const fixIn = (text: string) => loadSpec(text, "spec.yaml").diagnostics.map(({ fix }) => fix);

  test.each([
    ['hosts: "500"', "hosts: 500"],
    ["hosts: 50.2", "hosts: 51"],
    ["hosts: 1_000", "hosts: 1000"],
    ['hosts: "1,000"', "hosts: 1000"],
    ["hosts: many", "hosts: 50"],
    ["hosts: 1e30", "hosts: 50"],
    ["prefix: /25", "prefix: 25"],
    ["cidr: 10.20.8.0", "cidr: 10.20.8.0/24"],
    ["cidr: 10.020.8.0/24", "cidr: 10.20.8.0/24"],
    ["cidr: 10.20.8.0/255.255.255.0", "cidr: 10.20.8.0/24"],
    ["cidr: 10.20.8.7 / 24", "cidr: 10.20.8.0/24"],
    ["cidr: here", "cidr: 10.20.0.0/24"],
    ["hosts: 5, role: database", "role: data"],
    ["hosts: 5, role: nonsense", "# remove zones.app.role"],
  ])("of a zone: %s becomes %s", (field, fix) => expect(fixIn(zone(field))).toEqual([fix]));

  test.each([
    ["exposure: external", "exposure: public"],
    ["exposure: internal", "exposure: private"],
    ["exposure: nonsense", "exposure: isolated"],
    ["exposure:", "exposure: isolated"],
  ])("an exposure: %s becomes %s", (line, fix) =>
    expect(fixIn(zone("hosts: 5").replace("exposure: private", line))).toEqual([fix]),
  );

  test.each([
    ["flows:\n  - { from: app, to: app, ports: 443, why: x }\n", "ports: [443/tcp]"],
    ["flows:\n  - { from: app, to: app, ports: 22:22, why: x }\n", "ports: [22/tcp]"],
    ['flows:\n  - { from: app, to: app, ports: "80, 443", why: x }\n', "ports: [80/tcp, 443/tcp]"],
    ["flows:\n  - { from: app, to: app, port: 443, why: x }\n", "ports: [443/tcp]"],
    ["flows:\n  - { from: app, to: app, ports: nonsense, why: x }\n", "ports: [443/tcp]"],
    ["flows:\n  - { from: app, to: app, ports: [https], why: x }\n", "443/tcp"],
    ["flows:\n  - { from: app, to: app, ports: [udp/53], why: x }\n", "53/udp"],
    ["flows:\n  - { from: [], to: app, ports: [443/tcp], why: x }\n", "from: web"],
    ["flows:\n  - { from: web, to: [], ports: [443/tcp], why: x }\n", "to: app"],
    ["egress:\n  - { from: [], to: [a.example.com], ports: [443/tcp], why: x }\n", "from: app"],
    [
      "flows:\n  one: { from: web, to: app, ports: [443/tcp], why: x }\n",
      "flows:\n  - { from: web, to: app, ports: [ 443/tcp ], why: x }",
    ],
    [
      "privateEndpoints:\n  - { name: model, service: model-api, from: app }\n",
      "privateEndpoints:\n  model: { service: model-api, from: app }",
    ],
    ["privateEndpoints: { m: { service: bedrock, from: app } }\n", "service: model-api"],
    [
      "privateEndpoints: { m: { service: object-storage, from: app, resources: [a] } }\n",
      "resources: { google: [a] }",
    ],
    [
      "privateEndpoints: { m: { service: object-storage, from: app, resources: { aws: [s3://mine/x] } } }\n",
      '"arn:aws:s3:::mine"',
    ],
    ["flows:\n  - { source: web, to: app, ports: [443/tcp], why: x }\n", "from:"],
    [
      "flows:\n  - { from: web, to: app, ports: [443/tcp], why: x, description: y }\n",
      "# remove flows[0].description",
    ],
    ["zoneNames: [us-east-1a, us-east-1b]\n", "zoneNames: { aws: [us-east-1a, us-east-1b] }"],
    ["dns: [a.example.com]\n", "dns: { allow: [a.example.com] }"],
    ["backend: gs\n", "backend: { type: gcs }"],
    ["backend: amazon\n", "backend: { type: s3 }"],
    ["terraform: 5\n", "terraform: { azurerm: 5 }"],
    ["cloud: [azure, aws]\n", "cloud: azure"],
    ["waive: stores-no-egress\n", "# remove waive"],
    ["flows: |\n  - { from: web }\n", "# remove flows"],
    ["logging: 90\n", "logging: { retentionDays: 90 }"],
    ["logging: { retention: 90d }\n", "retentionDays: 90"],
    ["flows:\n", "# remove flows"],
  ])("of the rest: %j becomes %j", (body, fix) =>
    expect(fixesOf(body).map(([, each]) => each)).toEqual([fix]),
  );
});

describe("what narrows or names an item never goes alone", () => {
  test.each([
    [
      "flows:\n  - { from: internet, to: web, ports: [443/tcp], sources: [10.0.0.0/8], why: x }\n",
      "# remove flows[0]",
    ],
    [
      "flows:\n  - { from: internet, to: web, ports: [443/tcp], sources: [10.0.0.0/8, 198.51.100.0/24], why: x }\n",
      "# remove flows[0].sources[0]",
    ],
    ["flows:\n  - { from: app, to: nothing-like-it, ports: [443/tcp], why: x }\n", "# remove flows[0]"],
    [
      "flows:\n  - { from: app, to: [nothing-like-it, db], ports: [443/tcp], why: x }\n",
      "# remove flows[0].to[0]",
    ],
    ["waive:\n  - { rule: stores-no-egress, zone: nothing-like-it, why: x }\n", "# remove waive[0]"],
    ["assertions:\n  - never: { from: app, to: internet }\n", "# remove assertions[0]"],
    ["egress:\n  - { from: app, to: [10.0.0.1], ports: [443/tcp], why: x }\n", "# remove egress[0]"],
    ["flows:\n  - { from: internet, to: web, ports: [443/tcp], sources: [], why: x }\n", "# remove flows[0]"],
    [
      "flows:\n  - { from: internet, to: web, ports: [443/tcp], sources: [0.0.0.0/0], why: x }\n",
      "# remove flows[0].sources",
    ],
    [
      "privateEndpoints: { m: { service: secrets, from: app, resources: 5 } }\n",
      "# remove privateEndpoints.m",
    ],
    ["quarantine: [nothing-like-it]\n", "# remove quarantine[0]"],
  ])("%j: %s", (body, fix) => expect(fixesOf(body).map(([, each]) => each)).toEqual([fix]));
});
