/** Diagnostics about free space: taken blocks, full ranges and number bands. Proposed ranges are tried. */
import type { Diagnostic } from "../diagnostics/diagnostic";
import { type Edit, setting } from "../diagnostics/edit";
import { error } from "../diagnostics/make";
import type { Enclave } from "../model/enclave";
import { LONGEST_ZONE_PREFIX, RESERVED_PER_SLOT } from "../model/slots";
import { type Cidr, enclosing, formatCidr, overlaps } from "../net/cidr";
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
  const isFreed = owners.every(({ kind }) => kind === "freed");
  const place = free === undefined ? " No block of that size is free." : ` ${formatCidr(free)} is free.`;
  const summary = `zone "${zone.name}" wants ${formatCidr(wanted)}, which is ${isFreed ? "not free yet" : "taken"}`;
  const moved = `In the way: ${inTheWay.join(", ")}. Recorded blocks never move`;
  const reclaim = ", and freed blocks are reused only with --reclaim";
  const detail = `${moved}${isFreed ? reclaim : ""}.${place}`;
  return error(isFreed ? "cidr-freed" : "cidr-taken", path, summary, detail, { facts });
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
  const { text, facts } = freeSpaceOf(situation);
  const blockSize = 2 ** (32 - prefix);
  const end = `does not fit into ${facts.range}`;
  const { ways, edits } = waysOut(situation);
  if (typeof item === "string") {
    const detail =
      `It takes a block of ${blockSize} addresses, all infrastructure together 512. ` +
      `${text}${ways} Zones with "hosts" or "prefix" instead of "cidr" leave it more room.`;
    return error("infrastructure-too-large", "cidr", `the infrastructure "${item}" ${end}`, detail, {
      facts: { site: item, blockSize, ...facts },
      edits,
    });
  }
  const { name, path, size } = item;
  const slotSize = blockSize / 4;
  const slots =
    size.kind === "hosts"
      ? `${size.hosts} hosts per availability zone take slots of ${slotSize} addresses (${size.hosts} ` +
        `+ ${RESERVED_PER_SLOT} reserved, rounded up to a block)`
      : `a /${prefix + 2} per availability zone takes slots of ${slotSize} addresses`;
  const detail = `${slots}, four of them a block of ${blockSize}. ${text}${ways}`;
  // The infrastructure needs a block beside it.
  const isHopeless = prefix <= situation.enclave.range.prefix;
  return error(isHopeless ? "zone-too-large" : "range-too-small", path, `zone "${name}" ${end}`, detail, {
    facts: { slotSize, blockSize, ...facts },
    edits,
  });
}

function freeSpaceOf({ enclave, taken }: Situation) {
  const largest = largestFree(enclave.range, taken);
  const facts = { range: formatCidr(enclave.range), freeAddresses: freeAddresses(enclave.range, taken) };
  if (largest === undefined) return { text: `${facts.range} has no free address left.`, facts };
  const block = formatCidr(largest);
  const slots = largest.prefix <= LONGEST_ZONE_PREFIX ? ` (${slotsOf(largest)})` : "";
  const text =
    `In ${facts.range}, ${facts.freeAddresses} addresses are free, and the largest free block is ` +
    `${block}${slots}.`;
  return { text, facts: { ...facts, largestFree: block } };
}

/** A recorded enclave cannot change its range, so that a wider one is an edit for a new enclave only. */
function waysOut(situation: Situation): { readonly ways: string; readonly edits: readonly Edit[] } {
  const reclaim = fitsAfterReclaim(situation) ? " With --reclaim, freed blocks are given out again." : "";
  const wider = widerRange(situation.enclave);
  if (wider === undefined) return { ways: `${reclaim} Remove zones, or split the enclave.`, edits: [] };
  const range = formatCidr(wider);
  if (situation.hasLock)
    return { ways: `${reclaim} A new enclave with the range ${range} holds all zones.`, edits: [] };
  return { ways: ` The smallest range for all zones is ${range}.`, edits: [setting("cidr", range)] };
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
    ? `The spec has ${wanted} of them. The other numbers belonged to items that are gone, and are ` +
      "given out again only with --reclaim."
    : `The spec has ${wanted} of them, ${wanted - last} more than rule numbers exist on every cloud.`;
  const summary = `the numbers 1 to ${last} for ${CLASSES[kind].things} are used up`;
  return error("ordinals-exhausted", first.path, summary, detail, {
    facts: { class: kind, asked: wanted, limit: last, first: first.key },
  });
}
