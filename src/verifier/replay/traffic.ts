/** One kind of packet, and the few of them by which all others are judged. */

/** `port` is the destination's; the type of ICMP; 0 where a protocol has neither. */
export interface Packet {
  readonly protocol: string;
  readonly port: number;
}

/** `443/tcp`, `53/udp`, `icmp` for an echo request, or another protocol's name. */
export function parseTraffic(traffic: string): Packet {
  const [, port = "", protocol = traffic] = /^(\d+)\/(tcp|udp)$/.exec(traffic) ?? [];
  if (port === "" && !/^[a-z]+$/.test(protocol)) throw new Error(`no traffic: ${traffic}`);
  return { protocol, port: port === "" ? (protocol === "icmp" ? ECHO_REQUEST : 0) : Number(port) };
}

export function formatPacket({ protocol, port }: Packet): string {
  if (protocol === "icmp") return `icmp type ${port}`;
  return hasPorts(protocol) ? `${port}/${protocol}` : protocol;
}

export const hasPorts = (protocol: string): boolean => protocol === "tcp" || protocol === "udp";

export const ECHO_REQUEST = 8;
/** Among them: that a packet is too large. */
export const UNREACHABLE = 3;
export const LAST_PORT = 65535;

/** A rule's ports, or types of ICMP; both ends are held. */
export interface PortRange {
  readonly protocol: string;
  readonly from: number;
  readonly to: number;
}

/** In place of a protocol: every one of them, with all their ports. */
export const ANY = "any";

export const carries = (range: PortRange, { protocol, port }: Packet): boolean =>
  range.protocol === ANY || (range.protocol === protocol && range.from <= port && port <= range.to);

/** `gre` stands for every protocol that no rule names. */
const BEGINS: Readonly<Record<string, readonly number[]>> = {
  tcp: [1],
  udp: [1],
  icmp: [0, ECHO_REQUEST],
  gre: [0],
};

/**
 * One packet of each piece into which the ranges cut all traffic: rules made of these ranges judge the rest
 * of the piece alike. Each range contributes its first port and the one after its last.
 */
export function packetsAmong(ranges: Iterable<PortRange>): Packet[] {
  const begins = new Map(Object.entries(BEGINS).map(([protocol, ports]) => [protocol, new Set(ports)]));
  for (const { protocol, from, to } of ranges) {
    if (protocol === ANY) continue;
    const ports = begins.get(protocol) ?? new Set<number>();
    begins.set(protocol, ports);
    if (hasPorts(protocol)) {
      ports.add(Math.max(from, 1));
      if (to < LAST_PORT) ports.add(to + 1);
    } else if (protocol === "icmp") {
      ports.add(from);
      if (to < 255) ports.add(to + 1);
    } else ports.add(from);
  }
  return [...begins].flatMap(([protocol, ports]) => [...ports].map((port) => ({ protocol, port })));
}
