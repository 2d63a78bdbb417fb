/** The user's own assertions about chains: no chain exists, or each passes a waypoint. */
import type { Diagnostic } from "../diagnostics/diagnostic";
import { finding } from "../diagnostics/make";
import type { Assertion } from "../model/enclave";
import { closing, describeChain, endpoint, type Hop, type Node, party, shortestChain } from "./chains";
import type { Judge } from "./judge";
import type { Subject } from "./subject";

/** Broken assertions, each with the shortest chain that breaks it. */
export const checkAssertions = (subject: Subject, judge: Judge): Diagnostic[] =>
  subject.assertions.flatMap((assertion) => {
    const chain = breakingChain(subject, assertion);
    return chain === undefined ? [] : [broken(assertion, chain, judge)];
  });

function breakingChain(subject: Subject, assertion: Assertion): readonly Hop[] | undefined {
  const { network } = subject;
  const { from, to } = assertion;
  const target = targetOf(subject, to);
  if (assertion.kind === "never") {
    const { hops } = assertion;
    return shortestChain(network, party(from), target, hops === undefined ? {} : { hops });
  }
  // A chain that begins or ends at the waypoint passes it. Without the waypoint no other chain may exist.
  const { via } = assertion;
  if (from === via || target === party(via)) return undefined;
  return shortestChain(network, party(from), target, { without: new Set([via]) });
}

function targetOf({ privateEndpoints, zones }: Subject, name: string): Node {
  const has = (items: readonly { readonly name: string }[]) => items.some((each) => each.name === name);
  return has(privateEndpoints) && !has(zones) ? endpoint(name) : party(name);
}

function broken(assertion: Assertion, chain: readonly Hop[], { lineOf }: Judge): Diagnostic {
  const { kind, from, to, path } = assertion;
  const last = chain.at(-1);
  const limit =
    kind === "never" && assertion.hops !== undefined
      ? ` in ${assertion.hops} ${assertion.hops === 1 ? "hop" : "hops"} or less`
      : "";
  const summary =
    kind === "never"
      ? `"${from}" reaches "${to}"${limit}`
      : `"${from}" reaches "${to}" without passing "${assertion.via}"`;
  const way = last === undefined ? "" : `\nWhat keeps it: ${closing(last, lineOf)}`;
  const detail = `The shortest chain that breaks the assertion:\n${describeChain(chain, lineOf)}${way}`;
  return finding(`assertion-${kind}`, path, summary, detail, { facts: { from, to, hops: chain.length } });
}
