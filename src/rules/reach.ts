/** Rules over whole chains: serving does not reach training, inference reaches data only by redaction. */

import { SERVICES } from "../clouds/services";
import type { Diagnostic } from "../diagnostics/diagnostic";
import { isIn, type NeutralRule } from "../model/roles";
import {
  closing,
  describeChain,
  endpoint,
  type Hop,
  type Node,
  nameOf,
  party,
  shortestChain,
} from "./chains";
import { type Judge, type Rule, reportBreach } from "./judge";

type Chain = readonly Hop[];

export const servingNotToTraining: Rule = ({ zones, network }, judge) => {
  const rule = "serving-not-to-training";
  const sources = zones.filter(({ role }) => role === "ingress" || isIn("serving", role));
  const targets = zones.filter(({ role }) => role === "training");
  return targets.flatMap(({ name }) => {
    const chains = sources.flatMap((source): Chain[] => {
      const chain = shortestChain(network, party(source.name), party(name));
      return chain === undefined || judge.waived(rule, [source.name, name]) ? [] : [chain];
    });
    return reportChains(rule, party(name), chains, judge, {
      summary: `training zone "${name}" can be reached from serving`,
      detail:
        "What answers users has no way to what makes the models: whoever takes over a serving zone could change what it will serve.",
    });
  });
};

export const redactionBetween: Rule = ({ zones, privateEndpoints, network }, judge) => {
  const rule = "redaction-between";
  const without = new Set(zones.filter(({ role }) => role === "redaction").map(({ name }) => name));
  if (without.size === 0) return [];
  const sources = zones.filter(({ role }) => role === "inference");
  const stores = zones.filter(({ role }) => role === "data" || role === "vector-store");
  const services = privateEndpoints.filter(
    ({ holds, service }) => holds === "data" || SERVICES[service].holdsData,
  );
  const targets = [...stores.map(({ name }) => party(name)), ...services.map(({ name }) => endpoint(name))];
  return targets.flatMap((target) => {
    const name = nameOf(target);
    const chains = sources.flatMap((source): Chain[] => {
      const chain = shortestChain(network, party(source.name), target, { without });
      if (chain === undefined) return [];
      const waived =
        target === endpoint(name)
          ? judge.waived(rule, [source.name], name)
          : judge.waived(rule, [source.name, name]);
      return waived ? [] : [chain];
    });
    return reportChains(rule, target, chains, judge, {
      summary: `"${name}" can be reached from inference without redaction`,
      detail: `The enclave has a redaction zone (${[...without].join(", ")}), and what a model learns passes it: every chain from inference to data goes through.`,
    });
  });
};

/** One finding for each target, with the shortest chain from everything that reaches it. */
function reportChains(
  rule: NeutralRule,
  target: Node,
  chains: readonly Chain[],
  { lineOf }: Judge,
  { summary, detail }: { readonly summary: string; readonly detail: string },
): Diagnostic[] {
  const shortest = [...chains].sort((a, b) => a.length - b.length)[0];
  const last = shortest?.at(-1);
  if (shortest === undefined || last === undefined) return [];
  const sources = chains.map((chain) => nameOf(chain[0]?.from ?? target));
  const lines = chains.map((chain, index) => `From "${sources[index]}":\n${describeChain(chain, lineOf)}`);
  const name = nameOf(target);
  // The waiver names a single source. A breach from several sources is waived at its target.
  const source = sources.length === 1 ? { zone: sources[0] ?? "" } : {};
  return [
    reportBreach({
      rule,
      path: last.path,
      summary,
      detail: [detail, ...lines].join("\n"),
      facts: { from: sources, to: name, hops: shortest.length },
      remedy: closing(last, lineOf),
      scope: target === endpoint(name) ? { ...source, endpoint: name } : { zone: name, ...source },
    }),
  ];
}
