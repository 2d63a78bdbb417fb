/** One kind of packet: a protocol, and the destination's port where the protocol has ports. */

export type Protocol = "tcp" | "udp" | "icmp" | "gre";

export interface Packet {
  readonly protocol: Protocol;
  readonly port: number;
}

/** `443/tcp`, `53/udp`, `icmp`; `gre` stands for every protocol without ports but ICMP. */
export function parseTraffic(traffic: string): Packet {
  const [, port = "0", protocol = traffic] = /^(\d+)\/(\w+)$/.exec(traffic) ?? [];
  if (protocol !== "tcp" && protocol !== "udp" && protocol !== "icmp" && protocol !== "gre")
    throw new Error(`no traffic: ${traffic}`);
  return { protocol, port: Number(port) };
}
