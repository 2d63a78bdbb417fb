/**
 * A draft with errors as the draft of a spec without them: what is wrong is left out, and what has to be there is the least that
 * it could be. Later passes look for further errors in it, so that one mistake hides no other; nothing is ever rendered from it.
 */
import type { Diagnostic, SpecPath } from "../../diagnostics/diagnostic";
import { joinPath } from "../../diagnostics/path";
import { INTERNET } from "../../model/enclave";
import { type Cidr, cidr } from "../../net/cidr";
import { parseName } from "../schema/parse";
import type { EgressSpec, EndpointSpec, FlowSpec, Settings, ZoneSpec } from "../schema/schema";
import { isMapping } from "../yaml/nodes";
import { listOf } from "./build";
import { liesBelow } from "./consequences";
import type { Draft } from "./draft";
import type { Item } from "./item";

/** Absent when too little can be read to say more. `errors` is everything that is known to be wrong with the draft. */
export function soundDraft(draft: Draft, errors: readonly Diagnostic[]): Draft | undefined {
  if (draft.lost.has("zones")) return undefined;
  const wrong = errors.map(({ path }) => path);
  const refused = new Set(wrong);
  const prune = <T>(item: Item<T>): Item<T> => ({
    ...item,
    value: (without({ ...item.remains, ...item.value }, item.path, wrong) ?? {}) as Partial<T>,
  });
  const kept = <T>(items: readonly Item<T>[]): Item<T>[] =>
    items.filter(({ path }) => !refused.has(path)).map(prune);
  const settings = prune(draft.settings);
  const zones = draft.zones
    .filter(({ name }) => parseName(name).ok)
    .map((zone) => leastZone(prune(zone), settings.value.cidr));
  const names = new Set(zones.map(({ name }) => name));
  const externalNetworks = kept(draft.externalNetworks)
    .filter(({ name }) => !names.has(name))
    .map((item) => withValue(item, { cidrs: [], ...item.value }));
  const parties = new Set([...names, ...externalNetworks.map(({ name }) => name), INTERNET]);
  const [first] = names;
  return {
    ...draft,
    settings: leastSettings(settings, draft.settings.doubtful),
    zones,
    externalNetworks,
    flows: kept(draft.flows)
      .map(explained)
      .flatMap((flow) => flowBetween(parties, flow)),
    privateEndpoints:
      first === undefined
        ? []
        : kept(draft.privateEndpoints).flatMap((item) => endpointOf(names, first, item)),
    egress: kept(draft.egress)
      .map(explained)
      .flatMap((item) => egressFrom(names, item)),
    publish: draft.publish
      .map(prune)
      .map((item) => withValue(item, { zone: first ?? "", port: 443, consumers: {}, ...item.value })),
    assertions: [],
    waive: kept(draft.waive)
      .map(explained)
      .filter(({ value }) => value.rule !== undefined),
  };
}

const withValue = <T>(item: Item<T>, value: Partial<T>): Item<T> => ({ ...item, value });

const explained = <T extends { why: string }>(item: Item<T>): Item<T> =>
  withValue(item, { why: "-", ...item.value } as Partial<T>);

/** A value less the entries of its mappings that something is wrong with; of a list nothing is left out but the whole. */
function without(value: unknown, path: SpecPath, wrong: readonly SpecPath[]): unknown {
  const below = wrong.filter((each) => each !== path && liesBelow(each, path));
  if (below.length === 0) return value;
  if (!isMapping(value)) return undefined;
  const entries = Object.entries(value).flatMap(([key, entry]) => {
    const at = joinPath(path, key);
    const left = below.includes(at) ? undefined : without(entry, at, below);
    return left === undefined ? [] : [[key, left] as const];
  });
  return Object.fromEntries(entries);
}

/** Isolated and as small as a zone can be, where the spec does not say otherwise; without a range it has a size and no place. */
function leastZone(zone: Item<ZoneSpec>, range: Cidr | undefined): Item<ZoneSpec> {
  const { cidr: place, ...value } = zone.value;
  const sized = value.hosts !== undefined || value.prefix !== undefined;
  if (range !== undefined && place !== undefined && !sized)
    return withValue(zone, { exposure: "isolated", ...zone.value });
  return withValue(zone, {
    exposure: "isolated",
    ...(sized ? {} : { prefix: place === undefined ? 28 : place.prefix + 2 }),
    ...value,
  });
}

/** Any range is as good as another that is not known; this is the largest. */
const SOME_RANGE = cidr("10.0.0.0/12");

function leastSettings(settings: Item<Settings>, doubtful: (field: string) => boolean): Item<Settings> {
  // That there is a mesh can be said of one that cannot be read.
  const mesh: Partial<Settings> = doubtful("mesh") ? { mesh: { kind: "istio", workloads: {} } } : {};
  return withValue(settings, { name: "enclave", region: {}, cidr: SOME_RANGE, ...mesh, ...settings.value });
}

function flowBetween(parties: ReadonlySet<string>, flow: Item<FlowSpec>): Item<FlowSpec>[] {
  const { from, to, ports } = flow.value;
  const ends = { from: among(parties, from), to: among(parties, to) };
  return ports === undefined || ends.from.length === 0 || ends.to.length === 0
    ? []
    : [withValue(flow, { ...flow.value, ...ends })];
}

function endpointOf(
  names: ReadonlySet<string>,
  first: string,
  item: Item<EndpointSpec>,
): Item<EndpointSpec>[] {
  if (item.value.service === undefined) return [];
  const consumers = among(names, item.value.from);
  return [withValue(item, { ...item.value, from: consumers.length === 0 ? [first] : consumers })];
}

function egressFrom(names: ReadonlySet<string>, item: Item<EgressSpec>): Item<EgressSpec>[] {
  const { from, to, ports } = item.value;
  const zones = among(names, from);
  return to === undefined || ports === undefined || zones.length === 0
    ? []
    : [withValue(item, { ...item.value, from: zones })];
}

const among = (names: ReadonlySet<string>, given: string | readonly string[] | undefined): string[] =>
  listOf(given ?? []).filter((name) => names.has(name));
