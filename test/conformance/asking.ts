/** How sentences are put to a reader: each answer is a list of what contradicts the sentence, empty when it holds. */
import type { TerraformDocument } from "../../src/plan/provider";
import type { Party, Reader, Traffic } from "../../src/verifier/replay/reader";
import type { SpecName } from "./specs";

export interface Sentence {
  /** Said of every cloud; exceptions name it by these words. */
  readonly title: string;
  readonly spec: SpecName;
  readonly contradictions: (read: Reader, document: TerraformDocument) => readonly string[];
}

export const sentence = (
  spec: SpecName,
  title: string,
  contradictions: Sentence["contradictions"],
): Sentence => ({ title, spec, contradictions });

export type Attempt = readonly [from: Party, to: Party, traffic: Traffic];

export const zone = (name: string, slot = 1, host = 1): Party => ({ zone: name, slot, host });
export const endpoint = (name: string): Party => ({ endpoint: name });
export const at = (address: string): Party => ({ address });
export const INTERNET = at("198.51.100.7");

export const ZONES = ["web", "app", "batch", "idle", "db", "vault", "lab"] as const;
/** Edges of everything declared, what is often left open, and protocols without ports. */
export const TRAFFIC = [
  "22/tcp",
  "53/udp",
  "80/tcp",
  "443/tcp",
  "443/udp",
  "5431/tcp",
  "5432/tcp",
  "5432/udp",
  "7000/tcp",
  "7999/udp",
  "8000/udp",
  "8100/udp",
  "8101/udp",
  "8080/tcp",
  "49152/tcp",
  "icmp",
  "gre",
] as const;

const words = (party: Party): string => Object.values(party).join(" ");

/** Every way from each of these to each of those. */
export const every = (
  from: readonly Party[],
  to: readonly Party[],
  traffic: readonly Traffic[] = TRAFFIC,
): Attempt[] =>
  from.flatMap((source) => to.flatMap((target) => traffic.map((one): Attempt => [source, target, one])));

export const open = (read: Reader, attempts: readonly Attempt[], cut?: readonly string[]): string[] =>
  attempts.flatMap(([from, to, traffic]) =>
    read.opens(from, to, traffic, cut) ? [] : [`${words(from)} to ${words(to)} ${traffic} is closed`],
  );

export const closed = (read: Reader, attempts: readonly Attempt[], cut?: readonly string[]): string[] =>
  attempts.flatMap(([from, to, traffic]) =>
    read.opens(from, to, traffic, cut) ? [`${words(from)} to ${words(to)} ${traffic} is open`] : [],
  );

export type Exit = readonly [zone: string, name: string, port: number];

export const leave = (read: Reader, exits: readonly Exit[], cut?: readonly string[]): string[] =>
  exits.flatMap(([from, name, port]) =>
    read.leaves(from, name, port, cut) ? [] : [`${from} does not get to ${name} on ${port}`],
  );

export const stay = (read: Reader, exits: readonly Exit[], cut?: readonly string[]): string[] =>
  exits.flatMap(([from, name, port]) =>
    read.leaves(from, name, port, cut) ? [`${from} gets to ${name} on ${port}`] : [],
  );

export const unless = (holds: boolean, otherwise: string): string[] => (holds ? [] : [otherwise]);

/** As JSON, so that both a missing and an additional item show. */
export const same = (found: unknown, wanted: unknown): string[] =>
  unless(
    JSON.stringify(found) === JSON.stringify(wanted),
    `${JSON.stringify(found)} where ${JSON.stringify(wanted)} is wanted`,
  );
