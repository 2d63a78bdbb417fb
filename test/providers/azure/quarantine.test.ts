/** The variable `quarantine` changes values, never what exists. */

import { formatCidr } from "../../../src/net/cidr";
import { block } from "../../../src/verifier/replay/blocks";
import { resourcesOf, resourceTypes, text } from "../../../src/verifier/terraform/document";
import { readNetwork, readRules } from "./network";
import { render } from "./rendered";

const ZONES = ["front", "app", "jobs", "store"];

const { document } = render({
  zones: {
    front: { exposure: "public", prefix: 27 },
    app: { exposure: "private", prefix: 27 },
    jobs: { exposure: "private", prefix: 27 },
    store: { exposure: "isolated", prefix: 27 },
  },
  flows: [
    { from: "internet", to: ["front"], ports: ["443/tcp"], why: "a test" },
    { from: ["front", "jobs"], to: ["app", "store"], ports: ["443/tcp", "any"], why: "a test" },
  ],
  privateEndpoints: {
    credentials: { service: "secrets", from: ["app", "jobs"] },
    logs: { service: "logs", from: ["store"] },
  },
  egress: [
    { from: ["app", "jobs"], to: ["mirror.example.com"], ports: ["443/tcp", "80/tcp"], why: "a test" },
  ],
});

const group = (zone: string) => resourcesOf(document, "azurerm_network_security_group").get(zone);

test("nothing comes or goes by the variable", () => {
  const conditional = resourceTypes(document).flatMap((type) =>
    [...resourcesOf(document, type)].flatMap(([name, body]) => {
      const meta = `${text(body, "count")}${JSON.stringify(body["for_each"] ?? "")}`;
      return meta.includes("quarantine") ? [`${type}.${name}`] : [];
    }),
  );
  expect(conditional).toEqual([]);
});

test.each(ZONES)("%s cut off denies everything first, in both directions", (zone) => {
  for (const direction of ["Inbound", "Outbound"]) {
    const [first] = readRules(group(zone), [zone]).filter((rule) => rule.direction === direction);
    expect(first).toMatchObject({
      priority: 100,
      allow: false,
      ranges: [{ protocol: "any", from: 0, to: 65535 }],
      from: ["*"],
      to: ["*"],
    });
    const [idle] = readRules(group(zone), []).filter((rule) => rule.direction === direction);
    expect(idle).toMatchObject({ priority: 100, allow: false, from: [block("192.0.2.0/24")] });
  }
});

test.each(ZONES)("%s cut off keeps every rule by name and number, and none of them allows", (zone) => {
  const shape = (cut: readonly string[]) =>
    readRules(group(zone), cut).map(({ name, priority, direction }) => ({ name, priority, direction }));
  expect(shape([zone])).toEqual(shape([]));
  expect(readRules(group(zone), []).some((rule) => rule.allow)).toBe(true);
  expect(readRules(group(zone), [zone]).some((rule) => rule.allow)).toBe(false);
});

test.each(ZONES)("%s cut off has no route to anything, which ends open connections too", (zone) => {
  const cut = readNetwork(document, [zone]).subnets.filter((subnet) => subnet.name.startsWith(`${zone}_`));
  expect(cut).toHaveLength(2);
  for (const { routes } of cut)
    for (const range of ["10.20.0.0/17", "10.20.255.0/24", "10.20.254.192/26"])
      expect(routes).toEqual(
        expect.arrayContaining([expect.objectContaining({ block: block(range), hop: "None" })]),
      );
  for (const { routes } of cut) expect(routes.every(({ hop }) => hop === "None")).toBe(true);
});

test.each(ZONES)("%s cut off leaves subnets of zones that have nothing to do with it as they are", (zone) => {
  const [before, after] = [readNetwork(document, []), readNetwork(document, [zone])];
  const others = ZONES.filter((other) => other !== zone);
  for (const subnet of before.subnets) {
    const owner = others.find((other) => subnet.name.startsWith(`${other}_`));
    if (owner === undefined) continue;
    const same = after.subnets.find((each) => each.name === subnet.name);
    expect(same?.routes).toEqual(subnet.routes);
    const changed = (subnet.rules ?? []).filter(
      (rule, index) => JSON.stringify(rule) !== JSON.stringify(same?.rules?.[index]),
    );
    expect(changed.filter((rule) => !rule.name.includes(zone))).toEqual([]);
  }
});

test("the firewall forgets the addresses of a zone that is cut off, and of no other", () => {
  const sources = (cut: readonly string[]) =>
    readNetwork(document, cut).exits.map((exit) => exit.sources.map(formatCidr).join());
  const [app, other] = [...new Set(sources([]))];
  expect(sources(["app"]).filter((source) => source === "192.0.2.0/24")).toHaveLength(2);
  expect(new Set(sources(["app"]))).toEqual(new Set(["192.0.2.0/24", app === undefined ? "" : other]));
});
