/** Diagnostics about room: blocks that are taken, ranges and number bands that are full. Every proposed range was tried. */
import type { Diagnostic, Fact } from "../diagnostics/diagnostic";
import type { Enclave, Zone } from "../model/enclave";
import { hostsPerSlot, LONGEST_ZONE_PREFIX, RESERVED_PER_SLOT } from "../model/slots";
import { type Cidr, enclosing, formatCidr, overlaps, sizeOf } from "../net/cidr";
import { isPrivate, WIDEST_RANGE } from "../net/ranges";
import { diagnose, slotsOf } from "./explain";
import { type Conflict, layOut, type Misfit, NOTHING_RECORDED, type Owner, type Recorded } from "./lay-out";
import { LAST_ORDINAL, type OrdinalClass, type Wanted } from "./ordinals";

const ownerText = ({ kind, name, block }: Owner): string => {
  if (kind === "site") return `infrastructure "${name}" at ${formatCidr(block)}`;
  return kind === "zone"
    ? `zone "${name}" at ${formatCidr(block)}`
    : `the freed block ${formatCidr(block)} of "${name}"`;
};

/** A `cidr` on blocks of others: `cidr-freed` when nothing but removed zones is in the way, else `cidr-taken`. */
export function cidrConflict({ zone, wanted, owners, free }: Conflict): Diagnostic {
  const freedOnly = owners.every((owner) => owner.kind === "freed");
  const instead = free === undefined ? undefined : `cidr: ${formatCidr(free)}`;
  const fix = freedOnly ? `# run with --reclaim${instead === undefined ? "" : `, or\n${instead}`}` : instead;
  return diagnose({
    code: freedOnly ? "cidr-freed" : "cidr-taken",
    summary: `zone "${zone.name}" wants ${formatCidr(wanted)}, ${freedOnly ? "which waits for --reclaim" : "which is taken"}`,
    detail: `In the way: ${owners.map(ownerText).join(", ")}. Recorded blocks never move${freedOnly ? ", and freed ones are reused only with --reclaim" : ""}.`,
    path: `${zone.path}.cidr`,
    facts: {
      wanted: formatCidr(wanted),
      inTheWay: owners.map(ownerText),
      ...(free === undefined ? {} : { free: formatCidr(free) }),
    },
    fix:
      fix ?? `# use "hosts" or "prefix" with a smaller size: no block of ${sizeOf(wanted)} addresses is free`,
  });
}

/** What is needed to say how an enclave would fit. */
export interface Situation {
  readonly enclave: Enclave;
  readonly recorded: Recorded;
  readonly hasLock: boolean;
}

export function doesNotFit(misfit: Misfit, situation: Situation): Diagnostic {
  return misfit.item.kind === "zone"
    ? zoneDoesNotFit(misfit, misfit.item.zone, situation)
    : siteDoesNotFit(misfit, misfit.item.site, situation);
}

function zoneDoesNotFit(misfit: Misfit, zone: Zone, situation: Situation): Diagnostic {
  const { prefix, largestFree } = misfit;
  const asked = zone.size.kind === "hosts" ? `${zone.size.hosts} hosts` : `a /${prefix + 2}`;
  const reserved =
    zone.size.kind === "hosts"
      ? ` (${zone.size.hosts} + ${RESERVED_PER_SLOT} reserved, rounded up to a block)`
      : "";
  const need = `${asked} per availability zone take slots of ${2 ** (30 - prefix)} addresses${reserved}, four of them a block of ${2 ** (32 - prefix)}`;
  return diagnose({
    code: "range-too-small",
    summary: `zone "${zone.name}" does not fit into ${formatCidr(situation.enclave.range)}`,
    detail: `${need}. ${roomText(misfit, situation)}`,
    path: zone.path,
    facts: { slotSize: 2 ** (30 - prefix), blockSize: 2 ** (32 - prefix), ...roomFacts(misfit, situation) },
    fix:
      either([
        ...reclaimFix(situation),
        ...smallerFix(zone, largestFree),
        ...largerFix(situation).map(ofEnclave),
      ]) || "# remove zones, or split the enclave",
  });
}

function siteDoesNotFit(misfit: Misfit, site: string, situation: Situation): Diagnostic {
  return diagnose({
    code: "infrastructure-too-large",
    summary: `the infrastructure "${site}" does not fit into ${formatCidr(situation.enclave.range)}`,
    detail: `It takes a block of ${2 ** (32 - misfit.prefix)} addresses, all infrastructure together 512. ${roomText(misfit, situation)}`,
    path: "cidr",
    facts: { site, blockSize: 2 ** (32 - misfit.prefix), ...roomFacts(misfit, situation) },
    fix: either([...largerFix(situation), 'give zones "hosts" or "prefix" instead of "cidr"']),
  });
}

