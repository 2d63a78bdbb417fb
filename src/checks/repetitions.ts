/** Warns of repetitions: a second entry, flow or egress rule opens nothing; its removal closes nothing. */

import type { Code } from "../diagnostics/catalogue";
import type { Diagnostic } from "../diagnostics/diagnostic";
import { removing } from "../diagnostics/edit";
import { warning } from "../diagnostics/make";
import { joinPath } from "../diagnostics/path";
import { type Connection, connectionsOf, covers, departuresOf, formatTraffic } from "../model/connections";
import type { Flow } from "../model/enclave";
import { contains, formatCidr } from "../net/cidr";
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
    const ports = entriesOf(value.ports, joinPath(path, "ports"));
    yield* checkTwice(ports, formatTraffic);
    // A range of ports is no egress rule, and has an error of its own.
    if (!draft.egress.some((rule) => rule.path === path)) yield* checkWithin(ports, formatTraffic, covers);
  }
  for (const { path, value } of draft.flows) {
    const sources = entriesOf(value.sources, joinPath(path, "sources"));
    yield* checkTwice(entriesOf(value.to, joinPath(path, "to")));
    yield* checkTwice(sources, formatCidr);
    yield* checkWithin(sources, formatCidr, contains);
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

/** Blocks or ports that lie in another entry of the list. */
function* checkWithin<T>(
  entries: readonly Entry<T>[],
  format: (value: T) => string,
  within: (outer: T, inner: T) => boolean,
): Iterable<Diagnostic> {
  for (const { value: entry, path } of entries) {
    const wider = entries.find(({ value }) => within(value, entry) && !within(entry, value));
    if (wider === undefined) continue;
    const summary = `${format(entry)} lies in ${format(wider.value)}, which the list has`;
    const edits = [removing(path, "exact")];
    yield warning("entry-repeated", path, summary, "The wider one is enough.", { edits });
  }
}

/** Assertions that repeat another, with their keys in any order. */
function* checkAssertions({ draft, lineOf }: Context): Iterable<Diagnostic> {
  const sentences = wholeItems(draft.assertions).flatMap(({ path, value }) => {
    const [kind, body = {}] = Object.entries(value).find(([, each]) => each !== undefined) ?? [];
    const fields = Object.entries(body).sort(([a], [b]) => (a < b ? -1 : 1));
    return fields.length === 0 ? [] : [{ path, text: JSON.stringify([kind, ...fields]) }];
  });
  for (const { later, earlier } of repeated(sentences, ({ text }) => text)) {
    const detail = `Line ${lineOf(earlier.path)} says the same. Once is enough.`;
    const summary = "the assertion stands in the list twice";
    yield warning("entry-repeated", later.path, summary, detail, { edits: [removing(later.path)] });
  }
}

/** Connections that another line opens too. Different parts of the internet are no repetition. */
function* checkFlows({ draft, lineOf }: Context): Iterable<Diagnostic> {
  const between = new Map<string, Opened[]>();
  const flows = wholeItems(draft.flows).map((item, index) => {
    const flow = flowOf(item);
    return connectionsOf({ flows: [flow] }).map((connection): Opened => ({ connection, flow, index }));
  });
  for (const opened of flows.flat()) {
    const pair = pairOf(opened);
    between.set(pair, [...(between.get(pair) ?? []), opened]);
  }
  for (const opened of flows) {
    const again = opened.flatMap((one): Again[] => {
      const other = between.get(pairOf(one))?.find((each) => opensToo(each, one));
      return other === undefined ? [] : [{ connection: one.connection, other: other.flow }];
    });
    const [first] = opened;
    if (first !== undefined && again.length > 0)
      yield opensAgain(first.flow, again, again.length === opened.length, lineOf);
  }
}

interface Opened {
  readonly connection: Connection;
  readonly flow: Flow;
  readonly index: number;
}

const pairOf = ({ connection: { from, to } }: Opened): string => `${from}>${to}`;

/** Of two flows that open the same, the second one is the repetition. */
function opensToo(other: Opened, one: Opened): boolean {
  const [wide, narrow] = [other.connection.traffic, one.connection.traffic];
  const isFirst = other.index < one.index || !covers(narrow, wide);
  return other.flow !== one.flow && isFirst && covers(wide, narrow) && !areApart(one.flow, other.flow);
}

interface Again {
  readonly connection: Connection;
  readonly other: Flow;
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
  const lines = [...new Set(again.map(({ other }) => lineOf(other.path)))];
  const [noun, verb] = lines.length === 1 ? ["Line", "opens"] : ["Lines", "open"];
  // One of the two flows is for all of the internet, and the other for a part of it.
  const isWide = narrowing(again[0]?.other ?? flow) !== narrowing(flow);
  const effect = isWide
    ? "One of the two is for all of the internet, so that the `sources` of the other narrow nothing."
    : "Removing it here closes nothing.";
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
