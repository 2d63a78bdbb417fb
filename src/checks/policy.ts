/** Assertions, waivers and published services: they name existing items. */

import type { Diagnostic, SpecPath } from "../diagnostics/diagnostic";
import { quoted, removing } from "../diagnostics/edit";
import { error, warning } from "../diagnostics/make";
import { joinPath } from "../diagnostics/path";
import { INTERNET } from "../model/enclave";
import type { Item } from "../spec/read/draft";
import type { AssertionSpec, PublishSpec, WaiverSpec } from "../spec/schema/schema";
import { adding } from "../spec/suggest/samples";
import { type Entry, entriesOf, known, type Maybe, UNKNOWN } from "../spec/unknown";
import { type Context, unknownName } from "./context";

export function* checkPolicy(context: Context): Iterable<Diagnostic> {
  for (const service of context.draft.publish) yield* checkPublished(service, context);
  for (const assertion of context.draft.assertions) yield* checkAssertion(assertion, context);
  for (const waiver of context.draft.waive) yield* checkWaiver(waiver, context);
}

function* checkPublished({ name, path, value }: Item<PublishSpec>, context: Context): Iterable<Diagnostic> {
  for (const zone of entriesOf(value.zone, joinPath(path, "zone"))) yield* unknownName(context, zone);
  const at = joinPath(path, "consumers");
  const consumers = Object.values(known(value.consumers) ?? { unknown: UNKNOWN });
  if (consumers.some((each) => each === UNKNOWN || (each ?? []).length > 0)) return;
  const detail = "Name who may connect, by cloud.";
  yield error("consumers-missing", at, `"${name}" is published to nobody`, detail, { fix: adding(at) });
}

function* checkAssertion({ path, value }: Item<AssertionSpec>, context: Context): Iterable<Diagnostic> {
  const { never, through } = value;
  if (never === UNKNOWN || through === UNKNOWN) return;
  if ((never === undefined) === (through === undefined)) {
    const summary = 'an assertion is exactly one of "never" and "through"';
    const detail =
      "An assertion is one of two sentences: never (no chain leads from one to the other) or through (every chain passes a zone).";
    const sentence = "- { never: { from: <zone>, to: <other> } }";
    const fix = never === undefined ? sentence : removing(joinPath(path, "through"));
    yield error("assertion-form", path, summary, detail, { fix });
  } else if (never !== undefined) yield* checkChain(never, joinPath(path, "never"), context);
  else if (through !== undefined) {
    const at = joinPath(path, "through");
    yield* checkChain(through, at, context);
    for (const via of entriesOf(through.via, joinPath(at, "via"))) yield* unknownName(context, via);
    yield* checkIdle(path, known(through.from), known(through.to), known(through.via));
  }
}

interface Chain {
  readonly from: Maybe<string>;
  readonly to: Maybe<string>;
}

function* checkChain({ from, to }: Chain, path: SpecPath, context: Context): Iterable<Diagnostic> {
  for (const start of entriesOf(from, joinPath(path, "from"))) yield* checkStart(start, context);
  for (const end of entriesOf(to, joinPath(path, "to"))) yield* checkEnd(end, context);
}

/** Every chain passes its two ends. Chains may lead from a zone to itself: `never` forbids them. */
function* checkIdle(path: SpecPath, from?: string, to?: string, via?: string): Iterable<Diagnostic> {
  if (from === undefined || to === undefined || (via !== from && via !== to)) return;
  const end = via === from ? "begins" : "ends";
  const detail = `Every chain from ${quoted(from)} to ${quoted(to)} ${end} at the waypoint, whatever is written. A waypoint lies between the two.`;
  yield warning("assertion-idle", path, "the assertion cannot fail", detail, { fix: removing(path) });
}

const isEndpoint = ({ draft }: Context, name: string): boolean =>
  draft.privateEndpoints.some((endpoint) => endpoint.name === name);

const isParty = ({ zone, isExternal }: Context, name: string): boolean =>
  zone(name) !== undefined || isExternal(name);

function* checkStart(start: Entry<string>, context: Context): Iterable<Diagnostic> {
  const { value: name, path } = start;
  if (name === INTERNET) return;
  if (isEndpoint(context, name) && !isParty(context, name)) {
    const summary = `no chain begins at the endpoint ${quoted(name)}`;
    const detail = "Endpoints answer; they open no connections.";
    yield error("chain-from-endpoint", path, summary, detail, { fix: removing(path) });
  } else yield* unknownName(context, start);
}

function* checkEnd(end: Entry<string>, context: Context): Iterable<Diagnostic> {
  const { value: name, path } = end;
  if (name === INTERNET) {
    const detail =
      "Flows never end there. Connections out of the enclave are opened by `egress`, to the names that stand there.";
    yield error("chain-to-internet", path, 'no chain ends at "internet"', detail, { fix: removing(path) });
  } else if (isEndpoint(context, name) && isParty(context, name)) {
    const summary = `"${name}" is a zone or network and an endpoint`;
    const detail = "Which of the two is meant is no guess to make. Rename the endpoint.";
    const fix = `# rename the endpoint: ${name.slice(0, 11)}-endpoint`;
    yield error("name-ambiguous", path, summary, detail, { fix });
  } else yield* unknownName(context, end);
}

function* checkWaiver({ path, value }: Item<WaiverSpec>, context: Context): Iterable<Diagnostic> {
  for (const zone of entriesOf(value.zone, joinPath(path, "zone"))) yield* unknownName(context, zone);
  for (const endpoint of entriesOf(value.endpoint, joinPath(path, "endpoint")))
    yield* unknownName(context, endpoint);
}
