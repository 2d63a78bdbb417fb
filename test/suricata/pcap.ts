/** Packets of IPv4 as a capture file: what Suricata reads with `-r`. https://www.tcpdump.org/manpages/pcap-savefile.5.html */
export interface Endpoint {
  readonly address: string;
  readonly port: number;
}

/** Octets after the header of IPv4, and who sends them to whom. */
export interface Packet {
  readonly from: string;
  readonly to: string;
  readonly protocol: number;
  readonly body: Buffer;
}

const RAW_IPV4 = 101;
const [ICMP, TCP, UDP] = [1, 6, 17] as const;
export const [SYN, ACK, PUSH] = [0x02, 0x10, 0x08] as const;

export const octets = (...values: readonly number[]): Buffer => Buffer.from(values);

export function uint(value: number, length: 1 | 2 | 3 | 4): Buffer {
  const written = Buffer.alloc(length);
  written.writeUIntBE(value, 0, length);
  return written;
}

/** Checksums stay empty: the engine is told not to ask for them. */
function ipv4({ from, to, protocol, body }: Packet): Buffer {
  const addresses = [from, to].map((address) => Buffer.from(address.split(".").map(Number)));
  const head = [octets(0x45, 0), uint(20 + body.length, 2), octets(0, 0, 0x40, 0, 64, protocol, 0, 0)];
  return Buffer.concat([...head, ...addresses, body]);
}

export function tcp(
  from: Endpoint,
  to: Endpoint,
  [sequence, acknowledged, flags]: readonly [number, number, number],
  data: Buffer = Buffer.alloc(0),
): Packet {
  const head = [uint(from.port, 2), uint(to.port, 2), uint(sequence, 4), uint(acknowledged, 4)];
  const body = Buffer.concat([...head, octets(0x50, flags, 0xff, 0xff, 0, 0, 0, 0), data]);
  return { from: from.address, to: to.address, protocol: TCP, body };
}

export function udp(from: Endpoint, to: Endpoint, data: Buffer): Packet {
  const head = [from.port, to.port, 8 + data.length, 0].map((value) => uint(value, 2));
  return { from: from.address, to: to.address, protocol: UDP, body: Buffer.concat([...head, data]) };
}

/** An error carries the beginning of the packet that it is about. */
export function icmp(from: string, to: string, type: number, code: number, about?: Packet): Packet {
  const carried = about === undefined ? Buffer.from("ping") : ipv4(about).subarray(0, 28);
  const body = Buffer.concat([octets(type, code, 0, 0, 0, 0, 0x05, 0xdc), carried]);
  return { from, to, protocol: ICMP, body };
}

/** A millisecond apart. */
export function capture(packets: readonly Packet[]): Buffer {
  const little = (...values: readonly number[]): Buffer => {
    const written = Buffer.alloc(4 * values.length);
    values.forEach((value, at) => {
      written.writeUInt32LE(value, 4 * at);
    });
    return written;
  };
  const version = Buffer.from([2, 0, 4, 0]);
  const head = Buffer.concat([little(0xa1b2c3d4), version, little(0, 0, 65535, RAW_IPV4)]);
  const records = packets.map((packet, at) => {
    const written = ipv4(packet);
    return Buffer.concat([
      little(1_800_000_000 + Math.floor(at / 1000), (at % 1000) * 1000, written.length, written.length),
      written,
    ]);
  });
  return Buffer.concat([head, ...records]);
}
