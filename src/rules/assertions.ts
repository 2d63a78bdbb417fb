/** The user's own assertions about chains: no chain exists, or each passes a waypoint. */
import type { Diagnostic } from "../diagnostics/diagnostic";
import { finding } from "../diagnostics/make";
import type { Assertion } from "../model/enclave";
import { closing, describeChain, endpoint, type Hop, party, shortestChain } from "./chains";
import type { Judge } from "./judge";
import type { Subject } from "./subject";

/** Broken assertions, each with the shortest chain that breaks it. */
export const checkAssertions = (subject: Subject, lineOf: Judge["lineOf"]): Diagnostic[] =>
  subject.assertions.flatMap((assertion) => {
    const chain = breakingChain(subject, assertion);
    return chain === undefined ? [] : [broken(assertion, chain, lineOf)];
  });

function breakingChain(subject: Subject, assertion: Assertion): readonly Hop[] | undefined {
  const { privateEndpoints, zones, network } = subject;
  const { from, to } = assertion;
  const has = (items: readonly { readonly name: string }[]) => items.some(({ name }) => name === to);
  const target = has(privateEndpoints) && !has(zones) ? endpoint(to) : party(to);
  if (assertion.kind === "never")
    return shortestChain(network, party(from), target, { hops: assertion.hops });
  // A chain that begins or ends at the waypoint passes it. Without the waypoint no other chain may exist.
  const { via } = assertion;
  if (from === via || target === party(via)) return undefined;
  return shortestChain(network, party(from), target, { without: new Set([via]) });
}

function broken(assertion: Assertion, chain: readonly Hop[], lineOf: Judge["lineOf"]): Diagnostic {
  const { kind, from, to, path } = assertion;
  const last = chain.at(-1);
  const hops = kind === "never" ? assertion.hops : undefined;
  const limit = hops === undefined ? "" : ` in ${hops} ${hops === 1 ? "hop" : "hops"} or less`;
  const how = kind === "never" ? limit : ` without passing "${assertion.via}"`;
  const way = last === undefined ? "" : `\nWhat keeps it: ${closing(last, lineOf)}`;
  const detail = `The shortest chain that breaks the assertion:\n${describeChain(chain, lineOf)}${way}`;
  const facts = { from, to, hops: chain.length };
  return finding(`assertion-${kind}`, path, `"${from}" reaches "${to}"${how}`, detail, { facts });
}
