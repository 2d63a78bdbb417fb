/**
 * Model and addresses become the plan: who may talk to whom, which names leave from where and which must resolve, what lies
 * where. The only pass that decides meaning; it knows no cloud.
 */
import { slotOf } from "../addresses/address";
import type { Addresses } from "../addresses/addresses";
import { type Connection, connectionsOf, departuresOf, endpointUsesOf } from "../model/connections";
import { type Enclave, INTERNET, type Service, type Zone } from "../model/enclave";
import { freezeDeep } from "../model/freeze";
import { departureId, flowId, idOf } from "../model/ids";
import type {
  Endpoint,
  External,
  NameRule,
  NetworkPlan,
  Party,
  PlannedDeparture,
  PlannedZone,
  Published,
} from "./network-plan";
import { type FlowWay, waysOf } from "./ways";

/** Both arguments come from the same spec: every zone has a block and every connection an ordinal, or this throws. */
export function planNetwork(enclave: Enclave, addresses: Addresses): NetworkPlan {
  const zones = enclave.zones.map((zone) => planZone(zone, enclave.availabilityZones, addresses));
  const endpoints = planEndpoints(enclave, addresses);
  const departures = planDepartures(enclave, addresses);
  return freezeDeep({
    name: enclave.name,
    regions: enclave.regions,
    slots: enclave.availabilityZones,
    slotNames: enclave.zoneNames,
    tags: enclave.tags,
    range: { newbits: 0, index: 0 },
    zones,
    sites: addresses.sites,
    externals: planExternals(enclave, addresses),
    ways: waysOf(planFlows(enclave, addresses), { zones, endpoints, departures }),
    endpoints,
    departures,
    resolvable: planResolvable(enclave),
    published: planPublished(enclave),
    inspection: enclave.inspection,
    quarantine: enclave.quarantine,
    retentionDays: enclave.retentionDays,
    ...(enclave.backend === undefined ? {} : { backend: enclave.backend }),
    providerMajors: { azure: enclave.azurermMajor },
    settings: enclave.settings,
    waivers: enclave.waivers,
  });
}

function planZone(zone: Zone, slots: number, addresses: Addresses): PlannedZone {
  const block = known(addresses.zones, zone.name);
  return {
    name: zone.name,
    id: idOf(zone.name),
    exposure: zone.exposure,
    ...(zone.role === undefined ? {} : { role: zone.role }),
    block,
    subnets: Array.from({ length: slots }, (_, slot) => slotOf(block, slot)),
    interfaces: zone.interfaces.map((item) => ({
      name: item.name,
      id: idOf(item.name),
      host: item.host,
      because: [{ path: item.path }],
    })),
    ordinal: known(addresses.ordinals.parties, zone.name),
    because: [{ path: zone.path }],
  };
}

function planExternals(enclave: Enclave, addresses: Addresses): External[] {
  return enclave.externalNetworks.map((network) => ({
    name: network.name,
    id: idOf(network.name),
    cidrs: network.cidrs,
    links: network.links,
    ordinal: known(addresses.ordinals.parties, network.name),
    because: [{ path: network.path }],
  }));
}

function planFlows(enclave: Enclave, addresses: Addresses): FlowWay[] {
  const externals = new Set(enclave.externalNetworks.map((network) => network.name));
  const partyOf = (name: string, { sources }: Connection): Party => {
    if (name === INTERNET) return { kind: "internet", sources };
    return externals.has(name) ? { kind: "external", external: name } : { kind: "zone", zone: name };
  };
  return connectionsOf(enclave).map((connection) => {
    const ends = [partyOf(connection.from, connection), partyOf(connection.to, connection)] as const;
    return {
      id: flowId(connection),
      ordinal: known(addresses.ordinals.connections, connection.key),
      from: ends[0],
      to: ends[1],
      traffic: [connection.traffic],
      zones: ends.flatMap((end) => (end.kind === "zone" ? end.zone : [])),
      because: connection.because,
    };
  });
}

function planEndpoints(enclave: Enclave, addresses: Addresses): Endpoint[] {
  const uses = endpointUsesOf(enclave);
  return enclave.privateEndpoints.map((endpoint) => ({
    name: endpoint.name,
    id: idOf(endpoint.name),
    service: endpoint.service,
    consumers: uses
      .filter((use) => use.endpoint === endpoint.name)
      .map((use) => ({ zone: use.zone, ordinal: known(addresses.ordinals.endpointUses, use.key) })),
    ...(endpoint.access === undefined ? {} : { access: endpoint.access }),
    ports: endpoint.traffic,
    resources: endpoint.resources,
    target: endpoint.target,
    ...(endpoint.dnsName === undefined ? {} : { dnsName: endpoint.dnsName }),
    ordinal: known(addresses.ordinals.endpoints, endpoint.name),
    ...regionalOrdinal(addresses, endpoint.service),
    because: [{ path: endpoint.path }],
  }));
}

function regionalOrdinal({ ordinals }: Addresses, service: Service): Pick<Endpoint, "regionalOrdinal"> {
  const number = ordinals.regionalEndpoints[service];
  return number === undefined ? {} : { regionalOrdinal: number };
}

function planDepartures(enclave: Enclave, addresses: Addresses): PlannedDeparture[] {
  return departuresOf(enclave).map((departure) => ({
    id: departureId(departure),
    zone: departure.zone,
    name: departure.name,
    protocol: departure.port === 80 ? "http" : "tls",
    port: departure.port,
    ordinal: known(addresses.ordinals.departures, departure.key),
    exitOrdinal: known(addresses.ordinals.exits, `${departure.zone} ${departure.port}`),
    because: departure.because,
  }));
}

/** One rule per pattern and purpose; a name needed by two zones is one name to a resolver. */
function planResolvable(enclave: Enclave): NameRule[] {
  const rules: NameRule[] = [
    ...departuresOf(enclave).map(
      (departure): NameRule => ({
        pattern: departure.name,
        purpose: "departure",
        because: departure.because,
      }),
    ),
    ...enclave.privateEndpoints.flatMap((endpoint): NameRule[] =>
      endpoint.dnsName === undefined
        ? []
        : [{ pattern: endpoint.dnsName, purpose: "endpoint", because: [{ path: endpoint.path }] }],
    ),
    ...enclave.dnsAllow.map(
      (pattern, index): NameRule => ({
        pattern,
        purpose: "explicit",
        because: [{ path: `dns.allow[${index}]` }],
      }),
    ),
  ];
  const merged = new Map<string, NameRule>();
  for (const rule of rules) {
    const key = `${rule.purpose} ${rule.pattern}`;
    const seen = merged.get(key);
    merged.set(key, seen === undefined ? rule : { ...seen, because: [...seen.because, ...rule.because] });
  }
  return [...merged.values()];
}

function planPublished(enclave: Enclave): Published[] {
  return enclave.published.map((service) => ({
    name: service.name,
    id: idOf(service.name),
    zone: service.zone,
    port: service.port,
    consumers: service.consumers,
    because: [{ path: service.path }],
  }));
}

function known<T>(table: Readonly<Record<string, T>>, key: string): T {
  const value = Object.hasOwn(table, key) ? table[key] : undefined;
  if (value === undefined) throw new Error(`internal: the address pass knows nothing of "${key}"`);
  return value;
}
