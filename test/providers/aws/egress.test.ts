/** A zone that leaves and a zone that the internet enters stay apart, although both of their groups speak of every address. */

import { address } from "../../../src/verifier/replay/blocks";
import { passes, readNetwork } from "./network";
import { render, type Spec } from "./rendered";

const spec = (
  port: string,
  flows: readonly object[],
  zones: Readonly<Record<string, object>> = {},
): Spec => ({
  name: "case",
  region: "us-east-1",
  cidr: "10.20.0.0/16",
  zones: { front: { exposure: "public", prefix: 26 }, app: { exposure: "private", prefix: 26 }, ...zones },
  flows: [{ from: "internet", to: "front", ports: [port], why: "public API" }, ...flows],
  egress: [{ from: "app", to: ["mirror.example.com"], ports: [port], why: "packages" }],
});

function openFromAppToFront(of: Spec, port: number): boolean {
  const net = readNetwork(render(of).document, []);
  const host = (subnet: string, group: string) => ({
    address: (net.subnets.get(subnet)?.block.base ?? 0) + 5,
    subnet,
    groups: [group],
  });
  expect(
    passes(net, { from: host("app_1", "app"), to: { address: address("8.8.8.8") }, protocol: "tcp", port }),
  ).toBe(true);
  expect(
    passes(net, {
      from: { address: address("8.8.8.8") },
      to: host("front_1", "front"),
      protocol: "tcp",
      port,
    }),
  ).toBe(true);
  return passes(net, { from: host("app_1", "app"), to: host("front_2", "front"), protocol: "tcp", port });
}

const flow = (from: string, to: string, ...ports: string[]) => ({ from, to, ports, why: "a test" });
const many = Array.from({ length: 20 }, (_, index) => `${9000 + index}/tcp`);

test.each([
  ["no flow joins them", 443, []],
  [
    "the ports are client ports too and replies of the other direction pass",
    8443,
    [flow("front", "app", "22/tcp")],
  ],
  ["so many flows join them that the network ACLs hold no ports", 443, [flow("app", "front", ...many)]],
] as const)("where %s", (_words, port, flows) => {
  expect(openFromAppToFront(spec(`${port}/tcp`, flows), port)).toBe(false);
});

test("a public zone with more ports of tcp and udp than its network ACL holds still renders, protocol by protocol", () => {
  const ports = Array.from({ length: 10 }, (_, index) => [
    `${9000 + 2 * index}/tcp`,
    `${9000 + 2 * index}/udp`,
  ]).flat();
  const { document } = render({
    ...(spec("443/tcp", []) as object),
    flows: [{ from: "internet", to: "front", ports, why: "a test" }],
  });
  const whole = readNetwork(document, [])
    .subnets.get("front_1")
    ?.acl.ingress.filter(({ allow, from, to }) => allow && from === 0 && to === 65535);
  expect(whole?.map(({ protocol }) => protocol).sort()).toEqual(["tcp", "udp"]);
});
