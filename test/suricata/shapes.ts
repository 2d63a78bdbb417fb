/** Shapes of traffic, as a client of a zone makes them: how much of each goes, and which rule it is that decides. */
import { icmp, type Packet } from "./pcap";
import { connection, OK, record, type Turn } from "./talk";

export interface Shape {
  readonly words: string;
  readonly packets: readonly Packet[];
  /** All of it, or the packet at which the client is stopped. */
  readonly goes: "whole" | number;
  /** Words of the rules without which the opposite happens. */
  readonly by: readonly string[];
}

export const APP = { address: "10.20.16.5", port: 40000 };
export const SERVER = "203.0.113.9";
export const ROUTER = "203.0.113.1";
/** The first packet after the handshake, and the next of the client. */
export const [FIRST, SECOND] = [3, 5] as const;

export const at = (port: number) => ({ address: SERVER, port });
export const says = (...parts: readonly Buffer[]): Turn[] => parts.map((part) => ({ says: part }));
export const asks = (...parts: readonly Buffer[]): Turn[] =>
  parts.map((part) => ({ says: part, answer: OK }));
export const talk = (port: number, turns: readonly Turn[]): Packet[] => connection(APP, at(port), turns);

export const shape = (
  words: string,
  goes: Shape["goes"],
  packets: readonly Packet[],
  ...by: readonly string[]
): Shape => ({ words, goes, packets, by });

/** The message about the packet comes after it. */
export const interrupted = (packets: readonly Packet[], after: number): Packet[] => [
  ...packets.slice(0, after + 1),
  icmp(ROUTER, APP.address, 3, 4, packets[after]),
  ...packets.slice(after + 1),
];

export const DATA = record(1000);

/** Words of rules that several shapes meet. */
export const OTHER_TLS = "TLS to no other name";
export const ANOTHER = "another protocol";
export const ENDLESS = "a beginning that never says a name";
