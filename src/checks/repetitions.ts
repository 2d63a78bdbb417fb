/** Warns of repetitions: a second entry, flow or egress rule opens nothing; its removal closes nothing. */

import type { Code } from "../diagnostics/catalogue";
import type { Diagnostic, SpecPath } from "../diagnostics/diagnostic";
import { removing } from "../diagnostics/edit";
import { warning } from "../diagnostics/make";
import { joinPath } from "../diagnostics/path";
import { type Connection, connectionsOf, departuresOf, formatTraffic } from "../model/connections";
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
  for (const { value, path } of repeated(entries, (entry) => format(entry.value))) {
    const summary = `"${format(value)}" stands in the list twice`;
    yield warning(code, path, summary, "Once is enough.", { edits: [removing(path, "exact")] });
  }
}

/** Blocks that lie in another of the list. */
function* checkWithin(blocks: readonly Entry<Cidr>[]): Iterable<Diagnostic> {
  for (const { value: block, path } of blocks) {
    const wider = blocks.find(({ value }) => value.prefix < block.prefix && contains(value, block));
    if (wider === undefined) continue;
    const summary = `${formatCidr(block)} lies in ${formatCidr(wider.value)}, which the list has`;
    yield warning("entry-repeated", path, summary, "The wider one is enough.", {
      edits: [removing(path, "exact")],
    });
  }
}

/** Assertions that repeat another, with their keys in any order. */
function* checkAssertions({ draft, lineOf }: Context): Iterable<Diagnostic> {
  const first = new Map<string, SpecPath>();
  for (const { path, value } of wholeItems(draft.assertions)) {
    const { never, through } = value;
    const fields = Object.entries(never ?? through ?? {}).sort(([a], [b]) => (a < b ? -1 : 1));
    const sentence = JSON.stringify([never === undefined, ...fields]);
    const earlier = first.get(sentence);
    if (earlier === undefined || fields.length === 0) first.set(sentence, path);
    else {
      const detail = `Line ${lineOf(earlier)} says the same. Once is enough.`;
      const summary = "the assertion stands in the list twice";
      yield warning("entry-repeated", path, summary, detail, { edits: [removing(path)] });
    }
  }
}

interface Again {
  readonly connection: Connection;
  /** The flow that opens it already. */
  readonly earlier: SpecPath;
}

/** Connections that a line above opens already. Different parts of the internet are no repetition. */
function* checkFlows({ draft, lineOf }: Context): Iterable<Diagnostic> {
  const flows = wholeItems(draft.flows).map(flowOf);
  const narrowed = new Map(flows.map(({ path, sources }) => [path, sources.map(formatCidr).join(", ")]));
  const first = new Map<string, SpecPath>();
  for (const flow of flows) {
    const opened = connectionsOf({ flows: [flow] });
    const sources = narrowed.get(flow.path);
    const again: Again[] = [];
    for (const connection of opened) {
      const earlier = first.get(connection.key);
      const others = earlier === undefined ? "" : narrowed.get(earlier);
      if (earlier === undefined) first.set(connection.key, flow.path);
      else if (others === "" || sources === "" || others === sources) again.push({ connection, earlier });
    }
    const isWide = again.length > 0 && narrowed.get(again[0]?.earlier ?? "") !== sources;
    if (again.length > 0)
      yield opensAgain(flow.path, again, { isAll: again.length === opened.length, isWide, lineOf });
  }
}

interface Repetition extends Pick<Context, "lineOf"> {
  /** Whether every connection of the flow is open already. */
  readonly isAll: boolean;
  /** Whether one of the two flows is for all of the internet, and the other for a part of it. */
  readonly isWide: boolean;
}

function opensAgain(
  path: SpecPath,
  again: readonly Again[],
  { isAll, isWide, lineOf }: Repetition,
): Diagnostic {
  const shown = again
    .slice(0, 3)
    .map(({ connection: { from, to, traffic } }) => `${from} to ${to} ${formatTraffic(traffic)}`);
  const more = again.length > 3 ? ` and ${again.length - 3} more` : "";
  const lines = [...new Set(again.map(({ earlier }) => lineOf(earlier)))];
  const [noun, verb] = lines.length === 1 ? ["Line", "opens"] : ["Lines", "open"];
  const effect = isWide
    ? "One of the two is for all of the internet, so that the `sources` of the other narrow nothing."
    : "Removing one of the two closes nothing.";
  const detail = `${noun} ${lines.join(", ")} ${verb} it already: ${shown.join(", ")}${more}. ${effect}`;
  const summary = isAll ? "the flow is open already" : "a part of the flow is open already";
  return warning("flow-repeated", path, summary, detail, isAll && !isWide ? { edits: [removing(path)] } : {});
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
