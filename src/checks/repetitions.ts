/** What is written twice: valid, but one of the two opens nothing, and taking it away closes nothing. */

import type { Code } from "../diagnostics/catalogue";
import type { Diagnostic, SpecPath } from "../diagnostics/diagnostic";
import { removing } from "../diagnostics/edit";
import { warning } from "../diagnostics/make";
import { joinPath } from "../diagnostics/path";
import { type Connection, connectionsOf, departuresOf, formatTraffic } from "../model/connections";
import { type Cidr, contains, formatCidr } from "../net/cidr";
import { egressOf, flowOf } from "../spec/read/build";
import { wholeItems } from "../spec/read/draft";
import { type Entry, entriesOf, hasUnknown } from "../spec/unknown";
import { type Context, repeated } from "./context";

export const checkRepetitions = (context: Context): Diagnostic[] => [
  ...checkEntries(context),
  ...checkAssertions(context),
  ...checkFlows(context),
  ...checkEgress(context),
];

/** Lists of names and ports that hold one twice. */
function checkEntries({ draft: { flows, egress, privateEndpoints, spec } }: Context): Diagnostic[] {
  const parties = [...flows, ...egress, ...privateEndpoints].flatMap(({ path, value: { from, ports } }) => [
    ...twiceIn(entriesOf(from, joinPath(path, "from"))),
    ...twiceIn(entriesOf(ports, joinPath(path, "ports")), formatTraffic),
  ]);
  const targets = flows.flatMap(({ path, value }) => twiceIn(entriesOf(value.to, joinPath(path, "to"))));
  const sources = flows.flatMap(({ path, value }) => {
    const blocks = entriesOf(value.sources, joinPath(path, "sources"));
    return [...twiceIn(blocks, formatCidr), ...within(blocks)];
  });
  const names = egress.flatMap(({ path, value }) =>
    twiceIn(entriesOf(value.to, joinPath(path, "to")), String, "egress-repeated"),
  );
  const cutOff = twiceIn(entriesOf(spec.quarantine, "quarantine"), String, "quarantine-repeated");
  return [...parties, ...targets, ...sources, ...names, ...cutOff];
}

function twiceIn<T>(
  entries: readonly Entry<T>[],
  format: (value: T) => string = String,
  code: Code = "entry-repeated",
): Diagnostic[] {
  return repeated(entries, ({ value }) => format(value)).map(({ value, path }) =>
    warning(code, path, `"${format(value)}" stands in the list twice`, "Once is enough.", {
      fix: removing(path),
    }),
  );
}

/** Blocks that lie in another of the list. */
const within = (blocks: readonly Entry<Cidr>[]): Diagnostic[] =>
  blocks.flatMap(({ value: block, path }) => {
    const wider = blocks.find(({ value }) => value.prefix < block.prefix && contains(value, block));
    if (wider === undefined) return [];
    const summary = `${formatCidr(block)} lies in ${formatCidr(wider.value)}, which the list has`;
    return [warning("entry-repeated", path, summary, "The wider one is enough.", { fix: removing(path) })];
  });

/** Sentences that stand in the list already, their keys in any order. */
function checkAssertions({ draft, lineOf }: Context): Diagnostic[] {
  const assertions = draft.assertions.filter(
    ({ value }) => Object.keys(value).length > 0 && !hasUnknown(value),
  );
  const sentence = ({ value: { never, through } }: (typeof assertions)[number]): string => {
    const fields = Object.entries(never ?? through ?? {}).sort(([a], [b]) => (a < b ? -1 : 1));
    return JSON.stringify([never === undefined, ...fields]);
  };
  return repeated(assertions, sentence).map((again) => {
    const first = assertions.find((each) => sentence(each) === sentence(again));
    const detail = `Line ${lineOf(first?.path ?? "")} says the same. Once is enough.`;
    return warning("entry-repeated", again.path, "the assertion stands in the list twice", detail, {
      fix: removing(again.path),
    });
  });
}
/** Connections that a line above opens already; two that narrow the internet to different parts add to each other. */
function checkFlows({ draft, lineOf }: Context): Diagnostic[] {
  const flows = wholeItems(draft.flows).map(flowOf);
  const narrowed = new Map(flows.map(({ path, sources }) => [path, sources.map(formatCidr).join(", ")]));
  const all = flows.map((flow) => ({ flow, opens: connectionsOf({ flows: [flow] }) }));
  const first = new Map<string, SpecPath>();
  return all.flatMap(({ flow: { path }, opens }) => {
    const again = opens.flatMap((connection) => {
      const earlier = first.get(connection.key);
      if (earlier === undefined) first.set(connection.key, path);
      const adds =
        earlier !== undefined &&
        narrowed.get(earlier) !== "" &&
        narrowed.get(path) !== "" &&
        narrowed.get(earlier) !== narrowed.get(path);
      return earlier === undefined || adds ? [] : [{ connection, earlier }];
    });
    return again.length === 0 ? [] : [opensAgain(path, again, opens.length, { lineOf, narrowed })];
  });
}

function opensAgain(
  path: SpecPath,
  again: readonly { readonly connection: Connection; readonly earlier: SpecPath }[],
  count: number,
  {
    lineOf,
    narrowed,
  }: { readonly lineOf: Context["lineOf"]; readonly narrowed: ReadonlyMap<SpecPath, string> },
): Diagnostic {
  const shown = again
    .slice(0, 3)
    .map(({ connection: { from, to, traffic } }) => `${from} to ${to} ${formatTraffic(traffic)}`);
  const more = again.length > 3 ? ` and ${again.length - 3} more` : "";
  const lines = [...new Set(again.map(({ earlier }) => lineOf(earlier)))];
  const [{ earlier } = { earlier: path }] = again;
  const isWide = narrowed.get(path) !== narrowed.get(earlier);
  const so = isWide
    ? "One of the two is for all of the internet, so that the `sources` of the other narrow nothing."
    : "Removing one of the two closes nothing.";
  const detail = `${lines.length === 1 ? "Line" : "Lines"} ${lines.join(", ")} ${lines.length === 1 ? "opens" : "open"} it already: ${shown.join(", ")}${more}. ${so}`;
  const summary = again.length === count ? "the flow is open already" : "a part of the flow is open already";
  return warning(
    "flow-repeated",
    path,
    summary,
    detail,
    again.length === count && !isWide ? { fix: removing(path) } : {},
  );
}

/** The same name, port and zone on two lines. */
function checkEgress({ draft, lineOf }: Context): Diagnostic[] {
  const departures = departuresOf({ egress: wholeItems(draft.egress).map(egressOf) });
  return departures.flatMap(({ zone, name, port, because: [first, ...more] }) =>
    more.map(({ path }) => {
      const detail = `Line ${lineOf(first?.path ?? "")} opens the same way. Removing one of the two closes nothing.`;
      return warning("egress-repeated", path, `"${zone}" may reach "${name}" on ${port} already`, detail, {
        fix: removing(path),
      });
    }),
  );
}
