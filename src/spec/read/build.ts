/** Builds the frozen model from a draft without unknown values: single values become lists. */

import { byCloud, type CloudLogging } from "../../clouds/clouds";
import { SERVICES } from "../../clouds/services";
import { joinPath } from "../../diagnostics/path";
import { formatTraffic } from "../../model/connections";
import type {
  Assertion,
  CloudSettings,
  Egress,
  Enclave,
  ExternalNetwork,
  Flow,
  PrivateEndpoint,
  PublishedService,
  Traffic,
  Waiver,
  Zone,
  ZoneSize,
} from "../../model/enclave";
import { freezeDeep } from "../../model/freeze";
import type {
  AssertionSpec,
  EgressSpec,
  EndpointSpec,
  ExternalSpec,
  FlowSpec,
  PublishSpec,
  Settings,
  WaiverSpec,
  ZoneSpec,
} from "../schema/schema";
import type { WholeDraft, WholeItem } from "./draft";

const listOf = (value: string | readonly string[]): readonly string[] =>
  typeof value === "string" ? [value] : value;

export function buildEnclave({ spec, ...items }: WholeDraft): Enclave {
  const { cloud, backend, mesh } = spec;
  return freezeDeep({
    name: spec.name,
    ...(cloud === undefined ? {} : { cloud }),
    ...regionsOf(spec.region),
    range: spec.cidr,
    availabilityZones: spec.availabilityZones as 1 | 2 | 3,
    zoneNames: given(spec.zoneNames ?? {}),
    tags: spec.tags ?? {},
    zones: items.zones.map(zoneOf),
    externalNetworks: items.externalNetworks.map(externalOf),
    flows: items.flows.map(flowOf),
    privateEndpoints: items.privateEndpoints.map(endpointOf),
    egress: items.egress.map(egressOf),
    inspection: spec.inspection,
    published: items.publish.map(publishedOf),
    assertions: items.assertions.flatMap(assertionOf),
    waivers: items.waive.map(waiverOf),
    quarantine: spec.quarantine,
    retentionDays: spec.logging.retentionDays,
    flowSampling: spec.logging.flowSampling ?? 1,
    logsAreLocked: spec.logging.lock,
    dnsAllow: spec.dns.allow,
    ...(mesh === undefined ? {} : { mesh: { ...mesh, path: "mesh" } }),
    ...(backend === undefined ? {} : { backend: { ...backend, path: "backend" } }),
    azurermMajor: spec.terraform.azurerm,
    logging: byCloud((cloud, { logging }) => given(spec.logging[cloud] ?? logging.parse({}))) as CloudLogging,
    settings: byCloud((cloud) => given(spec[cloud] ?? {})) as CloudSettings,
  });
}

function regionsOf(region: Settings["region"]): Pick<Enclave, "regions" | "regionIsShared"> {
  if (typeof region !== "string") return { regions: given(region), regionIsShared: false };
  return { regions: byCloud(() => region), regionIsShared: true };
}

function zoneOf({ name, path, value }: WholeItem<ZoneSpec>): Zone {
  return {
    name,
    exposure: value.exposure,
    ...given({ role: value.role, healthChecks: value.healthChecks }),
    platform: given(value.platform ?? {}),
    size: sizeOf(value, path),
    interfaces: (value.interfaces ?? []).map((each, index) => ({
      ...each,
      path: joinPath(path, "interfaces", index),
    })),
    ...given({ was: value.was }),
    path,
  };
}

function sizeOf({ hosts, prefix, cidr }: ZoneSpec, path: string): ZoneSize {
  if (hosts !== undefined) return { kind: "hosts", hosts };
  if (prefix !== undefined) return { kind: "prefix", prefix };
  if (cidr !== undefined) return { kind: "cidr", cidr };
  throw new Error(`internal: ${path} has no size in a spec without errors`);
}

function externalOf({ name, path, value }: WholeItem<ExternalSpec>): ExternalNetwork {
  const links = given(byCloud((cloud) => value[cloud]));
  return { name, cidrs: value.cidrs, links, path };
}

export function flowOf({ path, value }: WholeItem<FlowSpec>): Flow {
  return {
    from: listOf(value.from),
    to: listOf(value.to),
    traffic: value.ports,
    sources: value.sources ?? [],
    why: value.why,
    path,
  };
}

const distinct = (ports: readonly Traffic[]): Traffic[] => [
  ...new Map(ports.map((traffic) => [formatTraffic(traffic), traffic])).values(),
];

export function endpointOf({ name, path, value }: WholeItem<EndpointSpec>): PrivateEndpoint {
  const service = value.service;
  const { rights, usual } = SERVICES[service];
  return {
    name,
    service,
    from: listOf(value.from),
    ...(rights === null ? {} : { access: value.access ?? usual }),
    ...(value.holds === undefined ? {} : { holds: value.holds }),
    traffic: distinct(value.ports ?? []),
    resources: given(value.resources ?? {}),
    actions: given(value.actions ?? {}),
    slots: [...new Set(value.availabilityZones ?? [])].sort(),
    anonymous: value.anonymous ?? false,
    dnsNames: value.dnsNames ?? [],
    target: given(value.target ?? {}),
    ...given({ was: value.was }),
    path,
  };
}

export function egressOf({ path, value }: WholeItem<EgressSpec>): Egress {
  const ports = value.ports.flatMap((traffic) => (traffic.protocol === "tcp" ? [traffic.from] : []));
  return { from: listOf(value.from), to: value.to, ports, why: value.why, path };
}

function publishedOf({ name, path, value }: WholeItem<PublishSpec>): PublishedService {
  const { zone, port, consumers, was } = value;
  return { name, zone, port, consumers: given(consumers), ...given({ was }), path };
}

export function assertionOf({
  path,
  value: { never, through, only },
}: WholeItem<AssertionSpec>): Assertion[] {
  if (only !== undefined) return [{ kind: "only", from: [only.from].flat(), to: only.to, path }];
  if (through !== undefined) return [{ kind: "through", ...through, path }];
  if (never === undefined) return [];
  const { from, to, hops } = never;
  return [{ kind: "never", from, to, ...(hops === undefined ? {} : { hops }), path }];
}

export function waiverOf({ path, value: { rule, zone, endpoint, why } }: WholeItem<WaiverSpec>): Waiver {
  return { rule, ...given({ zone, endpoint }), why, path };
}

type Given<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

/** Without the keys whose value is undefined. */
function given<T extends object>(value: T): Given<T> {
  return Object.fromEntries(Object.entries(value).filter(([, each]) => each !== undefined)) as Given<T>;
}
