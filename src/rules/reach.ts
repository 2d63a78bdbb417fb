/** Rules over whole chains: serving does not come to training, and inference comes to data only through redaction. */
import type { Diagnostic } from "../diagnostics/diagnostic";
import { finding } from "../diagnostics/make";
import type { RoleRule } from "../model/enclave";
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
import { type Judge, orWaive, type Rule } from "./judge";
import { SERVING } from "./rights";

export const servingNotToTraining: Rule = ({ zones, network }, judge) => {
  const sources = zones.filter(
    ({ role }) => role !== undefined && (role === "ingress" || SERVING.includes(role)),
  );
  const targets = zones.filter(({ role }) => role === "training");
  return targets.flatMap(({ name }) => {
    const chains = sources.flatMap((source) => {
      const chain = shortestChain(network, party(source.name), party(name));
      return chain === undefined || judge.waived("serving-not-to-training", [source.name, name])
        ? []
        : [chain];
    });
    const detail =
      "What answers users has no way to what makes the models: whoever takes over a serving zone could change what it will serve.";
    return breach(
      "serving-not-to-training",
      party(name),
      chains,
      `training zone "${name}" can be reached from serving`,
      detail,
      judge,
    );
  });
};

export const redactionBetween: Rule = ({ zones, privateEndpoints, network }, judge) => {
  const without = new Set(zones.filter(({ role }) => role === "redaction").map(({ name }) => name));
  if (without.size === 0) return [];
  const sources = zones.filter(({ role }) => role === "inference");
  const stores = zones
    .filter(({ role }) => role === "data" || role === "vector-store")
    .map(({ name }) => party(name));
  const services = privateEndpoints.filter(
    ({ holds, service }) => holds === "data" || service === "vector-search" || service === "relational-db",
  );
  const targets = [...stores, ...services.map(({ name }) => endpoint(name))];
  return targets.flatMap((target) => {
    const name = nameOf(target);
    const isEndpoint = target === endpoint(name);
    const chains = sources.flatMap((source) => {
      const chain = shortestChain(network, party(source.name), target, { without });
      const waived =
        chain !== undefined &&
        (isEndpoint
          ? judge.waived("redaction-between", [source.name], name)
          : judge.waived("redaction-between", [source.name, name]));
      return chain === undefined || waived ? [] : [chain];
    });
    const detail = `The enclave has a redaction zone (${[...without].join(", ")}), and what a model learns passes it: every chain from inference to data goes through.`;
    return breach(
      "redaction-between",
      target,
      chains,
      `"${name}" can be reached from inference without redaction`,
      detail,
      judge,
    );
  });
};

/** One finding per place that is reached, with the shortest chain from everything that reaches it. */
function breach(
  rule: RoleRule,
  target: Node,
  chains: readonly (readonly Hop[])[],
  summary: string,
  reason: string,
  { lineOf }: Judge,
): Diagnostic[] {
  const shortest = [...chains].sort((a, b) => a.length - b.length)[0];
  const first = shortest?.[0];
  const last = shortest?.at(-1);
  if (first === undefined || last === undefined) return [];
  const told = chains.map(
    (chain) => `From "${nameOf(chain[0]?.from ?? target)}":\n${describeChain(chain, lineOf)}`,
  );
  const isEndpoint = target === endpoint(nameOf(target));
  // One source is named; what several reach is set aside where it is reached.
  const source = chains.length === 1 ? { zone: nameOf(first.from) } : {};
  const fix = orWaive(
    closing(last, lineOf),
    rule,
    isEndpoint ? { ...source, endpoint: nameOf(target) } : { zone: nameOf(target), ...source },
  );
  const facts = {
    from: chains.map((chain) => nameOf(chain[0]?.from ?? target)),
    to: nameOf(target),
    hops: shortest?.length ?? 0,
  };
  return [finding(rule, last.path, summary, [reason, ...told].join("\n"), { facts, fix })];
}
