/** Warns of repetitions: a second entry, flow or egress rule opens nothing; its removal closes nothing. */

import type { Code } from "../diagnostics/catalogue";
import type { Diagnostic } from "../diagnostics/diagnostic";
import { removing } from "../diagnostics/edit";
import { warning } from "../diagnostics/make";
import { joinPath } from "../diagnostics/path";
import { type Connection, connectionsOf, departuresOf, formatTraffic } from "../model/connections";
import type { Flow } from "../model/enclave";
import { type Cidr, contains, formatCidr } from "../net/cidr";
import { egressOf, flowOf } from "../spec/read/build";
import { wholeItems } from "../spec/read/draft";
import { type Entry, entriesOf } from "../spec/unknown";
import { type Context, repeated } from "./context";

export function* checkRepetitions(context: Context): Iterable<Diagnostic> {
  yield* checkEntries(context);
  yield* checkAssertions(context);
  yield* checkFlows(context);
  yield* checkEgress(context);
}

/** Lists that hold a name or a port twice. */
function* checkEntries({ draft }: Context): Iterable<Diagnostic> {
  for (const { path, value } of [...draft.flows, ...draft.egress, ...draft.privateEndpoints]) {
    yield* checkTwice(entriesOf(value.from, joinPath(path, "from")));
    yield* checkTwice(entriesOf(value.ports, joinPath(path, "ports")), formatTraffic);
  }
  for (const { path, value } of draft.flows) {
    const sources = entriesOf(value.sources, joinPath(path, "sources"));
    yield* checkTwice(entriesOf(value.to, joinPath(path, "to")));
    yield* checkTwice(sources, formatCidr);
    yield* checkWithin(sources);
  }
  for (const { path, value } of draft.egress)
    yield* checkTwice(entriesOf(value.to, joinPath(path, "to")), String, "egress-repeated");
  yield* checkTwice(entriesOf(draft.spec.quarantine, "quarantine"), String, "quarantine-repeated");
}

function* checkTwice<T>(
  entries: readonly Entry<T>[],
  format: (value: T) => string = String,
  code: Code = "entry-repeated",
): Iterable<Diagnostic> {
  for (const { later } of repeated(entries, (entry) => format(entry.value))) {
    const summary = `"${format(later.value)}" stands in the list twice`;
    yield warning(code, later.path, summary, "Once is enough.", { edits: [removing(later.path, "exact")] });
  }
}

/** Blocks that lie in another of the list. */
function* checkWithin(blocks: readonly Entry<Cidr>[]): Iterable<Diagnostic> {
  for (const { value: block, path } of blocks) {
    const wider = blocks.find(({ value }) => value.prefix < block.prefix && contains(value, block));
    if (wider === undefined) continue;
    const summary = `${formatCidr(block)} lies in ${formatCidr(wider.value)}, which the list has`;
    const edits = [removing(path, "exact")];
    yield warning("entry-repeated", path, summary, "The wider one is enough.", { edits });
  }
}

/** Assertions that repeat another, with their keys in any order. */
function* checkAssertions({ draft, lineOf }: Context): Iterable<Diagnostic> {
  const sentences = wholeItems(draft.assertions).flatMap(({ path, value: { never, through } }) => {
    const fields = Object.entries(never ?? through ?? {}).sort(([a], [b]) => (a < b ? -1 : 1));
    return fields.length === 0 ? [] : [{ path, text: JSON.stringify([never === undefined, ...fields]) }];
  });
  for (const { later, earlier } of repeated(sentences, ({ text }) => text)) {
    const detail = `Line ${lineOf(earlier.path)} says the same. Once is enough.`;
    const summary = "the assertion stands in the list twice";
    yield warning("entry-repeated", later.path, summary, detail, { edits: [removing(later.path)] });
  }
}

/** Connections that a line above opens already. Different parts of the internet are no repetition. */
function* checkFlows({ draft, lineOf }: Context): Iterable<Diagnostic> {
  const first = new Map<string, Flow>();
  for (const flow of wholeItems(draft.flows).map(flowOf)) {
    const opened = connectionsOf({ flows: [flow] });
    const again = opened.flatMap((connection): Again[] => {
      const earlier = first.get(connection.key);
      if (earlier === undefined) first.set(connection.key, flow);
      return earlier === undefined || areApart(flow, earlier) ? [] : [{ connection, earlier }];
    });
    if (again.length > 0) yield opensAgain(flow, again, again.length === opened.length, lineOf);
  }
}

interface Again {
  readonly connection: Connection;
  readonly earlier: Flow;
}

const narrowing = ({ sources }: Flow): string => sources.map(formatCidr).join(", ");

/** For two different parts of the internet. */
const areApart = (a: Flow, b: Flow): boolean =>
  a.sources.length > 0 && b.sources.length > 0 && narrowing(a) !== narrowing(b);

/** `isAll`: every connection of the flow is open already. */
function opensAgain(
  flow: Flow,
  again: readonly Again[],
  isAll: boolean,
  lineOf: Context["lineOf"],
): Diagnostic {
  const shown = again
    .slice(0, 3)
    .map(({ connection: { from, to, traffic } }) => `${from} to ${to} ${formatTraffic(traffic)}`);
  const more = again.length > 3 ? ` and ${again.length - 3} more` : "";
  const lines = [...new Set(again.map(({ earlier }) => lineOf(earlier.path)))];
  const [noun, verb] = lines.length === 1 ? ["Line", "opens"] : ["Lines", "open"];
  // One of the two flows is for all of the internet, and the other for a part of it.
  const isWide = narrowing(again[0]?.earlier ?? flow) !== narrowing(flow);
  const effect = isWide
    ? "One of the two is for all of the internet, so that the `sources` of the other narrow nothing."
    : "Removing one of the two closes nothing.";
  const detail = `${noun} ${lines.join(", ")} ${verb} it already: ${shown.join(", ")}${more}. ${effect}`;
  const summary = isAll ? "the flow is open already" : "a part of the flow is open already";
  const edits = isAll && !isWide ? [removing(flow.path)] : [];
  return warning("flow-repeated", flow.path, summary, detail, { edits });
}

/** The same name, port and zone in two egress rules. */
function* checkEgress({ draft, lineOf }: Context): Iterable<Diagnostic> {
  const departures = departuresOf({ egress: wholeItems(draft.egress).map(egressOf) });
  for (const { zone, name, port, because } of departures)
    for (const { path } of because.slice(1)) {
      const line = lineOf(because[0]?.path ?? "");
      const detail = `Line ${line} opens the same way. Removing one of the two closes nothing.`;
      const summary = `"${zone}" may reach "${name}" on ${port} already`;
      yield warning("egress-repeated", path, summary, detail, { edits: [removing(path)] });
    }
}
