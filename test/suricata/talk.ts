/** Conversations as their packets: what a client sends on one connection, and the least that a server answers. */
import { ACK, type Endpoint, octets, type Packet, PUSH, SYN, tcp, uint } from "./pcap";

/** What the client sends, segment by segment; the server acknowledges each, or answers with its octets. */
export interface Turn {
  readonly says: Buffer;
  readonly answer?: Buffer;
}

const NOTHING: Buffer = Buffer.alloc(0);

/** Three packets of handshake, then two for each turn. */
export function connection(client: Endpoint, server: Endpoint, turns: readonly Turn[]): Packet[] {
  const packets = [
    tcp(client, server, [1000, 0, SYN]),
    tcp(server, client, [5000, 1001, SYN | ACK]),
    tcp(client, server, [1001, 5001, ACK]),
  ];
  let [sent, received] = [1001, 5001];
  for (const { says, answer = NOTHING } of turns) {
    packets.push(tcp(client, server, [sent, received, ACK | PUSH], says));
    sent += says.length;
    packets.push(tcp(server, client, [received, sent, ACK], answer));
    received += answer.length;
  }
  return packets;
}

const counted = (length: 1 | 2 | 3, body: Buffer): Buffer => Buffer.concat([uint(body.length, length), body]);
const extension = (type: number, body: Buffer): Buffer => Buffer.concat([uint(type, 2), counted(2, body)]);

/** A ClientHello in one record. `padding` makes it as long as one with keys against quantum computers. */
export function clientHello(name: string | undefined, padding = 0): Buffer {
  const named = (text: string): Buffer =>
    extension(0, counted(2, Buffer.concat([octets(0), counted(2, Buffer.from(text))])));
  const extensions = Buffer.concat([
    extension(43, counted(1, octets(3, 4, 3, 3))),
    extension(13, counted(2, octets(4, 3, 8, 4))),
    ...(padding === 0 ? [] : [extension(21, Buffer.alloc(padding))]),
    ...(name === undefined ? [] : [named(name)]),
  ]);
  const body = Buffer.concat([
    octets(3, 3),
    Buffer.alloc(32, 7),
    counted(1, Buffer.alloc(0)),
    counted(2, octets(0x13, 1, 0x13, 2)),
    octets(1, 0),
    counted(2, extensions),
  ]);
  const handshake = Buffer.concat([octets(1), counted(3, body)]);
  return Buffer.concat([octets(22, 3, 1), counted(2, handshake)]);
}

/** The same message in two records. */
export function inTwoRecords(hello: Buffer): Buffer {
  const message = hello.subarray(5);
  const parts = [message.subarray(0, 50), message.subarray(50)];
  return Buffer.concat(parts.flatMap((part) => [octets(22, 3, 1), counted(2, part)]));
}

/** The beginning of one that says that it is long, and pieces of whatever it is used to carry out. */
export const endlessHello = (size: number): Buffer[] =>
  chunks(
    Buffer.concat([octets(22, 3, 1, 0x3f, 0xff, 1, 0, 0xff, 0xff, 3, 3), Buffer.alloc(40_000, 1)]),
    size,
  );

/** Of TLS: something that was encrypted. */
export const record = (length: number): Buffer =>
  Buffer.concat([octets(23, 3, 3), counted(2, Buffer.alloc(length, 9))]);

export const chunks = (whole: Buffer, size: number): Buffer[] =>
  Array.from({ length: Math.ceil(whole.length / size) }, (_, at) =>
    whole.subarray(at * size, (at + 1) * size),
  );

/** One request of HTTP/1.1; `host` absent: no such header. */
export function request(host: string | undefined, { path = "/", version = "1.1", body = 0 } = {}): Buffer {
  const named = host === undefined ? "" : `Host: ${host}\r\n`;
  const length = body === 0 ? "" : `Content-Length: ${body}\r\n`;
  const method = body === 0 ? "GET" : "POST";
  return Buffer.concat([
    Buffer.from(`${method} ${path} HTTP/${version}\r\n${named}Accept: */*\r\n${length}\r\n`),
    Buffer.alloc(body, 0x61),
  ]);
}

export const OK = Buffer.from("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");

const frame = (type: number, flags: number, stream: number, body: Buffer): Buffer =>
  Buffer.concat([uint(body.length, 3), octets(type, flags), uint(stream, 4), body]);

export const HTTP2_BEGINNING = Buffer.concat([
  Buffer.from("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"),
  frame(4, 0, 0, Buffer.alloc(0)),
]);

/** One request of HTTP/2, headers as literals that nobody remembers. */
export function request2(stream: number, authority: string | undefined): Buffer {
  const text = (value: string): Buffer => counted(1, Buffer.from(value));
  const header = (name: string, value: string): Buffer => Buffer.concat([octets(0), text(name), text(value)]);
  const headers = [
    header(":method", "GET"),
    header(":scheme", "https"),
    header(":path", "/"),
    ...(authority === undefined ? [] : [header(":authority", authority)]),
  ];
  return frame(1, 0x05, stream, Buffer.concat(headers));
}
