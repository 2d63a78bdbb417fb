/** What is written twice: valid, but one of the two opens nothing, and taking it away closes nothing. */

import type { Diagnostic, SpecPath } from "../diagnostics/diagnostic";
import { removing } from "../diagnostics/edit";
import { warning } from "../diagnostics/make";
import { joinPath } from "../diagnostics/path";
import { type Connection, connectionsOf, formatTraffic } from "../model/connections";
import type { Traffic } from "../model/enclave";
import { type Cidr, contains, formatCidr } from "../net/cidr";
import { soundFlows } from "../spec/read/sound-items";
import { type Context, repeated } from "./context";

export const checkRepetitions = (context: Context): Diagnostic[] => [
  ...checkEntries(context),
  ...checkFlows(context),
];

/** Lists of names and ports that hold one twice. */
function checkEntries({ draft: { flows, egress, privateEndpoints } }: Context): Diagnostic[] {
  return [
    ...flows.flatMap(({ path, value: { from, to, ports, sources } }) => [
      ...twiceIn(from, joinPath(path, "from")),
      ...twiceIn(to, joinPath(path, "to")),
      ...twiceIn(ports?.map(formatTraffic), joinPath(path, "ports")),
      ...twiceIn(sources?.map(formatCidr), joinPath(path, "sources")),
      ...within(sources ?? [], joinPath(path, "sources")),
    ]),
    ...[...egress, ...privateEndpoints].flatMap(({ path, value: { from, ports } }) => [
      ...twiceIn(from, joinPath(path, "from")),
      ...twiceIn((ports as readonly Traffic[] | undefined)?.map(formatTraffic), joinPath(path, "ports")),
    ]),
  ];
}

function twiceIn(list: string | readonly string[] | undefined, path: SpecPath): Diagnostic[] {
  if (list === undefined || typeof list === "string") return [];
  return repeated(list).map((index) => {
    const at = joinPath(path, index);
    return warning("entry-repeated", at, `"${list[index]}" stands in the list twice`, "Once is enough.", {
      fix: removing(at),
    });
  });
}

/** Blocks that lie in another of the list. */
const within = (blocks: readonly Cidr[], path: SpecPath): Diagnostic[] =>
  blocks.flatMap((block, index) => {
    const wider = blocks.find((other) => other.prefix < block.prefix && contains(other, block));
    if (wider === undefined) return [];
    const at = joinPath(path, index);
    const summary = `${formatCidr(block)} lies in ${formatCidr(wider)}, which the list has`;
    return [warning("entry-repeated", at, summary, "The wider one is enough.", { fix: removing(at) })];
  });

/** Connections that a line above opens already; two that narrow the internet to different parts add to each other. */
function checkFlows({ draft, lineOf }: Context): Diagnostic[] {
  const flows = soundFlows(draft);
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
