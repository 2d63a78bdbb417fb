/** What is proposed can be pasted where it is proposed. */
import { loadSpec } from "../../src/model/load";

const HEAD = `name: case
region: us-east-1
cidr: 10.20.0.0/16
zones:
  web: { exposure: public, hosts: 50 }
  app: { exposure: private, hosts: 50 }
  gpu: { exposure: private, hosts: 50 }
  db: { exposure: isolated, hosts: 50 }
`;

const fixesOf = (body: string) => loadSpec(HEAD + body, "spec.yaml").diagnostics.map(({ code, fix }) => [code, fix]);

describe("an entry of a list", () => {
  test.each([
    ["flow style", "flows: [{ from: [app, gpuu], to: db, ports: [443/tcp], why: x }]\n", "zone-unknown", "gpu"],
    ["flow style in block style", "flows:\n  - { from: [apq], to: db, ports: [443/tcp], why: x }\n", "zone-unknown", "app"],
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
    ["flow style with a wrong kind", "flows:\n  - { from: app, to: db, ports: [443], why: x }\n", "type-wrong", "443/tcp"],
    [
      "block style with a wrong kind",
      "flows:\n  - from: app\n    to: db\n    ports:\n      - 443\n    why: x\n",
      "type-wrong",
      "- 443/tcp",
    ],
  ])("in %s is proposed as it stands there", (_, body, code, fix) => expect(fixesOf(body)).toEqual([[code, fix]]));
});

describe("for a flow to the internet", () => {
  const flow = (from: string): string => `flows:\n  - { from: ${from}, to: internet, ports: [443/tcp], why: x }\n`;
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
