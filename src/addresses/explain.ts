/** Diagnostics about zones and the lock file: the spec's value, the recorded value, and an edit for both. */
import type { Diagnostic, Fact } from "../diagnostics/diagnostic";
import { inserting, setting } from "../diagnostics/edit";
import { error, info, warning } from "../diagnostics/make";
import type { Zone } from "../model/enclave";
import { hostsPerSlot, zonePrefix } from "../model/slots";
import { type Cidr, formatCidr } from "../net/cidr";

/** `10.20.0.0/22 is four slots of 251 hosts` */
export const slotsOf = (block: Cidr): string =>
  `${formatCidr(block)} is four slots of ${hostsPerSlot(block)} hosts`;

/** Reports a size in the spec that the zone's recorded block cannot give; undefined when the block serves. */
export function contradiction(zone: Zone, block: Cidr): Diagnostic | undefined {
  const { name, path, size } = zone;
  const recorded = formatCidr(block);
  const anew = `A zone of another name, without "was", is new and gets a block of its size.`;
  if (size.kind === "cidr") {
    const wanted = formatCidr(size.cidr);
    if (wanted === recorded) return undefined;
    const summary = `zone "${name}" is recorded at another block than its cidr`;
    const detail = `The spec says ${wanted}, the lock file ${recorded}. Addresses in use never move. ${anew}`;
    const facts = { wanted, recorded };
    return error("zone-moved", `${path}.cidr`, summary, detail, {
      facts,
      edits: [setting(`${path}.cidr`, recorded)],
    });
  }
  if (size.kind === "prefix") {
    if (zonePrefix(size) === block.prefix) return undefined;
    const summary = `zone "${name}" is recorded with another slot size than its prefix`;
    const recordedPrefix = block.prefix + 2;
    const detail =
      `${slotsOf(block)}, a /${recordedPrefix} each; the spec asks for /${size.prefix}. ` +
      `A zone's block never changes its size. ${anew}`;
    const facts = { recorded, recordedPrefix, askedPrefix: size.prefix };
    return error("zone-resized", `${path}.prefix`, summary, detail, {
      facts,
      edits: [setting(`${path}.prefix`, recordedPrefix)],
    });
  }
  const slotHosts = hostsPerSlot(block);
  if (slotHosts >= size.hosts) return undefined;
  const summary = `zone "${name}" asks for ${size.hosts} hosts, its recorded block has ${slotHosts}`;
  const detail =
    `${slotsOf(block)}, ${size.hosts} asked. A zone's block never changes its size; ` +
    `put further hosts into a second zone. ${anew}`;
  const facts = { recorded, slotHosts, asked: size.hosts };
  return error("zone-outgrown", `${path}.hosts`, summary, detail, {
    facts,
    edits: [setting(`${path}.hosts`, slotHosts)],
  });
}

export function zoneReturned({ name, path }: Zone, freed: Cidr, block: Cidr): Diagnostic {
  const summary = `zone "${name}" is back and gets ${formatCidr(block)}, no longer ${formatCidr(freed)}`;
  const detail =
    "The zone was removed before, and this is a new one with the same name. " +
    'If it is the old one, restore the lock file of before this run, write "was: ' +
    `${name}" here, and run again.`;
  const facts = { block: formatCidr(block), freed: formatCidr(freed) };
  return warning("zone-returned", path, summary, detail, { facts, edits: [inserting(`${path}.was`, name)] });
}

export function zoneRemoved(name: string, block: Cidr, reclaim: boolean): Diagnostic {
  const freed = formatCidr(block);
  const detail = reclaim
    ? "--reclaim lets it be given out again."
    : `It stays reserved: "was: ${name}" on a new zone takes it back, and only --reclaim gives it to others.`;
  const facts = { zone: name, freed };
  return info("zone-removed", "zones", `zone "${name}" is gone and frees ${freed}`, detail, { facts });
}

const lockFacts = (lockFile: string | undefined): Record<string, Fact> =>
  lockFile === undefined ? {} : { lock: lockFile };

export function rangeChanged(range: Cidr, recorded: Cidr, lockFile: string | undefined): Diagnostic {
  const summary = `the range is ${formatCidr(range)}, the lock file records ${formatCidr(recorded)}`;
  const detail =
    "Every recorded block lies in the old range, and a network in use cannot change its range. " +
    "To build anew, move the lock file away.";
  const facts = { ...lockFacts(lockFile), range: formatCidr(range), recorded: formatCidr(recorded) };
  return error("range-changed", "cidr", summary, detail, {
    facts,
    edits: [setting("cidr", formatCidr(recorded))],
  });
}

/** `changes` undefined: there is no lock file at all. */
export function lockFrozen(changes: readonly string[] | undefined, lockFile: string | undefined): Diagnostic {
  const way =
    lockFile === undefined
      ? "--lock FILE names one."
      : "Run synth without --frozen-lock, and commit the lock file.";
  if (changes === undefined) {
    const summary = "there is no lock file, and --frozen-lock forbids writing one";
    const detail = `Without a lock file, addresses would be chosen anew. ${way}`;
    return error("lock-frozen", "", summary, detail, { facts: lockFacts(lockFile) });
  }
  const list = changes.slice(0, 20);
  if (changes.length > list.length) list.push(`and ${changes.length - list.length} more`);
  const detail = `--frozen-lock forbids these changes: ${list.join("; ")}. ${way}`;
  const facts = { ...lockFacts(lockFile), changes: changes.length, list };
  return error("lock-frozen", "", "the lock file would change", detail, { facts });
}
