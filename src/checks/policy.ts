/** Assertions, waivers and published services: they speak of names that exist. */

import type { Diagnostic } from "../diagnostics/diagnostic";
import { quoted, removing } from "../diagnostics/edit";
import { error, warning } from "../diagnostics/make";
import { joinPath } from "../diagnostics/path";
import { INTERNET } from "../model/enclave";
import type { Item } from "../spec/read/draft";
import type { AssertionSpec, PublishSpec, WaiverSpec } from "../spec/schema/schema";
import { adding } from "../spec/suggest/samples";
import { type Entry, entriesOf, known, UNKNOWN } from "../spec/unknown";
import { type Context, unknownName } from "./context";

export const checkPolicy = (context: Context): Diagnostic[] => [
  ...context.draft.publish.flatMap((service) => checkPublished(service, context)),
  ...context.draft.assertions.flatMap((assertion) => checkAssertion(assertion, context)),
  ...context.draft.waive.flatMap((waiver) => checkWaiver(waiver, context)),
];

function checkPublished({ name, path, value }: Item<PublishSpec>, context: Context): Diagnostic[] {
  const zone = entriesOf(value.zone, joinPath(path, "zone")).flatMap((each) => unknownName(context, each));
  const consumers = Object.values(known(value.consumers) ?? { unknown: UNKNOWN });
  if (consumers.some((each) => each === UNKNOWN || (each ?? []).length > 0)) return zone;
  return [
    ...zone,
    error(
      "consumers-missing",
      joinPath(path, "consumers"),
      `"${name}" is published to nobody`,
      "Name who may connect, by cloud.",
      { fix: adding(joinPath(path, "consumers")) },
    ),
  ];
}

function checkAssertion(
  { path, value: { never, through } }: Item<AssertionSpec>,
  context: Context,
): Diagnostic[] {
  if (never === UNKNOWN || through === UNKNOWN) return [];
  if (never !== undefined && through === undefined)
    return checkChain(never, joinPath(path, "never"), context);
  if (never === undefined && through !== undefined) {
    const waypoint = entriesOf(through.via, joinPath(path, "through", "via"));
    return [
      ...checkChain(through, joinPath(path, "through"), context),
      ...waypoint.flatMap((via) => unknownName(context, via)),
      ...checkIdle(path, known(through.from), known(through.to), known(through.via)),
    ];
  }
  const detail =
    "An assertion is one of two sentences: never (no chain leads from one to the other) or through (every chain passes a zone).";
  return [
    error("assertion-form", path, 'an assertion is exactly one of "never" and "through"', detail, {
      fix:
        never === undefined
          ? "- { never: { from: <zone>, to: <other> } }"
          : removing(joinPath(path, "through")),
    }),
  ];
}

type Chain = Pick<Exclude<Item<AssertionSpec>["value"]["never"], typeof UNKNOWN | undefined>, "from" | "to">;

const checkChain = ({ from, to }: Chain, path: string, context: Context): Diagnostic[] => [
  ...entriesOf(from, joinPath(path, "from")).flatMap((start) => checkStart(start, context)),
  ...entriesOf(to, joinPath(path, "to")).flatMap((end) => checkEnd(end, context)),
];

/** Every chain passes its two ends. From a zone to itself chains may lead: `never` forbids them. */
function checkIdle(path: string, from?: string, to?: string, via?: string): Diagnostic[] {
  if (from === undefined || to === undefined || (via !== from && via !== to)) return [];
  const end = via === from ? "begins" : "ends";
  const detail = `Every chain from ${quoted(from)} to ${quoted(to)} ${end} at the waypoint, whatever is written. A waypoint lies between the two.`;
  return [warning("assertion-idle", path, "the assertion cannot fail", detail, { fix: removing(path) })];
}

const isEndpoint = ({ draft }: Context, name: string): boolean =>
  draft.privateEndpoints.some((endpoint) => endpoint.name === name);

const isParty = ({ zone, isExternal }: Context, name: string): boolean =>
  zone(name) !== undefined || isExternal(name);

function checkStart(start: Entry<string>, context: Context): Diagnostic[] {
  const { value: name, path } = start;
  if (name === INTERNET) return [];
  if (!isEndpoint(context, name) || isParty(context, name)) return unknownName(context, start);
  const summary = `no chain begins at the endpoint ${quoted(name)}`;
  return [
    error("chain-from-endpoint", path, summary, "Endpoints answer; they open no connections.", {
      fix: removing(path),
    }),
  ];
}

function checkEnd(end: Entry<string>, context: Context): Diagnostic[] {
  const { value: name, path } = end;
  if (name === INTERNET) {
    const detail =
      "Flows never end there; what leaves the enclave leaves by `egress`, to the names that stand there.";
    return [error("chain-to-internet", path, 'no chain ends at "internet"', detail, { fix: removing(path) })];
  }
  if (!isEndpoint(context, name) || !isParty(context, name)) return unknownName(context, end);
  return [
    error(
      "name-ambiguous",
      path,
      `"${name}" is a zone or network and an endpoint`,
      "Which of the two is meant is no guess to make. Rename the endpoint.",
      { fix: `# rename the endpoint: ${name.slice(0, 11)}-endpoint` },
    ),
  ];
}

const checkWaiver = ({ path, value }: Item<WaiverSpec>, context: Context): Diagnostic[] => [
  ...entriesOf(value.zone, joinPath(path, "zone")).flatMap((zone) => unknownName(context, zone)),
  ...entriesOf(value.endpoint, joinPath(path, "endpoint")).flatMap((endpoint) =>
    unknownName(context, endpoint),
  ),
];
