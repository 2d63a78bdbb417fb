/** Rules over whole chains: serving does not reach training, inference reaches data only by redaction. */

import type { SpecPath } from "../diagnostics/diagnostic";
import { isIn, isStore } from "../model/roles";
import {
  closing,
  describeChain,
  endpoint,
  type Node,
  nameOf,
  party,
  type Search,
  shortestChain,
} from "./chains";
import type { Breach, Judge, Rule } from "./judge";
import { holdsData } from "./resources";
import type { JudgedZone, Subject } from "./subject";

export const servingNotToTraining: Rule = function* (subject, judge) {
  const sources = subject.zones.filter(({ role }) => role === "ingress" || isIn("serving", role));
  for (const { name } of subject.zones.filter(({ role }) => role === "training"))
    yield* chainsTo(party(name), sources, subject, judge, {
      summary: `training zone "${name}" can be reached from serving`,
      detail:
        "What answers users has no way to what makes the models: " +
        "whoever takes over a serving zone could change what it will serve.",
    });
};

export const gatewayBetween: Rule = function* (subject, judge) {
  const { zones } = subject;
  const without = new Set(zones.filter(({ role }) => role === "gateway").map(({ name }) => name));
  if (without.size === 0) return;
  const sources = zones.filter(({ role }) => role === "ingress");
  for (const { name } of zones.filter(({ role }) => role === "inference"))
    yield* chainsTo(party(name), sources, subject, judge, {
      without,
      summary: `inference zone "${name}" can be reached from ingress without the gateway`,
      detail:
        `The enclave has a gateway zone (${[...without].join(", ")}), which knows who asks and how much: ` +
        "every chain from ingress to inference goes through.",
    });
};

export const redactionBetween: Rule = function* (subject, judge) {
  const { zones, privateEndpoints } = subject;
  const without = new Set(zones.filter(({ role }) => role === "redaction").map(({ name }) => name));
  if (without.size === 0) return;
  const sources = zones.filter(({ role }) => role === "inference");
  const stores = zones.filter(({ role }) => isStore(role));
  const services = privateEndpoints.filter((each) => holdsData(each, true));
  const targets = [...stores.map(({ name }) => party(name)), ...services.map(({ name }) => endpoint(name))];
  const told = new Set<SpecPath>();
  for (const target of targets)
    for (const breach of chainsTo(target, sources, subject, judge, {
      without,
      summary: `"${nameOf(target)}" can be reached from inference without redaction`,
      detail:
        `The enclave has a redaction zone (${[...without].join(", ")}), and what a model learns passes ` +
        "it: every chain from inference to data goes through.",
    })) {
      // One line may open the way to several names of one resource.
      if (target !== party(nameOf(target)) && told.has(breach.path)) continue;
      told.add(breach.path);
      yield breach;
    }
};

/** At most one breach for a target, with the shortest chain from every source that reaches it. */
function* chainsTo(
  target: Node,
  zones: readonly JudgedZone[],
  { network, privateEndpoints }: Subject,
  { lineOf, waived }: Judge,
  { summary, detail, ...search }: Pick<Breach, "summary" | "detail"> & Search,
): Iterable<Breach> {
  const name = nameOf(target);
  const isEndpoint = target === endpoint(name);
  const found = zones.flatMap((zone) => {
    const chain = shortestChain(network, party(zone.name), target, search);
    const last = chain?.at(-1);
    if (chain === undefined || last === undefined) return [];
    const opener = privateEndpoints.find(({ path }) => path === last.path)?.name;
    const isWaived = isEndpoint
      ? waived([zone.name], name) || (opener !== name && waived([zone.name], opener))
      : waived([zone.name, name]);
    return isWaived ? [] : [{ from: zone.name, chain, last, opener }];
  });
  const [shortest] = [...found].sort((a, b) => a.chain.length - b.chain.length);
  if (shortest === undefined) return;
  const sources = found.map(({ from }) => from);
  // The waiver names a single source. A breach from several sources is waived at its target.
  const source = sources.length === 1 ? { zone: shortest.from } : {};
  const lines = found.map(({ from, chain }) => `From "${from}":\n${describeChain(chain, lineOf)}`);
  yield {
    path: shortest.last.path,
    summary,
    detail: [detail, ...lines].join("\n"),
    facts: { from: sources, to: name, hops: shortest.chain.length },
    remedy: closing(shortest.last, lineOf),
    scope: isEndpoint ? { ...source, endpoint: shortest.opener ?? name } : { zone: name, ...source },
    last: shortest.last,
  };
}
