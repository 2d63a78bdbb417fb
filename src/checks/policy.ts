/** Assertions have one form and can fail; a published service has consumers. */

import type { Diagnostic, SpecPath } from "../diagnostics/diagnostic";
import { quoted } from "../diagnostics/edit";
import { error, warning } from "../diagnostics/make";
import { joinPath } from "../diagnostics/path";
import { INTERNET } from "../model/enclave";
import type { Item } from "../spec/read/draft";
import type { AssertionSpec, PublishSpec } from "../spec/schema/schema";
import { known, type Maybe, UNKNOWN } from "../spec/unknown";
import type { Context } from "./context";

export function* checkPolicy(context: Context): Iterable<Diagnostic> {
  for (const service of context.draft.publish) yield* checkPublished(service);
  for (const assertion of context.draft.assertions) yield* checkAssertion(assertion, context);
}

function* checkPublished({ name, path, value }: Item<PublishSpec>): Iterable<Diagnostic> {
  const at = joinPath(path, "consumers");
  const consumers = Object.values(known(value.consumers) ?? { unknown: UNKNOWN });
  if (consumers.some((each) => each === UNKNOWN || (each ?? []).length > 0)) return;
  const detail = "Name who may connect, by cloud.";
  yield error("consumers-missing", at, `"${name}" is published to nobody`, detail);
}

function* checkAssertion({ path, value }: Item<AssertionSpec>, context: Context): Iterable<Diagnostic> {
  const { never, through, only } = value;
  if (never === UNKNOWN || through === UNKNOWN || only === UNKNOWN) return;
  if ([never, through, only].filter((each) => each !== undefined).length !== 1) {
    const summary = 'an assertion is exactly one of "never", "through" and "only"';
    const detail =
      "never: no chain leads from one to the other. through: every chain passes a zone. " +
      "only: nobody else reaches it.";
    yield error("assertion-form", path, summary, detail);
  } else if (only !== undefined) yield* checkEnd(only.to, `${path}.only.to`, context);
  else if (never !== undefined) yield* checkEnd(never.to, `${path}.never.to`, context);
  else if (through !== undefined) {
    yield* checkEnd(through.to, `${path}.through.to`, context);
    yield* checkIdle(path, known(through.from), known(through.to), known(through.via));
  }
}

/** Every chain passes its two ends. Chains may lead from a zone to itself: `never` forbids them. */
function* checkIdle(path: SpecPath, from?: string, to?: string, via?: string): Iterable<Diagnostic> {
  if (from === undefined || to === undefined || (via !== from && via !== to)) return;
  const end = via === from ? "begins" : "ends";
  const detail =
    `Every chain from ${quoted(from)} to ${quoted(to)} ${end} at the waypoint, whatever is written. ` +
    "A waypoint lies between the two.";
  yield warning("assertion-idle", path, "the assertion cannot fail", detail);
}

function* checkEnd(name: Maybe<string>, path: SpecPath, context: Context): Iterable<Diagnostic> {
  if (name === UNKNOWN) return;
  const isEndpoint = context.draft.privateEndpoints.some((endpoint) => endpoint.name === name);
  if (name === INTERNET) {
    const detail =
      "Flows never end there. Connections out of the enclave are opened by `egress`, to the names " +
      "that stand there.";
    yield error("chain-to-internet", path, 'no chain ends at "internet"', detail);
  } else if (isEndpoint && (context.zone(name) !== undefined || context.isExternal(name))) {
    const summary = `"${name}" is a zone or network and an endpoint`;
    const detail = "Which of the two is meant is no guess to make. Rename the endpoint.";
    yield error("name-ambiguous", path, summary, detail);
  }
}
