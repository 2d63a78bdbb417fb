/** Packets are followed through the rendered policy as Google evaluates it: what is declared passes, and nothing else does. */
import fc from "fast-check";
import { type Cidr, contains, parseCidr, parseIp } from "../../../src/net/cidr";
import { type Rule, render, rulesOf, spec } from "./rendered";

const ZONES = ["web", "app", "batch", "db"] as const;
const EXPOSURES = { web: "public", app: "private", batch: "private", db: "isolated" } as const;
const SIZES = { web: 50, app: 50, batch: 50, db: 20 } as const;

/** Zones with an answer on health checks each. */
const zonesOf = (checked: readonly string[]): string =>
  `zones:\n${ZONES.map((zone) => `  ${zone}: { exposure: ${EXPOSURES[zone]}, hosts: ${SIZES[zone]}, healthChecks: ${checked.includes(zone)} }\n`).join("")}`;
/** An address in the second slot of each zone, one of Google's proxies, and two that nobody declares. */
const HOSTS: Readonly<Record<string, string>> = {
  web: "10.20.0.70",
  app: "10.20.1.70",
  batch: "10.20.2.70",
  db: "10.20.3.40",
  internet: "35.191.0.9",
  elsewhere: "203.0.113.9",
  neighbour: "10.99.0.1",
};

interface Packet {
  readonly from: string;
  readonly to: string;
  readonly protocol: "tcp" | "udp" | "icmp";
  readonly port: number;
}

function block(text: string): Cidr | undefined {
  const parsed = parseCidr(text);
  return parsed.ok ? parsed.cidr : undefined;
}

const holds = (ranges: readonly string[], address: string): boolean =>
  ranges.length === 0 ||
  ranges.some((range) => {
    const outer = block(range);
    return outer !== undefined && contains(outer, { base: parseIp(address) ?? 0, prefix: 32 });
  });

function carries(traffic: string, { protocol, port }: Packet): boolean {
  if (traffic === "all") return true;
  const [name, ports] = traffic.split(" ");
  if (name !== protocol) return false;
  if (ports === undefined) return true;
  const [low = 0, high = low] = ports.split("-").map(Number);
  return port >= low && port <= high;
}

/** The value of a condition as rendered, with these zones cut off. */
function isDisabled(condition: unknown, quarantine: readonly string[]): boolean {
  if (typeof condition === "boolean") return condition;
  const text = String(condition).slice(2, -1);
  const cut = [...text.matchAll(/contains\(var\.quarantine, "([a-z-]+)"\)/g)].some(([, zone]) =>
    quarantine.includes(zone ?? ""),
  );
  return text.startsWith("!") ? !cut : cut;
}

/** The first rule that matches decides; without one, Google lets out and keeps in. */
function decides(
  rules: readonly Rule[],
  direction: string,
  packet: Packet,
  quarantine: readonly string[],
): boolean {
  const [source = "", destination = ""] = [HOSTS[packet.from], HOSTS[packet.to]];
  const match = rules.find(
    (rule) =>
      rule.direction === direction &&
      !isDisabled(rule.disabled, quarantine) &&
      holds(rule.sources, source) &&
      holds(rule.destinations, destination) &&
      rule.traffic.some((traffic) => carries(traffic, packet)),
  );
  return match === undefined ? direction === "EGRESS" : match.action === "allow";
}

/** Outside the network only one end is Google's to judge. */
const passes = (rules: readonly Rule[], packet: Packet, quarantine: readonly string[]): boolean =>
  (!isZone(packet.from) || decides(rules, "EGRESS", packet, quarantine)) &&
  (!isZone(packet.to) || decides(rules, "INGRESS", packet, quarantine));

const isZone = (name: string): boolean => (ZONES as readonly string[]).includes(name);

interface Declared extends Packet {
  readonly text: string;
}

const declared = fc
  .tuple(
    fc.constantFrom(...ZONES, "internet"),
    fc.constantFrom(...ZONES),
    fc.constantFrom("tcp", "udp", "icmp"),
    fc.constantFrom(53, 80, 443, 8080),
  )
  .map(([from, to, protocol, port]): Declared => {
    const web = from === "internet";
    const [target, carried] = web
      ? (["web", "tcp"] as const)
      : ([to, protocol as Packet["protocol"]] as const);
    const ports = carried === "icmp" ? "icmp" : `${port}/${carried}`;
    return {
      from,
      to: target,
      protocol: carried,
      port,
      text: `  - { from: ${from}, to: ${target}, ports: [${ports}], why: "x" }\n`,
    };
  });

const packets: readonly Packet[] = Object.keys(HOSTS).flatMap((from) =>
  Object.keys(HOSTS).flatMap((to) =>
    isZone(from) || isZone(to)
      ? (["tcp", "udp", "icmp"] as const).flatMap((protocol) =>
          [53, 80, 443, 8080, 9999].map((port) => ({ from, to, protocol, port })),
        )
      : [],
  ),
);

const wanted = (
  flows: readonly Declared[],
  packet: Packet,
  quarantine: readonly string[],
  checked: readonly string[],
): boolean =>
  flows.some(
    (flow) =>
      (flow.from === packet.from ||
        (packet.from === "internet" && flow.protocol === "tcp" && checked.includes(flow.to))) &&
      flow.to === packet.to &&
      flow.protocol === packet.protocol &&
      (flow.protocol === "icmp" || flow.port === packet.port),
  ) &&
  !quarantine.includes(packet.from) &&
  !quarantine.includes(packet.to);

test("what is declared passes, nothing else does, and a zone that is cut off neither sends nor receives", () => {
  const flows = fc.uniqueArray(declared, { maxLength: 10, selector: ({ text }) => text });
  fc.assert(
    fc.property(flows, fc.subarray([...ZONES]), fc.subarray([...ZONES]), (some, quarantine, checked) => {
      const rest = some.length === 0 ? "" : `flows:\n${some.map(({ text }) => text).join("")}`;
      const rules = rulesOf(render(spec(rest, zonesOf(checked))));
      const wrong = packets.filter(
        (packet) => passes(rules, packet, quarantine) !== wanted(some, packet, quarantine, checked),
      );
      expect(wrong).toEqual([]);
    }),
    { numRuns: 12 },
  );
});

test("packets that nobody declares are among those that are tried", () => {
  expect(packets.filter(({ from }) => from === "elsewhere").length).toBeGreaterThan(0);
  expect(packets.length).toBeGreaterThan(400);
});
