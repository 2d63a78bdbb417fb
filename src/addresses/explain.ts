/** Diagnostics about zones and the lock file: what was asked, what is recorded, and an edit that is right for these numbers. */

import type { Diagnostic, Fact, SpecPath } from "../diagnostics/diagnostic";
import { nearest } from "../diagnostics/did-you-mean";
import { removing } from "../diagnostics/edit";
import { error, info } from "../diagnostics/make";
import type { Zone } from "../model/enclave";
import { hostsPerSlot, zonePrefix } from "../model/slots";
import { type Cidr, formatCidr } from "../net/cidr";
import type { AddressCode } from "./codes";

export interface Explanation {
  readonly code: AddressCode;
  readonly summary: string;
  readonly detail: string;
  readonly path: SpecPath;
  readonly facts: Readonly<Record<string, Fact>>;
  readonly fix: string;
}

/** An error whose code is one of the catalogue's, and which always has facts and a fix. */
export const diagnose = ({ code, path, summary, detail, facts, fix }: Explanation): Diagnostic =>
  error(code, path, summary, detail, { facts, fix });

/** `10.20.0.0/22 is four slots of 251 hosts` */
export const slotsOf = (block: Cidr): string =>
  `${formatCidr(block)} is four slots of ${hostsPerSlot(block)} hosts`;

/** What the spec now asks of a zone that its recorded block cannot give; undefined when the block serves. */
export function contradiction(zone: Zone, block: Cidr): Diagnostic | undefined {
  const size = zone.size;
  if (size.kind === "cidr")
    return size.cidr.base === block.base && size.cidr.prefix === block.prefix
      ? undefined
      : moved(zone, size.cidr, block);
  if (size.kind === "prefix")
    return zonePrefix(size) === block.prefix ? undefined : resized(zone, size.prefix, block);
  return hostsPerSlot(block) >= size.hosts ? undefined : outgrown(zone, size.hosts, block);
}

const anew = (name: string): string =>
  `Or rename the zone without "was": it is then a new zone with a new block, and what runs in "${name}" moves.`;

const moved = (zone: Zone, wanted: Cidr, block: Cidr): Diagnostic =>
  diagnose({
    code: "zone-moved",
    summary: `zone "${zone.name}" is recorded at another block than its cidr`,
    detail: `The spec says ${formatCidr(wanted)}, the lock file ${formatCidr(block)}. Addresses in use never move. ${anew(zone.name)}`,
    path: `${zone.path}.cidr`,
    facts: { wanted: formatCidr(wanted), recorded: formatCidr(block) },
    fix: `cidr: ${formatCidr(block)}`,
  });

const resized = (zone: Zone, prefix: number, block: Cidr): Diagnostic =>
  diagnose({
    code: "zone-resized",
    summary: `zone "${zone.name}" is recorded with another slot size than its prefix`,
    detail: `${slotsOf(block)}, a /${block.prefix + 2} each; /${prefix} asked. A zone's block never changes its size. ${anew(zone.name)}`,
    path: `${zone.path}.prefix`,
    facts: { recorded: formatCidr(block), recordedPrefix: block.prefix + 2, askedPrefix: prefix },
    fix: `prefix: ${block.prefix + 2}`,
  });

const outgrown = (zone: Zone, hosts: number, block: Cidr): Diagnostic =>
  diagnose({
    code: "zone-outgrown",
    summary: `zone "${zone.name}" asks for ${hosts} hosts, its recorded block has ${hostsPerSlot(block)}`,
    detail: `${slotsOf(block)}, ${hosts} asked. A zone's block never changes its size; further hosts go to a second zone. ${anew(zone.name)}`,
    path: `${zone.path}.hosts`,
    facts: { recorded: formatCidr(block), slotHosts: hostsPerSlot(block), asked: hosts },
    fix: `hosts: ${hostsPerSlot(block)}`,
  });

export function zoneReturned(zone: Zone, freed: Cidr, block: Cidr): Diagnostic {
  const code: AddressCode = "zone-returned";
  const summary = `zone "${zone.name}" is back and gets ${formatCidr(block)}, no longer ${formatCidr(freed)}`;
  const detail =
    "The zone was removed before, and freed blocks are given out again only with --reclaim. Where it was removed by mistake, restore the lock file from version control, from before that: the zone then keeps its block and its numbers.";
  return info(code, zone.path, summary, detail, {
    facts: { block: formatCidr(block), freed: formatCidr(freed) },
  });
}

/** `fitting` are new zones that the block would serve: one of them may be the old zone under a new name. */
export function zoneRemoved(
  name: string,
  block: Cidr,
  fitting: readonly Zone[],
  reclaim: boolean,
): Diagnostic {
  const code: AddressCode = "zone-removed";
  const text = formatCidr(block);
  const fate = reclaim
    ? "--reclaim lets it be given out again."
    : "It stays reserved, and only --reclaim gives it out again.";
  const [first, ...others] = fitting;
  const candidates = fitting.map((zone) => `"${zone.name}"`).join(" or ");
  const rename =
    first === undefined
      ? ""
      : ` If this is a rename, say "was: ${name}" on ${candidates}, which then keeps block and numbers.`;
  return info(
    code,
    first === undefined || others.length > 0 ? "zones" : first.path,
    `zone "${name}" is gone and frees ${text}`,
    `${fate}${rename}`,
    {
      facts: { zone: name, freed: text },
      fix: first === undefined ? undefined : `zones:\n  ${first.name}:\n    was: ${name}`,
    },
  );
}

