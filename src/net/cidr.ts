/** IPv4 blocks as plain numbers: a double holds 255.255.255.255 + 1, and no bit operation negates it. */

/** An aligned IPv4 block: `base` is the network address as an unsigned integer, `prefix` 0 to 32. */
export interface Cidr {
  readonly base: number;
  readonly prefix: number;
}

export const sizeOf = (block: Cidr): number => 2 ** (32 - block.prefix);

export const lastOf = (block: Cidr): number => block.base + sizeOf(block) - 1;

export const contains = (outer: Cidr, inner: Cidr): boolean =>
  outer.base <= inner.base && lastOf(inner) <= lastOf(outer);

export const overlaps = (a: Cidr, b: Cidr): boolean => a.base <= lastOf(b) && b.base <= lastOf(a);

/** The blocks that lie in no other block of the list, in order: the same addresses without repetition. */
export const outermost = (blocks: readonly Cidr[]): Cidr[] =>
  blocks.filter(
    (block, index) =>
      !blocks.some((other, at) => contains(other, block) && (at < index || !contains(block, other))),
  );

export const formatIp = (address: number): string =>
  [2 ** 24, 2 ** 16, 2 ** 8, 1].map((unit) => Math.floor(address / unit) % 256).join(".");

export const formatCidr = (block: Cidr): string => `${formatIp(block.base)}/${block.prefix}`;

const OCTET = "(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";
const QUAD = new RegExp(`^${[OCTET, OCTET, OCTET, OCTET].join("\\.")}$`);

/** The unsigned integer of a dotted quad without leading zeros, or undefined. */
export const parseIp = (text: string): number | undefined =>
  QUAD.test(text) ? text.split(".").reduce((address, octet) => address * 256 + Number(octet), 0) : undefined;

export type ParsedCidr =
  | { readonly ok: true; readonly cidr: Cidr }
  /** `aligned` is the block that holds the address, present when only the host bits are wrong. */
  | { readonly ok: false; readonly reason: "syntax" | "misaligned"; readonly aligned?: Cidr };

/** Strict: a/p with the host bits zero. Never rounds. */
export function parseCidr(text: string): ParsedCidr {
  const [, ip, bits] = /^([\d.]+)\/(\d{1,2})$/.exec(text) ?? [];
  const address = ip === undefined ? undefined : parseIp(ip);
  const prefix = Number(bits);
  if (address === undefined || String(prefix) !== bits || prefix > 32) return { ok: false, reason: "syntax" };
  const aligned = enclosing(address, prefix);
  return aligned.base === address
    ? { ok: true, cidr: aligned }
    : { ok: false, reason: "misaligned", aligned };
}

/** The aligned block of the given prefix that holds the address. */
export function enclosing(address: number, prefix: number): Cidr {
  const size = 2 ** (32 - prefix);
  return { base: Math.floor(address / size) * size, prefix };
}

/** Only for literals in our own source: throws on anything that is not an aligned block. */
export function cidr(text: string): Cidr {
  const parsed = parseCidr(text);
  if (!parsed.ok) throw new Error(`internal: not a CIDR block: ${text}`);
  return parsed.cidr;
}

/** Private use (RFC 1918), shared address space of carriers (RFC 6598), link-local (RFC 3927). */
export const TEN: Cidr = cidr("10.0.0.0/8");
export const RFC1918: readonly Cidr[] = [TEN, cidr("172.16.0.0/12"), cidr("192.168.0.0/16")];
export const RFC6598: Cidr = cidr("100.64.0.0/10");
export const LINK_LOCAL: Cidr = cidr("169.254.0.0/16");
export const NOT_INTERNET: readonly Cidr[] = [...RFC1918, RFC6598, LINK_LOCAL];

/** The addresses of `outer` without those of `holes`, as aligned blocks in order. */
export function without(outer: Cidr, holes: readonly Cidr[]): Cidr[] {
  const inside = holes.filter((hole) => overlaps(outer, hole));
  if (inside.length === 0) return [outer];
  if (inside.some((hole) => contains(hole, outer))) return [];
  const lower: Cidr = { base: outer.base, prefix: outer.prefix + 1 };
  const upper: Cidr = { base: outer.base + sizeOf(lower), prefix: lower.prefix };
  return [...without(lower, inside), ...without(upper, inside)];
}

/** Every address that is not private, in the fewest blocks: for rules that cannot deny before they allow. */
export const INTERNET_BLOCKS: readonly Cidr[] = without(cidr("0.0.0.0/0"), NOT_INTERNET);
