/** Flows: between parties that exist, and from the internet only to where the internet may reach. */

import type { Diagnostic, SpecPath } from "../diagnostics/diagnostic";
import { removing, removingName, replacing } from "../diagnostics/edit";
import { error, warning } from "../diagnostics/make";
import { joinPath } from "../diagnostics/path";
import { type Exposure, INTERNET } from "../model/enclave";
import { isIn } from "../model/roles";
import { cidr, formatCidr, NOT_INTERNET, overlaps } from "../net/cidr";
import type { Item } from "../spec/read/draft";
import type { FlowSpec } from "../spec/schema/schema";
import { type Entry, entriesOf, known, knownOf, UNKNOWN } from "../spec/unknown";
import { type Context, unknownName } from "./context";
import { asNoParty } from "./no-party";

export const checkFlows = (context: Context): Diagnostic[] =>
  context.draft.flows.flatMap((flow) => [
    ...checkParties(flow, context),
    ...checkInternet(flow, context),
    ...checkPorts(flow),
    ...checkSources(flow),
  ]);

function checkParties(flow: Item<FlowSpec>, context: Context): Diagnostic[] {
  const from = entriesOf(flow.value.from, joinPath(flow.path, "from"));
  const to = entriesOf(flow.value.to, joinPath(flow.path, "to"));
  const unknown = [...from, ...to]
    .filter((party) => !isInternet(party))
    .flatMap((party) =>
      unknownName(context, party).map((wrong) =>
        "meant" in wrong.facts ? wrong : asNoParty(wrong, party.value, flow, context),
      ),
    );
  const isListed = Array.isArray(flow.value.from) && flow.value.from.length > 1;
  const mixed = isListed ? from.filter(isInternet) : [];
  const outward = to.filter(isInternet);
  return [
    ...unknown,
    ...mixed.map(({ path }) =>
      error(
        "internet-in-list",
        path,
        '"internet" stands in a list',
        'A flow from the internet is written alone, because it needs a public zone and may have "sources".',
        { fix: "from: internet" },
      ),
    ),
    ...outward.map(({ path }) => toInternet(flow, path, from, context)),
    ...checkOutside(flow, from, to, context),
  ];
}

const isFromInternet = ({ value: { from } }: Item<FlowSpec>): boolean => knownOf(from).includes(INTERNET);

const isInternet = ({ value }: Entry<string>): boolean => value === INTERNET;

/** An edit is offered for private zones only: nothing else has a way out by `egress`. */
function toInternet(
  flow: Item<FlowSpec>,
  path: SpecPath,
  from: readonly Entry<string>[],
  { zone }: Context,
): Diagnostic {
  const ofExposure = (exposure: Exposure): string[] =>
    from.map(({ value }) => value).filter((name) => zone(name)?.value.exposure === exposure);
  const [leaving, answering] = [ofExposure("private"), ofExposure("public")];
  const replies =
    answering.length === 0
      ? ""
      : ` A public zone (${answering.join(", ")}) answers the internet without a flow of its own, and opens no connection to it.`;
  const whole = typeof flow.value.to === "string" ? flow.path : path;
  const zones = leaving.length === 1 ? leaving[0] : `[${leaving.join(", ")}]`;
  const fix =
    leaving.length === 0
      ? removing(whole)
      : `# instead of ${whole}:\negress:\n  - { from: ${zones}, to: ["*.example.com"], ports: [443/tcp], why: "what for" }`;
  const detail = `What leaves the enclave leaves by name and port, through \`egress\`, and from private zones only.${replies}`;
  return error("flow-to-internet", path, 'no flow ends at "internet"', detail, { fix });
}

/** An enclave decides nothing between two parties that are both outside. */
function checkOutside(
  flow: Item<FlowSpec>,
  from: readonly Entry<string>[],
  to: readonly Entry<string>[],
  { isExternal }: Context,
): Diagnostic[] {
  const source = from.find((party) => isInternet(party) || isExternal(party.value));
  const target = to.find(({ value }) => isExternal(value));
  if (source === undefined || target === undefined) return [];
  const summary = `"${source.value}" and "${target.value}" are both outside the enclave`;
  const detail = "One end of a flow is a zone of the enclave: it is no transit network.";
  return [error("flow-outside-enclave", flow.path, summary, detail, { fix: removing(flow.path) })];
}

