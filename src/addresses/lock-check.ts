/** What a well-formed lock file must also be: free of contradictions with itself. Each is a trace of an edit or of a bad merge. */

import { INTERNET } from "../model/enclave";
import { LONGEST_ZONE_PREFIX } from "../model/slots";
import { type Cidr, contains, formatCidr, overlaps } from "../net/cidr";
import { SITES } from "./addresses";
import { SITE_NAMES } from "./lay-out";
import type { Lock } from "./lock";
import { isName, ORDINAL_CLASSES, type OrdinalClass, partiesIn } from "./ordinals";

/** Sentences without full stop; empty when the lock is sound. */
export const inconsistencies = (lock: Lock): string[] => [
  ...badNames(lock),
  ...badBlocks(lock),
  ...ORDINAL_CLASSES.flatMap((kind) => badNumbers(lock, kind)),
  ...missingNumbers(lock),
];

function badNames(lock: Lock): string[] {
  const names = [...lock.zones.keys(), ...lock.freed.map(({ zone }) => zone)];
  return names.filter((name) => !isName(name)).map((name) => `"${name}" is no zone's name`);
}

interface Named {
  readonly name: string;
  readonly block: Cidr;
}

function badBlocks(lock: Lock): string[] {
  const zones = [...lock.zones].map(([name, block]): Named => ({ name: `zone "${name}"`, block }));
  const freed = lock.freed.map(({ zone, block }): Named => ({ name: `freed block of "${zone}"`, block }));
  const sites = SITE_NAMES.map((site): Named => ({ name: `site "${site}"`, block: lock.sites[site] }));
  const all = [...zones, ...freed, ...sites].sort(
    (a, b) => a.block.base - b.block.base || a.block.prefix - b.block.prefix,
  );
  return [
    ...[...zones, ...freed]
      .filter(({ block }) => block.prefix > LONGEST_ZONE_PREFIX)
      .map((it) => `${told(it)} is smaller than any zone`),
    ...SITE_NAMES.filter((site) => lock.sites[site].prefix !== SITES[site]).map(
      (site) => `site "${site}" is not a /${SITES[site]}`,
    ),
    ...all
      .filter(({ block }) => !contains(lock.range, block))
      .map((it) => `${told(it)} lies outside ${formatCidr(lock.range)}`),
    ...overlapping(all),
  ];
}

/** Sorted by base, blocks overlap exactly when one reaches into the next: aligned blocks nest or are apart. */
function overlapping(sorted: readonly Named[]): string[] {
  let widest: Named | undefined;
  return sorted.flatMap((item) => {
    if (widest !== undefined && overlaps(widest.block, item.block))
      return [`${told(item)} overlaps ${told(widest)}`];
    widest = item;
    return [];
  });
}

const told = ({ name, block }: Named): string => `${name} at ${formatCidr(block)}`;

function badNumbers(lock: Lock, kind: OrdinalClass): string[] {
  const { next, byKey } = lock.ordinals[kind];
  const owners = new Map<number, string>();
  return [...byKey].flatMap(([key, number]) => {
    const parties = partiesIn(kind, key);
    if (parties === undefined) return [`ordinals.${kind} has "${key}", which is no key of that kind`];
    const unknown = parties.find((name) => name !== INTERNET && !lock.ordinals.parties.byKey.has(name));
    if (unknown !== undefined) return [`ordinals.${kind} has "${key}", but "${unknown}" has no number`];
    const twin = owners.get(number);
    if (twin !== undefined) return [`ordinals.${kind} gives ${number} to both "${twin}" and "${key}"`];
    owners.set(number, key);
    return number < next ? [] : [`ordinals.${kind} gives ${number} to "${key}", but next is ${next}`];
  });
}

/** A zone with a block but without a number would be given a new one in silence. */
function missingNumbers(lock: Lock): string[] {
  const { parties, departures, exits } = lock.ordinals;
  const zones = [...lock.zones.keys()]
    .filter((zone) => !parties.byKey.has(zone))
    .map((zone) => `zone "${zone}" has a block but no number`);
  const exitsOf = [...departures.byKey.keys()].map(
    (key) => `${partiesIn("departures", key)?.[0]} ${key.slice(key.lastIndexOf(" ") + 1)}`,
  );
  const open = [...new Set(exitsOf)]
    .filter((exit) => !exits.byKey.has(exit))
    .map((exit) => `the exit "${exit}" has no number`);
  return [...zones, ...open];
}
