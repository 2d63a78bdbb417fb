/** Diagnostics about free space: taken blocks, full ranges and number bands. Proposed ranges are tried. */
import type { Diagnostic } from "../diagnostics/diagnostic";
import { error } from "../diagnostics/make";
import type { Enclave, Zone } from "../model/enclave";
import { hostsPerSlot, LONGEST_ZONE_PREFIX, RESERVED_PER_SLOT } from "../model/slots";
import { type Cidr, enclosing, formatCidr, overlaps, sizeOf } from "../net/cidr";
import { freeAddresses, largestFree } from "../net/free-space";
import { isPrivate, WIDEST_RANGE } from "../net/ranges";
import { slotsOf } from "./explain";
import type { Conflict, Owner, PlacementFailure, Recorded } from "./lay-out";
import { layOut, NOTHING_RECORDED } from "./lay-out";
import { CLASSES, lastOrdinal, type OrdinalClass, type Wanted } from "./ordinals";

/** A `cidr` on blocks of others: `cidr-freed` when only removed zones are in the way, else `cidr-taken`. */
export function cidrConflict({ zone, wanted, owners, free }: Conflict): Diagnostic {
  const path = `${zone.path}.cidr`;
  const inTheWay = owners.map(ownerText);
  const facts = {
    wanted: formatCidr(wanted),
    inTheWay,
    ...(free === undefined ? {} : { free: formatCidr(free) }),
  };
  const edit = free === undefined ? undefined : `cidr: ${formatCidr(free)}`;
  const summary = `zone "${zone.name}" wants ${formatCidr(wanted)}, which is`;
  const detail = `In the way: ${inTheWay.join(", ")}. Recorded blocks never move`;
  if (owners.every(({ kind }) => kind === "freed")) {
    const fix = edit === undefined ? "# run with --reclaim" : `# run with --reclaim, or\n${edit}`;
    const reclaim = "freed blocks are reused only with --reclaim.";
    return error("cidr-freed", path, `${summary} not free yet`, `${detail}, and ${reclaim}`, { facts, fix });
  }
  const smaller = `# use "hosts" or "prefix" with a smaller size: no block of ${sizeOf(wanted)} addresses is free`;
  return error("cidr-taken", path, `${summary} taken`, `${detail}.`, { facts, fix: edit ?? smaller });
}

function ownerText({ kind, name, block }: Owner): string {
  if (kind === "freed") return `the freed block ${formatCidr(block)} of "${name}"`;
  return `${kind === "site" ? "infrastructure" : "zone"} "${name}" at ${formatCidr(block)}`;
}

/** The spec, the record, and the taken blocks at the time when something found no place. */
export interface Situation {
  readonly enclave: Enclave;
  readonly recorded: Recorded;
  readonly taken: readonly Cidr[];
  readonly hasLock: boolean;
}

export function doesNotFit({ item, prefix }: PlacementFailure, situation: Situation): Diagnostic {
  const { largest, text, facts } = freeSpaceOf(situation);
  const blockSize = 2 ** (32 - prefix);
  const end = `does not fit into ${facts.range}`;
  if (typeof item === "string") {
    const detail = `It takes a block of ${blockSize} addresses, all infrastructure together 512. ${text}`;
    const wider = widerRange(situation.enclave);
    return error("infrastructure-too-large", "cidr", `the infrastructure "${item}" ${end}`, detail, {
      facts: { site: item, blockSize, ...facts },
      fix: joinFixes(wider && `cidr: ${formatCidr(wider)}`, [
        'give zones "hosts" or "prefix" instead of "cidr"',
      ]),
    });
  }
  const { name, path, size } = item;
  const slotSize = blockSize / 4;
  const slots =
    size.kind === "hosts"
      ? `${size.hosts} hosts per availability zone take slots of ${slotSize} addresses (${size.hosts} + ${RESERVED_PER_SLOT} reserved, rounded up to a block)`
      : `a /${prefix + 2} per availability zone takes slots of ${slotSize} addresses`;
  const detail = `${slots}, four of them a block of ${blockSize}. ${text}`;
  return error("range-too-small", path, `zone "${name}" ${end}`, detail, {
    facts: { slotSize, blockSize, ...facts },
    fix: zoneFix(item, largest, situation),
  });
}

