/** Assertions, waivers, quarantine and published services: they speak of names that exist. */

import type { Diagnostic, SpecPath } from "../diagnostics/diagnostic";
import { quoted, removing } from "../diagnostics/edit";
import { error, warning } from "../diagnostics/make";
import { joinPath } from "../diagnostics/path";
import { INTERNET } from "../model/enclave";
import type { Item } from "../spec/read/item";
import type { AssertionSpec, WaiverSpec } from "../spec/schema/schema";
import { adding } from "../spec/suggest/samples";
import { type Context, repeated, unknownName, unknownZone } from "./context";

export const checkPolicy = (context: Context): Diagnostic[] => [
  ...context.draft.publish.flatMap(({ path, value: { zone } }) =>
    zone === undefined ? [] : unknownZone(context, joinPath(path, "zone"), zone),
  ),
  ...checkConsumers(context),
  ...context.draft.assertions.flatMap((assertion) => checkAssertion(assertion, context)),
  ...checkAgain(context),
  ...context.draft.waive.flatMap((waiver) => checkWaiver(waiver, context)),
  ...checkQuarantine(context),
];

function checkConsumers({ draft }: Context): Diagnostic[] {
  return draft.publish.flatMap(({ name, path, value: { consumers }, doubtful }) => {
    if (
      doubtful("consumers") ||
      consumers === undefined ||
      Object.values(consumers).some((each) => each !== undefined && each.length > 0)
    )
      return [];
    return [
      error(
        "consumers-missing",
        joinPath(path, "consumers"),
        `"${name}" is published to nobody`,
        "Name who may connect, by cloud.",
        { fix: adding(joinPath(path, "consumers")) },
      ),
    ];
  });
}

function checkAssertion(assertion: Item<AssertionSpec>, context: Context): Diagnostic[] {
  const { path, value } = assertion;
  const { never, through } = value;
  if (assertion.doubtful("never") || assertion.doubtful("through")) return [];
  if ((never === undefined) === (through === undefined)) {
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
  const at = (field: string) => joinPath(path, never === undefined ? "through" : "never", field);
  const { from = "", to = "" } = never ?? through ?? {};
  const via = through === undefined ? [] : unknownZone(context, at("via"), through.via);
  return [
    ...checkStart(from, at("from"), context),
    ...checkEnd(to, at("to"), context),
    ...via,
    ...checkIdle(assertion),
  ];
}

/** Every chain passes where it begins and where it ends. From a zone to itself chains may lead: `never` forbids them. */
function checkIdle({ path, value: { through } }: Item<AssertionSpec>): Diagnostic[] {
  if (through === undefined || (through.via !== through.from && through.via !== through.to)) return [];
  const end = through.via === through.from ? "begins" : "ends";
  const detail = `Every chain from ${quoted(through.from)} to ${quoted(through.to)} ${end} at the waypoint, whatever is written. A waypoint lies between the two.`;
  return [warning("assertion-idle", path, "the assertion cannot fail", detail, { fix: removing(path) })];
}

/** Sentences that stand in the list already, their keys in any order. */
function checkAgain({ draft: { assertions }, lineOf }: Context): Diagnostic[] {
  const first = new Map<string, SpecPath>();
  return assertions.flatMap(({ path, value: { never, through } }) => {
    const said = never ?? through;
    const key = JSON.stringify([
      never === undefined,
      ...Object.entries(said ?? {}).sort(([a], [b]) => (a < b ? -1 : 1)),
    ]);
    const earlier = first.get(key);
    if (said === undefined || earlier === undefined) {
      first.set(key, path);
      return [];
    }
    const detail = `Line ${lineOf(earlier)} says the same. Once is enough.`;
    return [
      warning("entry-repeated", path, "the assertion stands in the list twice", detail, {
        fix: removing(path),
      }),
    ];
  });
}

const isEndpoint = ({ draft }: Context, name: string): boolean =>
  draft.privateEndpoints.some((endpoint) => endpoint.name === name);

function checkStart(name: string, path: SpecPath, context: Context): Diagnostic[] {
  if (name === INTERNET) return [];
  if (isEndpoint(context, name) && context.zone(name) === undefined && !context.isExternal(name)) {
    return [
      error(
        "chain-from-endpoint",
        path,
        `no chain begins at the endpoint ${quoted(name)}`,
        "Endpoints answer; they open no connections.",
        { fix: removing(path) },
      ),
    ];
  }
  return unknownZone(context, path, name, "externals");
}

function checkEnd(name: string, path: SpecPath, context: Context): Diagnostic[] {
  if (name === INTERNET) {
    const detail =
      "Flows never end there; what leaves the enclave leaves by `egress`, to the names that stand there.";
    return [error("chain-to-internet", path, 'no chain ends at "internet"', detail, { fix: removing(path) })];
  }
  if (isEndpoint(context, name) && (context.zone(name) !== undefined || context.isExternal(name))) {
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
  return unknownZone(context, path, name, "endpoints and externals");
}

function checkWaiver({ path, value: { zone, endpoint } }: Item<WaiverSpec>, context: Context): Diagnostic[] {
  const zones = zone === undefined ? [] : unknownZone(context, joinPath(path, "zone"), zone);
  if (endpoint === undefined || isEndpoint(context, endpoint) || context.draft.lost.has("privateEndpoints"))
    return zones;
  const known = context.draft.privateEndpoints.map(({ name }) => name);
  return [
    ...zones,
    unknownName(
      "endpoint-unknown",
      joinPath(path, "endpoint"),
      `no endpoint is called ${quoted(endpoint)}`,
      endpoint,
      known,
    ),
  ];
}

function checkQuarantine(context: Context): Diagnostic[] {
  const names = context.draft.settings.value.quarantine ?? [];
  const unknown = names.flatMap((name, index) => unknownZone(context, joinPath("quarantine", index), name));
  const twice = repeated(names).map((index) =>
    warning(
      "quarantine-repeated",
      joinPath("quarantine", index),
      `"${names[index]}" stands in the list twice`,
      "Once is enough.",
      { fix: removing(joinPath("quarantine", index)) },
    ),
  );
  return [...unknown, ...twice];
}
