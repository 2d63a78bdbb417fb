/** From a spec without errors to the model: defaults filled in, single values made lists, everything frozen. */

import { byCloud } from "../../clouds/clouds";
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
  Mesh,
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
import type { Draft } from "./draft";
import type { Item } from "./item";

/** A required field of a spec that has no errors. */
function need<T>(value: T | undefined, path: string): T {
  if (value === undefined) throw new Error(`internal: ${path} is missing in a spec without errors`);
  return value;
}

export const listOf = (value: string | readonly string[]): readonly string[] =>
  typeof value === "string" ? [value] : value;

/** The enclave that a draft without errors describes. */
export function buildEnclave(draft: Draft): Enclave {
  const { settings } = draft;
  const { value } = settings;
  const { cloud, backend } = value;
  const mesh = meshOf(settings);
  return freezeDeep({
    name: need(value.name, "name"),
    ...(cloud === undefined ? {} : { cloud }),
    ...regionsOf(need(value.region, "region")),
    range: need(value.cidr, "cidr"),
    availabilityZones: (value.availabilityZones ?? 2) as 1 | 2 | 3,
    zoneNames: given(value.zoneNames ?? {}),
    tags: value.tags ?? {},
    zones: draft.zones.map(zoneOf),
    externalNetworks: draft.externalNetworks.map(externalOf),
    flows: draft.flows.map(flowOf),
    privateEndpoints: draft.privateEndpoints.map(endpointOf),
    egress: draft.egress.map(egressOf),
    inspection: value.inspection ?? "connection",
    published: draft.publish.map(publishedOf),
    assertions: draft.assertions.flatMap(assertionOf),
    waivers: draft.waive.map(waiverOf),
    quarantine: value.quarantine ?? [],
    retentionDays: value.logging?.retentionDays ?? 365,
    dnsAllow: value.dns?.allow ?? [],
    ...(mesh === undefined ? {} : { mesh }),
    ...(backend === undefined ? {} : { backend: { ...backend, path: "backend" } }),
    azurermMajor: value.terraform?.azurerm ?? 4,
    settings: byCloud((cloud) => given(value[cloud] ?? {})) as CloudSettings,
  });
}

function regionsOf(region: NonNullable<Settings["region"]>): Pick<Enclave, "regions" | "regionIsShared"> {
  if (typeof region !== "string") return { regions: given(region), regionIsShared: false };
  return { regions: byCloud(() => region), regionIsShared: true };
}

function zoneOf({ name, path, value }: Item<ZoneSpec>): Zone {
  return {
    name,
    exposure: need(value.exposure, path),
    ...(value.role === undefined ? {} : { role: value.role }),
    size: need(sizeOf(value), path),
    interfaces: (value.interfaces ?? []).map((each, index) => ({
      ...each,
      path: joinPath(path, "interfaces", index),
    })),
    ...(value.was === undefined ? {} : { was: value.was }),
    path,
  };
}

function sizeOf({ hosts, prefix, cidr }: Partial<ZoneSpec>): ZoneSize | undefined {
  if (hosts !== undefined) return { kind: "hosts", hosts };
  if (prefix !== undefined) return { kind: "prefix", prefix };
  return cidr === undefined ? undefined : { kind: "cidr", cidr };
}

function externalOf({ name, path, value }: Item<ExternalSpec>): ExternalNetwork {
  const links = given(byCloud((cloud) => value[cloud]));
  return { name, cidrs: need(value.cidrs, path), links, path };
}

export function flowOf({ path, value }: Item<FlowSpec>): Flow {
  return {
    from: listOf(need(value.from, path)),
    to: listOf(need(value.to, path)),
    traffic: need(value.ports, path),
    sources: value.sources ?? [],
    why: need(value.why, path),
    path,
  };
}

const distinct = (ports: readonly Traffic[]): Traffic[] => [
  ...new Map(ports.map((traffic) => [formatTraffic(traffic), traffic])).values(),
];

export function endpointOf({ name, path, value }: Item<EndpointSpec>): PrivateEndpoint {
  const service = need(value.service, path);
  const { rights } = SERVICES[service];
  return {
    name,
    service,
    from: listOf(need(value.from, path)),
    ...(rights === null ? {} : { access: value.access ?? rights.usual }),
    ...(value.holds === undefined ? {} : { holds: value.holds }),
    traffic: distinct(value.ports ?? []),
    resources: given(value.resources ?? {}),
    ...(value.dnsName === undefined ? {} : { dnsName: value.dnsName }),
    target: given(value.target ?? {}),
    path,
  };
}

export function egressOf({ path, value }: Item<EgressSpec>): Egress {
  const ports = need(value.ports, path).flatMap((traffic) =>
    traffic.protocol === "tcp" ? [traffic.from] : [],
  );
  return {
    from: listOf(need(value.from, path)),
    to: need(value.to, path),
    ports,
    why: need(value.why, path),
    path,
  };
}

function publishedOf({ name, path, value }: Item<PublishSpec>): PublishedService {
  return {
    name,
    zone: need(value.zone, path),
    port: need(value.port, path),
    consumers: given(need(value.consumers, path)),
    path,
  };
}

export function assertionOf({ path, value: { never, through } }: Item<AssertionSpec>): Assertion[] {
  if (through !== undefined) return [{ kind: "through", ...through, path }];
  if (never === undefined) return [];
  const { from, to, hops } = never;
  return [{ kind: "never", from, to, ...(hops === undefined ? {} : { hops }), path }];
}

export function waiverOf({ path, value: { rule, zone, endpoint, why } }: Item<WaiverSpec>): Waiver {
  return { rule: need(rule, path), ...given({ zone, endpoint }), why: need(why, path), path };
}

function meshOf({ value: { mesh } }: Item<Settings>): Mesh | undefined {
  return mesh === undefined ? undefined : { ...mesh, path: "mesh" };
}

type Given<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

/** Without the keys whose value is undefined. */
function given<T extends object>(value: T): Given<T> {
  return Object.fromEntries(Object.entries(value).filter(([, each]) => each !== undefined)) as Given<T>;
}
