/** Everybody who could send or receive a packet around a rendered enclave, and what its spec says of each pair. */

import { type End, open, PLATFORM } from "../../../src/verifier/azure/packets";
import { address, block, holds } from "../../../src/verifier/replay/blocks";
import { parseTraffic } from "../../../src/verifier/replay/traffic";
import {
  covers,
  declaresExit,
  declaresFlow,
  type NetSpec,
  type Protocol,
  type SpecEndpoint,
} from "../../support/random-specs";
import type { Net } from "./network";

const INTERNET = [
  "198.51.100.7",
  "203.0.113.70",
  "203.0.113.1",
  "100.128.0.1",
  "8.8.8.8",
  "169.253.255.255",
  "11.0.0.0",
];
const ELSEWHERE = ["10.255.0.9", "172.31.255.9", "192.168.255.9", "100.127.0.9", "169.254.169.254"];
const PROTOCOLS: readonly Protocol[] = ["tcp", "udp", "icmp", "gre"];
/** The edges of every port in generated specs. */
export const EDGES = [
  1, 21, 22, 23, 53, 80, 443, 444, 1023, 1024, 1025, 4999, 5000, 5671, 6000, 7000, 7999, 8000, 8100, 8101,
  8443, 8444, 9000, 65535,
];

interface Party {
  readonly kind: "zone" | "internet" | "endpoint" | "probe" | "elsewhere";
  readonly name: string;
  readonly host: End;
}

function partiesOf(spec: NetSpec, net: Net): Party[] {
  const zones = net.subnets.flatMap((subnet): Party[] => {
    const name = subnet.name.replace(/_\d$/, "");
    const host = (offset: number): End => ({ address: subnet.block.base + offset });
    if (!Object.hasOwn(spec.zones, name)) return [{ name: subnet.name, kind: "elsewhere", host: host(5) }];
    return (subnet.name.endsWith("_1") ? [5, 9] : [5]).map((offset) => ({
      name,
      kind: "zone",
      host: host(offset),
    }));
  });
  const first = net.subnets.find((subnet) => subnet.name === "enclave_endpoints")?.block.base ?? 0;
  const endpoints = [...net.members].map(
    ([name, groups], index): Party => ({
      name,
      kind: "endpoint",
      host: { address: first + 16 + index, groups },
    }),
  );
  const apart = ELSEWHERE.map(address).filter((at) => !net.ranges.some((range) => holds(range, at)));
  return [
    ...zones,
    ...endpoints,
    ...INTERNET.map(
      (text): Party => ({ name: "internet", kind: "internet", host: { address: address(text) } }),
    ),
    ...apart.map((at): Party => ({ name: String(at), kind: "elsewhere", host: { address: at } })),
    { name: "probe", kind: "probe", host: { address: PLATFORM } },
  ];
}

const packetOf = (protocol: Protocol, port: number) =>
  parseTraffic(protocol === "tcp" || protocol === "udp" ? `${port}/${protocol}` : protocol);

/** Which endpoints of a spec a private endpoint stands for, said here once more: Azure Monitor's is shared. */
const usersOf = (spec: NetSpec, resource: string): SpecEndpoint[] =>
  Object.entries(spec.privateEndpoints).flatMap(([name, one]) => {
    const monitor = resource === "enclave_monitor" && ["logs", "metrics"].includes(one.service);
    return monitor || resource.startsWith(`${name.replaceAll("-", "_")}_`) ? [one] : [];
  });

function declaresEndpoint(
  spec: NetSpec,
  zone: string,
  resource: string,
  protocol: Protocol,
  port: number,
): boolean {
  const portsOf = (one: SpecEndpoint): readonly string[] =>
    one.ports ?? (one.service === "queue" ? ["443/tcp", "5671/tcp"] : ["443/tcp"]);
  return usersOf(spec, resource).some(
    (one) => one.from.includes(zone) && covers(portsOf(one), protocol, port),
  );
}

function isDeclared(spec: NetSpec, from: Party, to: Party, protocol: Protocol, port: number): boolean {
  const holds = (range: string): boolean =>
    block(range).base <= from.host.address &&
    from.host.address < block(range).base + 2 ** (32 - block(range).prefix);
  if (to.kind === "zone" && from.kind === "zone")
    return declaresFlow(spec, from.name, to.name, protocol, port);
  if (to.kind === "zone" && from.kind !== "elsewhere") {
    // The host looks after every TCP port that a flow opens, from wherever, until the zone says no.
    const isLookedAfter = spec.zones[to.name]?.healthChecks !== false;
    const probed =
      from.kind === "probe" &&
      protocol === "tcp" &&
      ["internet", ...(isLookedAfter ? Object.keys(spec.zones) : [])].some((source) =>
        declaresFlow(spec, source, to.name, protocol, port),
      );
    return (
      from.kind !== "endpoint" && (probed || declaresFlow(spec, "internet", to.name, protocol, port, holds))
    );
  }
  if (from.kind !== "zone") return false;
  if (to.kind === "endpoint") return declaresEndpoint(spec, from.name, to.name, protocol, port);
  return to.kind === "internet" && declaresExit(spec, from.name, protocol, port);
}

/** One sentence for each connection that is not as declared. `cut` are zones in quarantine, `ports` what tcp and udp are tried on. */
export function misjudged(
  spec: NetSpec,
  net: Net,
  ports: readonly number[],
  cut: readonly string[] = [],
): string[] {
  const parties = partiesOf(spec, net);
  const inside = (party: Party): boolean => party.kind === "zone" || party.kind === "endpoint";
  return parties.flatMap((from) =>
    parties.flatMap((to) => {
      if (from === to || to.kind === "probe" || (!inside(from) && !inside(to))) return [];
      return PROTOCOLS.flatMap((protocol) =>
        (protocol === "tcp" || protocol === "udp" ? ports : [0]).flatMap((port) => {
          const declared =
            isDeclared(spec, from, to, protocol, port) && !cut.includes(from.name) && !cut.includes(to.name);
          const outcome = open(net, { from: from.host, to: to.host, ...packetOf(protocol, port) });
          const words = `${from.name} (${from.host.address}) to ${to.name} (${to.host.address}) ${port}/${protocol}`;
          return (outcome === "passes") === declared
            ? []
            : [`${words}: ${outcome}, ${declared ? "passes" : "refused"} expected`];
        }),
      );
    }),
  );
}