function checkInternet(flow: Item<FlowSpec>, context: Context): Diagnostic[] {
  if (!isFromInternet(flow)) return [];
  const parties = entriesOf(flow.value.to, joinPath(flow.path, "to"));
  return parties.flatMap(({ value: name, path }) => {
    const zone = context.zone(name);
    const exposure = known(zone?.value.exposure);
    if (zone === undefined || exposure === undefined || exposure === "public") return [];
    const open = context.draft.zones.find((each) => each.value.exposure === "public")?.name;
    const through =
      open === undefined ? "a public zone" : `"${open}", with a flow from "${open}" to "${name}"`;
    const detail = `Zone "${name}" is ${exposure} (line ${context.lineOf(joinPath(zone.path, "exposure"))}): nothing comes into it from the internet. Lead the flow through ${through}, or make the zone public where its role allows that.`;
    const isStore = isIn("not-public", known(zone.value.role));
    const isThere = parties.some((party) => party.value === open);
    const opened = isStore
      ? removingName(name, path, parties.length)
      : `zones:\n  ${name}:\n    exposure: public`;
    const fix =
      open === undefined
        ? opened
        : isThere
          ? removingName(name, path, parties.length)
          : replacing(path, open);
    return [
      error(
        "internet-needs-public",
        path,
        `zone "${name}" is ${exposure} and cannot receive from the internet`,
        detail,
        { facts: { zone: name, exposure }, fix },
      ),
    ];
  });
}

function checkPorts(flow: Item<FlowSpec>): Diagnostic[] {
  return entriesOf(flow.value.ports, joinPath(flow.path, "ports")).flatMap(({ value: traffic, path }) => {
    if (traffic.protocol !== "any") return [];
    if (!isFromInternet(flow))
      return [
        warning(
          "ports-any",
          path,
          "every protocol and port is open",
          "Name the ports that are needed; what is not needed is only there for an attacker.",
          { fix: "ports: [443/tcp]" },
        ),
      ];
    return [
      error(
        "internet-any",
        path,
        "every protocol is open to the internet",
        "From the internet, ports are named one by one.",
        { fix: "ports: [443/tcp]" },
      ),
    ];
  });
}

/** This network, loopback, multicast and reserved: nobody on the internet has them (IANA special-purpose registry). */
const NOBODY = ["0.0.0.0/8", "127.0.0.0/8", "224.0.0.0/4", "240.0.0.0/4"].map(cidr);

function checkSources(flow: Item<FlowSpec>): Diagnostic[] {
  const { sources, from } = flow.value;
  const list = joinPath(flow.path, "sources");
  if (sources !== undefined && from !== UNKNOWN && !isFromInternet(flow)) {
    return [
      error(
        "sources-without-internet",
        list,
        '"sources" narrows the internet, and this flow is not from there',
        "A zone or a network is one party. Leave the line out, or make a zone of the part that is meant.",
        { fix: removing(list) },
      ),
    ];
  }
  return entriesOf(sources, list).flatMap(({ value: source, path }) => {
    const inside = [...NOT_INTERNET, ...NOBODY].find((block) => overlaps(block, source));
    if (inside === undefined) return [];
    const text = formatCidr(source);
    const all = source.prefix === 0 ? ' Leave "sources" out: that is all of the internet.' : "";
    const others = formatCidr(inside);
    const detail =
      others === text
        ? `It is private or reserved, and not the internet.${all}`
        : `It shares addresses with ${others}, which is not the internet.${all}`;
    return [
      error("source-not-public", path, `${text} is not public`, detail, {
        facts: { source: text, inside: others },
        fix: removing(source.prefix === 0 ? list : path),
      }),
    ];
  });
}
