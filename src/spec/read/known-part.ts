/**
 * A draft without its unknown values. Later passes look for further errors there, so that one mistake hides
 * no other; nothing is ever rendered from it. A missing part can hide an error and never causes one; a
 * required part gets the least possible value.
 */
import { INTERNET } from "../../model/enclave";
import { hostsPerSlot } from "../../model/slots";
import { parseName } from "../schema/parse";
import {
  type EgressSpec,
  type EndpointSpec,
  type ExternalSpec,
  type FlowSpec,
  type Settings,
  settingsShape,
  type ZoneSpec,
} from "../schema/schema";
import { type Fields, hasUnknown, isMapping, knownValues, type Maybe, UNKNOWN } from "../unknown";
import { type Draft, type Item, valueAt, type WholeDraft, type WholeItem, wholeItems } from "./draft";

type Names = ReadonlySet<string>;

/** Any range serves in place of an unknown one; this is the largest. */
const LEAST = settingsShape.parse({ name: "enclave", region: {}, cidr: "10.0.0.0/12" });

export function knownPart(draft: Draft): WholeDraft {
  const hasRange = draft.spec.cidr !== UNKNOWN;
  const isNamed = ({ name }: { readonly name: string }): boolean => parseName(name).ok;
  const zones = draft.zones.filter(isNamed).map((zone) => knownZone(zone, hasRange));
  const names: Names = new Set(zones.map(({ name }) => name));
  const externals = draft.externalNetworks.filter(
    (item) => isNamed(item) && !names.has(item.name) && valueAt(draft, item.path) !== UNKNOWN,
  );
  const parties: Names = new Set([...names, ...externals.map(({ name }) => name), INTERNET]);
  return {
    spec: knownSettings(draft.spec),
    zones,
    externalNetworks: externals.map((item) => {
      return { ...item, value: { cidrs: [], ...knownFields<ExternalSpec>(item.value) } };
    }),
    flows: draft.flows.flatMap((flow) => knownFlow(flow, parties)),
    privateEndpoints: draft.privateEndpoints.flatMap((endpoint) => knownEndpoint(endpoint, names)),
    egress: draft.egress.flatMap((egress) => knownEgress(egress, names)),
    publish: wholeItems(draft.publish).filter(({ value }) => names.has(value.zone)),
    assertions: [],
    waive: wholeItems(draft.waive),
  };
}

/** Without backend and mesh, because only the spec's own checks read them. */
function knownSettings({ backend: _backend, mesh: _mesh, ...settings }: Fields<Settings>): Settings {
  return { ...LEAST, ...knownFields<Settings>(settings) };
}

function knownZone(zone: Item<ZoneSpec>, hasRange: boolean): WholeItem<ZoneSpec> {
  const { interfaces, ...fields } = zone.value;
  const whole = hasUnknown(interfaces) ? {} : { interfaces: interfaces as ZoneSpec["interfaces"] };
  const value: ZoneSpec = { exposure: "isolated", ...knownFields<ZoneSpec>(fields), ...whole };
  const { hosts: _hosts, prefix: _prefix, cidr, ...unsized } = value;
  if (hasUnknown([fields.hosts, fields.prefix, fields.cidr]))
    return { ...zone, value: { ...unsized, hosts: 1 } };
  // Without a range, a zone has a size and no place.
  if (cidr === undefined || hasRange) return { ...zone, value };
  return { ...zone, value: { ...unsized, hosts: hostsPerSlot(cidr) } };
}

function knownFlow(flow: Item<FlowSpec>, parties: Names): WholeItem<FlowSpec>[] {
  const { ports = [], why = "-", sources } = knownFields<FlowSpec>(flow.value);
  const [from, to] = [among(parties, flow.value.from), among(parties, flow.value.to)];
  // Without the field that narrows it, the flow would open more.
  const isOpen = hasUnknown(flow.value.sources) || [from, to, ports].some((list) => list.length === 0);
  return isOpen ? [] : [{ ...flow, value: { from, to, ports, why, sources } }];
}

function knownEndpoint(endpoint: Item<EndpointSpec>, zones: Names): WholeItem<EndpointSpec>[] {
  const { service, ...value } = knownFields<EndpointSpec>(endpoint.value);
  if (service === undefined) return [];
  const from = among(zones, endpoint.value.from);
  // Some zone uses the endpoint, and any zone serves here.
  const users = from.length === 0 ? [...zones].slice(0, 1) : from;
  return [{ ...endpoint, value: { ...value, service, from: users } }];
}

function knownEgress(egress: Item<EgressSpec>, zones: Names): WholeItem<EgressSpec>[] {
  const { to = [], ports = [], why = "-" } = knownFields<EgressSpec>(egress.value);
  const from = among(zones, egress.value.from);
  return [from, to, ports].some((list) => list.length === 0)
    ? []
    : [{ ...egress, value: { from, to, ports, why } }];
}

const among = (names: Names, given: Maybe<string | readonly Maybe<string>[]>): string[] =>
  knownValues(given).filter((name) => names.has(name));

/** The fields with a known part: of a list or a mapping, the entries without unknown values. */
function knownFields<T>(fields: Partial<Fields<T>>): Partial<T> {
  const known = Object.entries(fields).flatMap(([key, value]) => {
    const part = hasUnknown(value) ? wholeEntries(value) : value;
    return part === undefined ? [] : [[key, part]];
  });
  return Object.fromEntries(known) as Partial<T>;
}

function wholeEntries(value: unknown): object | undefined {
  if (Array.isArray(value)) {
    const entries = value.filter((entry) => !hasUnknown(entry));
    return entries.length === 0 ? undefined : entries;
  }
  const entries = isMapping(value) ? Object.entries(value).filter(([, entry]) => !hasUnknown(entry)) : [];
  return entries.length === 0 ? undefined : Object.fromEntries(entries);
}