/** Addresses of Terraform's are made of the zone's name: without a word it would put new networks where the old ones still are. */
export function zoneRenamed(zone: Zone, was: string, block: Cidr): Diagnostic {
  const code: AddressCode = "zone-renamed";
  const detail = `Terraform takes what bears the new name for something else than what bore the old one, destroys this and creates that, in no order, so that a first apply can fail where new subnets meet old ones, and a second completes. Where "${was}" was applied already, a \`moved\` block for each of its resources, in a file of your own beside the rendered one, keeps those that the cloud does not call after the zone.`;
  const summary = `zone "${zone.name}" keeps ${formatCidr(block)}, which was that of "${was}"`;
  return info(code, `${zone.path}.was`, summary, detail, { facts: { was, block: formatCidr(block) } });
}

export const renameOfExisting = (zone: Zone, was: string): Diagnostic =>
  diagnose({
    code: "rename-of-existing",
    summary: `zone "${zone.name}" was "${was}", but "${was}" is still in the spec`,
    detail: `The lock file records a block for "${was}" only, and "${was}" keeps it. Renaming several zones in a row takes one run for each.`,
    path: `${zone.path}.was`,
    facts: { was },
    fix: removing(`${zone.path}.was`),
  });

export function renameUnknown(zone: Zone, was: string, recorded: readonly string[]): Diagnostic {
  const meant = nearest(was, recorded);
  return diagnose({
    code: "rename-unknown",
    summary: `zone "${zone.name}" was "${was}", which the lock file does not record`,
    detail: `Recorded are ${recorded.length === 0 ? "no zones" : recorded.map((name) => `"${name}"`).join(", ")}. Without a rename the zone gets a new block.`,
    path: `${zone.path}.was`,
    facts: { was, recorded },
    fix: meant === undefined ? removing(`${zone.path}.was`) : `was: ${meant}`,
  });
}

/** A lock file does not remember names: whether the line was obeyed once or is mistyped, it does nothing now. */
export function renameWithoutEffect(zone: Zone, was: string, block: Cidr): Diagnostic {
  const code: AddressCode = "rename-without-effect";
  const detail = `The lock file records ${formatCidr(block)} for "${zone.name}" and nothing for "${was}", so the line does nothing. It may stay while another lock file still has the old name.`;
  const summary = `zone "${zone.name}" was "${was}", which the lock file does not record`;
  return info(code, `${zone.path}.was`, summary, detail, {
    facts: { was, block: formatCidr(block) },
    fix: removing(`${zone.path}.was`),
  });
}

const AMBIGUITIES = {
  "both-recorded": (zone: string, was: string): string =>
    `The lock file records a block for "${zone}" and one for "${was}". Either the line is left over, or "${zone}" shall give up its block for that of "${was}".`,
  circle: (zone: string, was: string): string =>
    `"${was}" in turn was "${zone}", directly or by way of others: whether that is still to be done or done already cannot be told.`,
  "claimed-twice": (_: string, was: string): string =>
    `An earlier zone says that it was "${was}" too, and takes the recorded block.`,
} as const;

export const renameAmbiguous = (zone: Zone, was: string, why: keyof typeof AMBIGUITIES): Diagnostic =>
  diagnose({
    code: "rename-ambiguous",
    summary: `zone "${zone.name}" was "${was}": it is not clear which block it shall have`,
    detail: AMBIGUITIES[why](zone.name, was),
    path: `${zone.path}.was`,
    facts: { was },
    fix: removing(`${zone.path}.was`),
  });

const inLock = (lockFile: string | undefined): Record<string, Fact> =>
  lockFile === undefined ? {} : { lock: lockFile };

export const rangeChanged = (range: Cidr, recorded: Cidr, lockFile: string | undefined): Diagnostic =>
  diagnose({
    code: "range-changed",
    summary: `the range is ${formatCidr(range)}, the lock file records ${formatCidr(recorded)}`,
    detail:
      "Every recorded block lies in the old range, and a network in use cannot change its range. To build anew, move the lock file away.",
    path: "cidr",
    facts: { ...inLock(lockFile), range: formatCidr(range), recorded: formatCidr(recorded) },
    fix: `cidr: ${formatCidr(recorded)}`,
  });

/** `changes` undefined: there is no lock file at all. */
export function lockFrozen(changes: readonly string[] | undefined, lockFile: string | undefined): Diagnostic {
  const shown = (changes ?? []).slice(0, 20);
  const more = (changes ?? []).length - shown.length;
  const list = more > 0 ? [...shown, `and ${more} more`] : shown;
  return diagnose({
    code: "lock-frozen",
    summary:
      changes === undefined
        ? "there is no lock file, and --frozen-lock forbids writing one"
        : "the lock file would change",
    detail:
      changes === undefined
        ? "Without one, addresses would be chosen anew."
        : `--frozen-lock forbids these changes: ${list.join("; ")}.`,
    path: "",
    facts: { ...inLock(lockFile), ...(changes === undefined ? {} : { changes: changes.length, list }) },
    fix:
      lockFile === undefined
        ? "# name the lock file: --lock FILE"
        : "# run synth without --frozen-lock and commit the lock file",
  });
}