function freeSpaceOf({ enclave, taken }: Situation) {
  const largest = largestFree(enclave.range, taken);
  const facts = { range: formatCidr(enclave.range), freeAddresses: freeAddresses(enclave.range, taken) };
  if (largest === undefined) return { largest, text: `${facts.range} has no free address left.`, facts };
  const block = formatCidr(largest);
  const slots = largest.prefix <= LONGEST_ZONE_PREFIX ? ` (${slotsOf(largest)})` : "";
  const text = `In ${facts.range}, ${facts.freeAddresses} addresses are free, and the largest free block is ${block}${slots}.`;
  return { largest, text, facts: { ...facts, largestFree: block } };
}

function zoneFix(zone: Zone, largest: Cidr | undefined, situation: Situation): string {
  const others: string[] = [];
  if (fitsAfterReclaim(situation)) others.push("run with --reclaim, which gives freed blocks out again");
  const wider = widerRange(situation.enclave);
  const anew = situation.hasLock ? " without the present lock file, which moves every address" : "";
  // A zone has a cidr too, so the enclave's is not an edit here.
  if (wider !== undefined) others.push(`for the enclave cidr: ${formatCidr(wider)}${anew}`);
  if (largest === undefined || largest.prefix > LONGEST_ZONE_PREFIX)
    return joinFixes(undefined, others) || "# remove zones, or split the enclave";
  const { kind } = zone.size;
  const edit = kind === "hosts" ? `hosts: ${hostsPerSlot(largest)}` : `prefix: ${largest.prefix + 2}`;
  return joinFixes(edit, others);
}

/** The edit stands alone on the first line, ready to paste; other remedies stand below it as comments. */
function joinFixes(edit: string | undefined, others: readonly string[]): string {
  const lines = edit === undefined ? [] : [edit];
  for (const other of others) lines.push(lines.length === 0 ? `# ${other}` : `# or ${other}`);
  return lines.join("\n");
}

const fitsAfterReclaim = ({ enclave, recorded }: Situation): boolean =>
  recorded.freed.length > 0 &&
  layOut(enclave.range, enclave.zones, { ...recorded, freed: [] }).failure === undefined;

/** The smallest range around the present one that is private, holds all zones and no external network. */
function widerRange({ range, zones, externalNetworks }: Enclave): Cidr | undefined {
  const externals = externalNetworks.flatMap((network) => network.cidrs);
  for (let prefix = range.prefix - 1; prefix >= WIDEST_RANGE; prefix -= 1) {
    const candidate = enclosing(range.base, prefix);
    if (!isPrivate(candidate) || externals.some((block) => overlaps(block, candidate))) return undefined;
    const { failure, conflicts } = layOut(candidate, zones, NOTHING_RECORDED);
    if (failure === undefined && conflicts.length === 0) return candidate;
  }
  return undefined;
}

/** `first` is the first item without a number, `wanted` how many items the class has. */
export function ordinalsExhausted(kind: OrdinalClass, first: Wanted, wanted: number): Diagnostic {
  const last = lastOrdinal(kind);
  const reclaimable = wanted <= last;
  const detail = reclaimable
    ? `The spec has ${wanted} of them. The other numbers belonged to items that are gone, and are given out again only with --reclaim.`
    : `The spec has ${wanted} of them, ${wanted - last} more than rule numbers exist on every cloud.`;
  const summary = `the numbers 1 to ${last} for ${CLASSES[kind].things} are used up`;
  return error("ordinals-exhausted", first.path, summary, detail, {
    facts: { class: kind, asked: wanted, limit: last, first: first.key },
    fix: reclaimable ? "# run with --reclaim" : `# split the enclave, or join items: at most ${last}`,
  });
}
