/** Who reads a store has no way out by name: what it has read could leave there. */
import type { Diagnostic } from "../diagnostics/diagnostic";
import { info } from "../diagnostics/make";
import { isStore, ROLE_RULES } from "../model/roles";
import { describeChain, endpoint, type Hop, type Node, nameOf, party, shortestChain } from "./chains";
import type { Judge, Rule } from "./judge";
import { holdsData } from "./resources";
import type { JudgedZone, Subject } from "./subject";

export const noExfiltration: Rule = function* (subject, { waived, lineOf }) {
  for (const zone of subject.zones.filter(({ role }) => role === "inference" || role === "tools"))
    for (const { path, chain, to } of waysOut(zone, subject)) {
      const { name, role } = zone;
      if (waived([name])) return;
      const read = nameOf(chain.at(-1)?.to ?? party(name));
      yield {
        path,
        summary: `zone "${name}" (${role}) reads "${read}" and has a way out`,
        detail:
          `${ROLE_RULES["no-exfiltration"]}. Line ${lineOf(path)} opens ${to.join(", ")}.\n` +
          `What it reads:\n${describeChain(chain, lineOf)}`,
        facts: { zone: name, reads: read },
        remedy: `bring in what it needs by a zone that reads no data (role: loader), and remove "${name}" from ${path}`,
        scope: { zone: name },
        last: chain.at(-1),
      };
    }
};

/** Training may read data and fetch packages; who takes it over can still carry data out. */
export const trainingLeaves = (subject: Subject, lineOf: Judge["lineOf"]): Diagnostic[] =>
  subject.zones
    .filter(({ role }) => role === "training")
    .flatMap((zone) => waysOut(zone, subject))
    .map(({ path, chain, from }) => {
      const read = nameOf(chain.at(-1)?.to ?? party(from));
      const summary = `training zone "${from}" reads "${read}" and has a way out`;
      const detail = `What it has read could leave by the names on line ${lineOf(path)}. A loader zone can fetch packages instead.`;
      return info("training-leaves", path, summary, detail, { facts: { zone: from, reads: read } });
    });

/** Each egress rule of a zone that reads a store, with the shortest chain to one. */
function waysOut({ name }: JudgedZone, subject: Subject) {
  const { zones, egress } = subject;
  const isRedacted = zones.some(({ role }) => role === "redaction");
  const readable = subject.privateEndpoints.filter(({ access }) => access !== "write");
  // An address that many services share carries every right.
  const unread = new Set(
    subject.privateEndpoints.filter((each) => !readable.includes(each)).map(({ path }) => path),
  );
  const follows = ({ path, shares }: Hop) => shares === "address" || !unread.has(path);
  const read = readable.filter((each) => holdsData(each, isRedacted));
  const stores: Node[] = [
    ...zones.filter(({ role }) => isStore(role)).map((zone) => party(zone.name)),
    ...read.map((each) => endpoint(each.name)),
  ];
  const chains = stores.flatMap((store): (readonly Hop[])[] => {
    const chain = shortestChain(subject.network, party(name), store, { follows });
    return chain === undefined ? [] : [chain];
  });
  const [chain] = chains.sort((a, b) => a.length - b.length);
  const own = egress.filter(({ from }) => from.includes(name));
  return chain === undefined ? [] : own.map(({ path, to }) => ({ path, to, chain, from: name }));
}