/** A zone has a cidr too. */
const ofEnclave = (edit: string): string => `for the enclave ${edit}`;

/** The first as an edit, where it is one that stands alone; what else could be done below it as comments. */
const either = (alternatives: readonly string[]): string =>
  alternatives
    .map((each, index) => (index > 0 ? `# or ${each}` : /^[a-z]+: \S+$/.test(each) ? each : `# ${each}`))
    .join("\n");

const roomText = ({ largestFree, freeAddresses }: Misfit, { enclave }: Situation): string =>
  largestFree === undefined
    ? `${formatCidr(enclave.range)} has no free address left.`
    : `In ${formatCidr(enclave.range)}, ${freeAddresses} addresses are free, and the largest free block is ${formatCidr(largestFree)}` +
      `${largestFree.prefix <= LONGEST_ZONE_PREFIX ? ` (${slotsOf(largestFree)})` : ""}.`;

const roomFacts = ({ largestFree, freeAddresses }: Misfit, { enclave }: Situation): Record<string, Fact> => ({
  range: formatCidr(enclave.range),
  freeAddresses,
  ...(largestFree === undefined ? {} : { largestFree: formatCidr(largestFree) }),
});

function reclaimFix({ enclave, recorded }: Situation): string[] {
  if (recorded.freed.length === 0) return [];
  const fits = layOut(enclave.range, enclave.zones, { ...recorded, freed: [] }).misfit === undefined;
  return fits ? ["run with --reclaim, which gives freed blocks out again"] : [];
}

function smallerFix(zone: Zone, largest: Cidr | undefined): string[] {
  if (largest === undefined || largest.prefix > LONGEST_ZONE_PREFIX) return [];
  return [zone.size.kind === "hosts" ? `hosts: ${hostsPerSlot(largest)}` : `prefix: ${largest.prefix + 2}`];
}

/** With a lock file a wider range means to build anew, which the fix must say. */
function largerFix(situation: Situation): string[] {
  const wider = widerRange(situation.enclave);
  if (wider === undefined) return [];
  const anew = situation.hasLock ? " without the present lock file, which moves every address" : "";
  return [`cidr: ${formatCidr(wider)}${anew}`];
}

/** The smallest range around the present one, still private and apart from external networks, in which all zones fit. */
function widerRange({ range, zones, externalNetworks }: Enclave): Cidr | undefined {
  const externals = externalNetworks.flatMap((network) => network.cidrs);
  for (let prefix = range.prefix - 1; prefix >= WIDEST_RANGE; prefix -= 1) {
    const candidate = enclosing(range.base, prefix);
    if (!isPrivate(candidate) || externals.some((block) => overlaps(block, candidate))) return undefined;
    const { misfit, conflicts } = layOut(candidate, zones, NOTHING_RECORDED);
    if (misfit === undefined && conflicts.length === 0) return candidate;
  }
  return undefined;
}

const CLASS_NAMES: Readonly<Record<OrdinalClass, string>> = {
  parties: "zones and external networks",
  connections: "connections of flows",
  endpoints: "private endpoints",
  endpointUses: "uses of private endpoints",
  departures: "names reached by egress",
  exits: "ports of egress",
};

/** `first` is the first item without a number, `wanted` how many items the class has. */
export function ordinalsExhausted(kind: OrdinalClass, first: Wanted, wanted: number): Diagnostic {
  const reclaimable = wanted <= LAST_ORDINAL;
  return diagnose({
    code: "ordinals-exhausted",
    summary: `the numbers 1 to ${LAST_ORDINAL} for ${CLASS_NAMES[kind]} are used up`,
    detail: reclaimable
      ? `The spec has ${wanted} of them; the other numbers belonged to items that are gone, and are given out again only with --reclaim.`
      : `The spec has ${wanted} of them, ${wanted - LAST_ORDINAL} more than rule numbers exist on every cloud.`,
    path: first.path,
    facts: { class: kind, asked: wanted, limit: LAST_ORDINAL, first: first.key },
    fix: reclaimable ? "# run with --reclaim" : `# split the enclave, or join items: at most ${LAST_ORDINAL}`,
  });
}
