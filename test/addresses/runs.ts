/** Resolving as users do: run after run, with the lock file fed back as it would be read from disk. */
import { toCidr } from "../../src/addresses/address";
import type { Addresses } from "../../src/addresses/addresses";
import { type Lock, printLock } from "../../src/addresses/lock";
import { parseLock } from "../../src/addresses/parse-lock";
import { type Resolution, type ResolveOptions, resolveAddresses } from "../../src/addresses/resolve";
import type { Enclave } from "../../src/model/enclave";
import { type Cidr, formatCidr } from "../../src/net/cidr";
import { type EnclaveLines, enclave } from "./enclaves";

export const OPEN: ResolveOptions = { frozen: false, reclaim: false };

/** Through the file's text, as between two runs. */
function reread(lock: Lock): Lock {
  const parsed = parseLock(printLock(lock));
  if ("damage" in parsed) throw new Error(parsed.damage.problem);
  return parsed.lock;
}

export interface Good {
  readonly addresses: Addresses;
  readonly lock: Lock;
}

export function good(resolution: Resolution): Good {
  const { addresses, lock, diagnostics } = resolution;
  if (addresses === undefined || lock === undefined) throw new Error(JSON.stringify(diagnostics));
  return { addresses, lock: reread(lock) };
}

export const resolve = (spec: Enclave, lock?: Lock): Good => good(resolveAddresses(spec, lock, OPEN));

/** Sites are marked: a zone may be called `proxy`. */
export const blocksOf = ({ range, zones, sites }: Addresses): [string, Cidr][] => [
  ...Object.entries(zones).map(([name, block]): [string, Cidr] => [name, toCidr(range, block)]),
  ...Object.entries(sites).map(([name, block]): [string, Cidr] => [`site ${name}`, toCidr(range, block)]),
];

export const ordinalEntries = ({ ordinals }: Addresses): [string, number][] =>
  Object.entries(ordinals).flatMap(([kind, byKey]: [string, Record<string, number>]) =>
    Object.entries(byKey).map(([key, number]): [string, number] => [`${kind} ${key}`, number]),
  );

/** Every entry of `before` that still exists says the same in `after`. */
export function expectUnmoved(before: Addresses, after: Addresses): void {
  const now = new Map<string, unknown>([
    ...blocksOf(after).map(([name, block]) => [name, formatCidr(block)] as const),
    ...ordinalEntries(after),
  ]);
  const kept = [
    ...blocksOf(before).map(([name, block]) => [name, formatCidr(block)] as const),
    ...ordinalEntries(before),
  ].filter(([key]) => now.has(key));
  expect(kept.map(([key]) => [key, now.get(key)])).toEqual(kept);
}

/** Runs one spec after the other, each with the lock of the one before; the result of the last one. */
export function run(
  history: readonly EnclaveLines[],
  last: EnclaveLines,
  options: ResolveOptions = OPEN,
): Resolution {
  const lock = history.reduce<Lock | undefined>(
    (before, lines) => resolve(enclave(lines), before).lock,
    undefined,
  );
  return resolveAddresses(enclave(last), lock, options);
}
