/** The user's own assertions about chains: none exists, each passes a waypoint, or they begin at few. */
import { finding } from "../diagnostics/make";
import type { Assertion } from "../model/enclave";
import {
  closing,
  describeChain,
  endpoint,
  type Hop,
  hostName,
  type Network,
  type Node,
  nameOf,
  party,
  type Search,
  shortestChain,
} from "./chains";
import type { Broken, Judge } from "./judge";
import type { Subject } from "./subject";

/** Broken assertions, each with the shortest chain that breaks it. */
export const brokenAssertions = (subject: Subject, lineOf: Judge["lineOf"]): Broken[] =>
  subject.assertions.flatMap((assertion) => {
    const chain = breakingChain(subject, assertion);
    return chain === undefined ? [] : [broken(assertion, chain, lineOf)];
  });

function breakingChain(subject: Subject, assertion: Assertion): readonly Hop[] | undefined {
  const { network } = subject;
  const targets = targetsOf(assertion, subject);
  const shortest = (from: readonly Node[], search: Search = {}): readonly Hop[] | undefined =>
    from
      .flatMap((source) => targets.map((target) => shortestChain(network, source, target, search) ?? []))
      .filter((chain) => chain.length > 0)
      .sort((a, b) => a.length - b.length)[0];
  if (assertion.kind === "only") return shortest(othersThan(assertion, network));
  const from = [party(assertion.from)];
  if (assertion.kind === "never") return shortest(from, { hops: assertion.hops });
  // A chain that begins or ends at the waypoint passes it. Without the waypoint no other chain may exist.
  const { via } = assertion;
  if (assertion.from === via || targets.includes(party(via))) return undefined;
  return shortest(from, { without: new Set([via]) });
}

/** A zone, a network, an endpoint, or all names of `egress` that have a host in common with the given one. */
function targetsOf({ to }: Assertion, { privateEndpoints, zones, egress }: Subject): readonly Node[] {
  const has = (items: readonly { readonly name: string }[]) => items.some(({ name }) => name === to);
  if (has(privateEndpoints) && !has(zones)) return [endpoint(to)];
  const names = egress.flatMap((rule) => rule.to).filter((name) => covers(to, name) || covers(name, to));
  return to.includes(".") ? names.map(hostName) : [party(to)];
}

const covers = (pattern: string, name: string): boolean =>
  pattern === name || (pattern.startsWith("*.") && name.endsWith(pattern.slice(1)));

/** All who open connections, but for the named ones and the target itself. */
const othersThan = ({ from, to }: Only, { hopsFrom }: Network): Node[] =>
  [...hopsFrom.keys()].filter((node) => ![...from, to].map(party).includes(node as `party ${string}`));

type Only = Extract<Assertion, { readonly kind: "only" }>;

function broken(assertion: Assertion, chain: readonly Hop[], lineOf: Judge["lineOf"]): Broken {
  const { kind, to, path } = assertion;
  const [first, last] = [chain[0], chain.at(-1)];
  const from = kind === "only" ? nameOf(first?.from ?? party(to)) : assertion.from;
  const hops = kind === "never" ? assertion.hops : undefined;
  const limit = hops === undefined ? "" : ` in ${hops} ${hops === 1 ? "hop" : "hops"} or less`;
  const how = kind === "through" ? ` without passing "${assertion.via}"` : limit;
  const way = last === undefined ? "" : `\nWhat keeps it: ${closing(last, lineOf)}`;
  const detail = `The shortest chain that breaks the assertion:\n${describeChain(chain, lineOf)}`;
  const facts = { from, to, hops: chain.length };
  const summary = `"${from}" reaches "${to}"${how}`;
  const report = finding(`assertion-${kind}`, path, summary, `${detail}${way}`, { facts });
  return { name: `assertion-${kind} of line ${lineOf(path)}`, path, summary, detail, facts, last, report };
}
