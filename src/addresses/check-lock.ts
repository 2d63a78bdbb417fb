/** Checks that a well-formed lock does not contradict itself, as after an edit or a bad merge. */
import { INTERNET } from "../model/enclave";
import { newName, RENAMABLE, type Renamable } from "../model/naming";
import { type Cidr, contains, formatCidr, overlaps } from "../net/cidr";
import { SITE_NAMES } from "./addresses";
import type { Lock } from "./lock";
import { knownIn } from "./names";
import { ORDINAL_CLASSES, type OrdinalClass, partiesIn, reservedNumbers } from "./ordinals";

type LockPath = readonly (string | number)[];

/** Takes the path of a contradiction in the lock, and the end of a sentence that begins with the path. */
type Report = (path: LockPath, problem: string) => void;

export function checkLock(lock: Lock, report: Report): void {
  checkBlocks(lock, report);
  for (const kind of ORDINAL_CLASSES) checkNumbers(lock, kind, report);
  checkMissingNumbers(lock, report);
  for (const kind of RENAMABLE) checkNames(lock, kind, report);
}

interface Entry {
  readonly path: LockPath;
  readonly name: string;
  readonly block: Cidr;
}

function checkBlocks({ range, zones, freed, sites }: Lock, report: Report): void {
  const entries: Entry[] = [
    ...[...zones].map(([name, block]) => ({ path: ["zones", name], name: `zone "${name}"`, block })),
    ...freed.map(({ zone, block }) => ({
      path: ["freed", formatCidr(block)],
      name: `the freed block of "${zone}"`,
      block,
    })),
    ...SITE_NAMES.map((site) => ({ path: ["sites", site], name: `site "${site}"`, block: sites[site] })),
  ];
  // Aligned blocks are nested or separate: in order of base, the widest block so far shows every overlap.
  entries.sort((a, b) => a.block.base - b.block.base || a.block.prefix - b.block.prefix);
  let widest: Entry | undefined;
  for (const entry of entries) {
    const text = formatCidr(entry.block);
    if (!contains(range, entry.block))
      report(entry.path, `is ${text}, which lies outside ${formatCidr(range)}`);
    if (widest !== undefined && overlaps(widest.block, entry.block))
      report(entry.path, `is ${text}, which overlaps ${widest.name} at ${formatCidr(widest.block)}`);
    else widest = entry;
  }
}

function checkNumbers(lock: Lock, kind: OrdinalClass, report: Report): void {
  const { next, byKey, freed } = lock.ordinals[kind];
  const owners = new Map([...reservedNumbers(kind)].map(([key, number]) => [number, key]));
  const isUnknown = (name: string) => name !== INTERNET && !lock.ordinals.parties.byKey.has(name);
  const check = (table: "numbers" | "freed", key: string, number: number): void => {
    const path = ["ordinals", kind, table, key];
    const isOwn = table === "numbers";
    const unknown = isOwn ? partiesIn(kind, key).find(isUnknown) : undefined;
    if (unknown !== undefined) report(path, `names "${unknown}", which has no number`);
    const owner = owners.get(number);
    if (owner !== undefined && !(isOwn && owner === key))
      report(path, `is ${number}, which is the number of "${owner}" too`);
    if (number >= next) report(path, `is ${number}, but next is ${next}`);
    owners.set(number, key);
  };
  for (const [key, number] of byKey) check("numbers", key, number);
  for (const [key, number] of freed) check("freed", key, number);
}

/** Two resources of one name would be one for the cloud, two at one address one for Terraform. */
function checkNames(lock: Lock, kind: Renamable, report: Report): void {
  const { recorded, freed } = knownIn(lock, kind);
  const owners = new Map<string, string>();
  for (const name of recorded) {
    const first = newName(lock.names, kind, name);
    const owner = owners.get(first);
    if (owner !== undefined) report(["names", kind], `gives "${owner}" and "${name}" the name "${first}"`);
    owners.set(first, name);
  }
  for (const name of lock.names[kind].keys())
    if (![...recorded, ...freed].includes(name))
      report(["names", kind, name], "is of nothing that is recorded");
  for (const [index, naming] of lock.renames.entries())
    if (new Set(naming[kind].values()).size < naming[kind].size)
      report(["renames", index, kind], "gives two the same name");
}

/** A zone with a block but without a number would get a new number, and nobody would notice. */
function checkMissingNumbers(lock: Lock, report: Report): void {
  const { parties, departures, exits } = lock.ordinals;
  for (const zone of lock.zones.keys())
    if (!parties.byKey.has(zone)) report(["zones", zone], "has a block but no number");
  const open = new Set<string>();
  for (const key of departures.byKey.keys())
    open.add(`${partiesIn("departures", key)[0]} ${key.slice(key.lastIndexOf(" ") + 1)}`);
  for (const exit of open)
    if (!exits.byKey.has(exit)) report(["ordinals", "exits", "numbers"], `lacks "${exit}"`);
}
