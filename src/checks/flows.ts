/** Flows: between existing parties, and from the internet only to zones that it may reach. */

import type { Diagnostic } from "../diagnostics/diagnostic";
import { error, warning } from "../diagnostics/make";
import { joinPath } from "../diagnostics/path";
import { INTERNET } from "../model/enclave";
import { cidr, formatCidr, NOT_INTERNET, overlaps } from "../net/cidr";
import type { Item } from "../spec/read/draft";
import type { FlowSpec } from "../spec/schema/schema";
import { type Entry, entriesOf, known, UNKNOWN } from "../spec/unknown";
import type { Context } from "./context";

/** A flow with its known parties. */
interface Ends {
  readonly flow: Item<FlowSpec>;
  readonly from: readonly Entry<string>[];
  readonly to: readonly Entry<string>[];
  readonly isFromInternet: boolean;
}

export function* checkFlows(context: Context): Iterable<Diagnostic> {
  for (const flow of context.draft.flows) {
    const from = entriesOf(flow.value.from, joinPath(flow.path, "from"));
    const to = entriesOf(flow.value.to, joinPath(flow.path, "to"));
    const ends = { flow, from, to, isFromInternet: from.some(isInternet) };
    yield* checkParties(ends, context);
    yield* checkInternet(ends, context);
    yield* checkPorts(ends, context);
    yield* checkSources(ends);
  }
}

const isInternet = ({ value }: Entry<string>): boolean => value === INTERNET;

function* checkParties({ flow, from, to }: Ends, { zone, isExternal }: Context): Iterable<Diagnostic> {
  const isListed = Array.isArray(flow.value.from) && flow.value.from.length > 1;
  for (const { path } of isListed ? from.filter(isInternet) : []) {
    const detail =
      'A flow from the internet is written alone, because it needs a public zone and may have "sources".';
    yield error("internet-in-list", path, '"internet" stands in a list', detail);
  }
  for (const { path } of to.filter(isInternet)) {
    const open = from.filter(({ value: name }) => zone(name)?.value.exposure === "public");
    const answering = open.map(({ value }) => value).join(", ");
    const replies =
      ` A public zone (${answering}) answers the internet without a flow of its own, and opens no ` +
      "connection to it.";
    const detail =
      `Connections out of the enclave are opened by name and port, through \`egress\`, and from ` +
      `private zones only.${open.length === 0 ? "" : replies}`;
    yield error("flow-to-internet", path, 'no flow ends at "internet"', detail);
  }
  // An enclave decides nothing between two parties that are both outside.
  const source = from.find((party) => isInternet(party) || isExternal(party.value));
  const target = to.find(({ value }) => isExternal(value));
  if (source === undefined || target === undefined) return;
  const summary = `"${source.value}" and "${target.value}" are both outside the enclave`;
  const detail = "One end of a flow is a zone of the enclave: it is no transit network.";
  yield error("flow-outside-enclave", flow.path, summary, detail);
}

function* checkInternet({ to, isFromInternet }: Ends, context: Context): Iterable<Diagnostic> {
  const open = context.draft.zones.find((each) => each.value.exposure === "public")?.name;
  for (const { value: name, path } of isFromInternet ? to : []) {
    const zone = context.zone(name);
    const exposure = known(zone?.value.exposure);
    if (zone === undefined || exposure === undefined || exposure === "public") continue;
    const through =
      open === undefined ? "a public zone" : `"${open}", with a flow from "${open}" to "${name}"`;
    const line = context.lineOf(joinPath(zone.path, "exposure"));
    const detail =
      `Zone "${name}" is ${exposure} (line ${line}): nothing comes into it from the internet. ` +
      `Lead the flow through ${through}, or make the zone public where its role allows that.`;
    const summary = `zone "${name}" is ${exposure} and cannot receive from the internet`;
    yield error("internet-needs-public", path, summary, detail, { facts: { zone: name, exposure } });
  }
}

function* checkPorts(ends: Ends, context: Context): Iterable<Diagnostic> {
  const { flow, isFromInternet } = ends;
  for (const { value, path } of entriesOf(flow.value.ports, joinPath(flow.path, "ports"))) {
    if (value.protocol !== "any") continue;
    if (isFromInternet) {
      const detail = "From the internet, ports are named one by one.";
      yield error("internet-any", path, "every protocol is open to the internet", detail);
    } else if (!isWithinTraining(ends, context)) {
      const detail = "Name the ports that are needed. Every other port serves attackers only.";
      yield warning("ports-any", path, "every protocol and port is open", detail);
    }
  }
}

/** Collective communication takes any port between machines of one training job: https://github.com/NVIDIA/nccl/issues/388 */
function isWithinTraining({ from, to }: Ends, { zone }: Context): boolean {
  const [name, ...others] = new Set([...from, ...to].map(({ value }) => value));
  return name !== undefined && others.length === 0 && known(zone(name)?.value.role) === "training";
}

/** This network, loopback, multicast, reserved: not of the internet (IANA special-purpose registry). */
const NOBODY = ["0.0.0.0/8", "127.0.0.0/8", "224.0.0.0/4", "240.0.0.0/4"].map(cidr);

function* checkSources({ flow, isFromInternet }: Ends): Iterable<Diagnostic> {
  const { sources, from } = flow.value;
  const list = joinPath(flow.path, "sources");
  if (sources !== undefined && from !== UNKNOWN && !isFromInternet) {
    const summary = '"sources" narrows the internet, and this flow is not from there';
    const detail =
      "A zone or a network is one party. Leave the line out, or make a zone of the part that is meant.";
    yield error("sources-without-internet", list, summary, detail);
    return;
  }
  for (const { value: source, path } of entriesOf(sources, list)) {
    const inside = [...NOT_INTERNET, ...NOBODY].find((block) => overlaps(block, source));
    if (inside === undefined) continue;
    const [text, others] = [formatCidr(source), formatCidr(inside)];
    const all = source.prefix === 0 ? ' Leave "sources" out: that is all of the internet.' : "";
    const reason =
      others === text
        ? "It is private or reserved, and not the internet."
        : `It shares addresses with ${others}, which is not the internet.`;
    yield error("source-not-public", path, `${text} is not public`, `${reason}${all}`, {
      facts: { source: text, inside: others },
    });
  }
}
