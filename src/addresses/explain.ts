/** Diagnostics about zones and the lock file: the spec's value, the recorded value, and an edit for both. */
import type { Code } from "../diagnostics/catalogue";
import type { Diagnostic, Fact } from "../diagnostics/diagnostic";
import { nearest } from "../diagnostics/did-you-mean";
import { removing, setting } from "../diagnostics/edit";
import { error, info, type More } from "../diagnostics/make";
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
  const anew = `Or rename the zone without "was": it is then a new zone with a new block, and the addresses in "${name}" change.`;
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
    const detail = `${slotsOf(block)}, a /${recordedPrefix} each; the spec asks for /${size.prefix}. A zone's block never changes its size. ${anew}`;
    const facts = { recorded, recordedPrefix, askedPrefix: size.prefix };
    return error("zone-resized", `${path}.prefix`, summary, detail, {
      facts,
      edits: [setting(`${path}.prefix`, recordedPrefix)],
    });
  }
  const slotHosts = hostsPerSlot(block);
  if (slotHosts >= size.hosts) return undefined;
  const summary = `zone "${name}" asks for ${size.hosts} hosts, its recorded block has ${slotHosts}`;
  const detail = `${slotsOf(block)}, ${size.hosts} asked. A zone's block never changes its size; put further hosts into a second zone. ${anew}`;
  const facts = { recorded, slotHosts, asked: size.hosts };
  return error("zone-outgrown", `${path}.hosts`, summary, detail, {
    facts,
    edits: [setting(`${path}.hosts`, slotHosts)],
  });
}

export function zoneReturned({ name, path }: Zone, freed: Cidr, block: Cidr): Diagnostic {
  const summary = `zone "${name}" is back and gets ${formatCidr(block)}, no longer ${formatCidr(freed)}`;
  const detail =
    "The zone was removed before, and freed blocks are given out again only with --reclaim. If it was removed by mistake, restore the lock file of that time from version control: the zone then keeps its block and its numbers.";
  const facts = { block: formatCidr(block), freed: formatCidr(freed) };
  return info("zone-returned", path, summary, detail, { facts });
}

/** `fitting` are new zones that fit the block: one of them may be the old zone under a new name. */
export function zoneRemoved(
  name: string,
  block: Cidr,
  fitting: readonly Zone[],
  reclaim: boolean,
): Diagnostic {
  const freed = formatCidr(block);
  const summary = `zone "${name}" is gone and frees ${freed}`;
  const detail = reclaim
    ? "--reclaim lets it be given out again."
    : "It stays reserved, and only --reclaim gives it out again.";
  const facts = { zone: name, freed };
  const [first, ...others] = fitting;
  if (first === undefined) return info("zone-removed", "zones", summary, detail, { facts });
  const candidates = fitting.map((zone) => `"${zone.name}"`).join(" or ");
  const rename = `If this is a rename, say "was: ${name}" on ${candidates}, which then keeps block and numbers.`;
  return info("zone-removed", others.length > 0 ? "zones" : first.path, summary, `${detail} ${rename}`, {
    facts,
  });
}

/** Terraform addresses contain the zone's name: without warning, new networks would meet the old ones. */
export function zoneRenamed({ name, path }: Zone, was: string, block: Cidr): Diagnostic {
  const summary = `zone "${name}" keeps ${formatCidr(block)}, which was that of "${was}"`;
  const detail = `Terraform sees new resources under the new name: it destroys the old ones and creates the new ones in no fixed order. A first apply can fail where new subnets meet old ones; a second apply completes. If "${was}" was applied already, a \`moved\` block for each of its resources, in a file of your own beside the rendered one, keeps those whose name in the cloud does not contain the zone.`;
  return info("zone-renamed", `${path}.was`, summary, detail, { facts: { was, block: formatCidr(block) } });
}

/** About the line `was` of a zone. */
function onRename(
  report: typeof error,
  code: Code,
  { name, path, was = "" }: Zone,
  problem: string,
  detail: string,
  { facts = {}, edits = [] }: More = {},
): Diagnostic {
  const summary = `zone "${name}" was "${was}"${problem}`;
  return report(code, `${path}.was`, summary, detail, { facts: { was, ...facts }, edits });
}

export function renameOfExisting(zone: Zone): Diagnostic {
  const detail = `The lock file records a block for "${zone.was}" only, and "${zone.was}" keeps it. To rename several zones in a row, run once for each.`;
  return onRename(error, "rename-of-existing", zone, `, but "${zone.was}" is still in the spec`, detail);
}

const NOT_RECORDED = ", which the lock file does not record";

export function renameUnknown(zone: Zone, recorded: readonly string[]): Diagnostic {
  const names = recorded.length === 0 ? "no zones" : recorded.map((name) => `"${name}"`).join(", ");
  const detail = `Recorded are ${names}. Without a rename the zone gets a new block.`;
  const meant = nearest(zone.was ?? "", recorded);
  const edits = meant === undefined ? [] : [setting(`${zone.path}.was`, meant)];
  const more = { facts: { recorded }, edits };
  return onRename(error, "rename-unknown", zone, NOT_RECORDED, detail, more);
}

/** A lock file keeps no old names: old and mistyped renames look the same, and have no effect. */
export function renameWithoutEffect(zone: Zone, block: Cidr): Diagnostic {
  const recorded = formatCidr(block);
  const detail = `The lock file records ${recorded} for "${zone.name}" and nothing for "${zone.was}", so the line does nothing. It may stay while another lock file still has the old name.`;
  return onRename(info, "rename-without-effect", zone, NOT_RECORDED, detail, {
    facts: { block: recorded },
    edits: [removing(`${zone.path}.was`)],
  });
}

const AMBIGUITIES = {
  "both-recorded": ({ name, was }: Zone) =>
    `The lock file records a block for "${name}" and one for "${was}". Either the line is an old one, or "${name}" shall give up its block for that of "${was}".`,
  circle: ({ name, was }: Zone) =>
    `"${was}" in turn was "${name}", directly or through others. The lock file does not say whether this rename is already done.`,
  "claimed-twice": ({ was }: Zone) =>
    `An earlier zone says that it was "${was}" too, and takes the recorded block.`,
} as const;

export const renameAmbiguous = (zone: Zone, why: keyof typeof AMBIGUITIES): Diagnostic =>
  onRename(
    error,
    "rename-ambiguous",
    zone,
    ": it is not clear which block it shall have",
    AMBIGUITIES[why](zone),
  );

const lockFacts = (lockFile: string | undefined): Record<string, Fact> =>
  lockFile === undefined ? {} : { lock: lockFile };

export function rangeChanged(range: Cidr, recorded: Cidr, lockFile: string | undefined): Diagnostic {
  const summary = `the range is ${formatCidr(range)}, the lock file records ${formatCidr(recorded)}`;
  const detail =
    "Every recorded block lies in the old range, and a network in use cannot change its range. To build anew, move the lock file away.";
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
