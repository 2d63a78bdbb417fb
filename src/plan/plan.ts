/** Model and addresses become the plan. Only this pass decides meaning; it knows no cloud. */
import { slotOf } from "../addresses/address";
import { type Addresses, assigned } from "../addresses/addresses";
import { type Because, departuresOf } from "../model/connections";
import type { Enclave, Zone } from "../model/enclave";
import { freezeDeep } from "../model/freeze";
import { departureId, idOf } from "../model/ids";
import type { NameRule, NetworkPlan, PlannedDeparture, PlannedZone } from "./network-plan";
import { waysOf } from "./ways";

/** Both arguments come from one spec: every zone has a block, every connection an ordinal, or this throws. */
export function planNetwork(enclave: Enclave, addresses: Addresses): NetworkPlan {
  const { ordinals, sites } = addresses;
  const { cloud, regionIsShared, flows, egress, assertions, dnsAllow, mesh, ...kept } = enclave;
  const { privateEndpoints, externalNetworks, ...settings } = kept;
  const departures = planDepartures(enclave, addresses);
  return freezeDeep({
    ...settings,
    range: { newbits: 0, index: 0 },
    zones: enclave.zones.map((zone) => planZone(zone, enclave.availabilityZones, addresses)),
    sites,
    externals: externalNetworks.map((network) => ({
      ...network,
      id: idOf(network.name),
      ordinal: assigned(ordinals.parties, network.name),
    })),
    ways: waysOf(enclave, addresses, departures),
    endpoints: privateEndpoints.map((endpoint) => ({
      ...endpoint,
      id: idOf(endpoint.name),
      from: [...new Set(endpoint.from)],
      ordinal: assigned(ordinals.endpoints, endpoint.name),
      regionalOrdinal: ordinals.regionalEndpoints[endpoint.service],
    })),
    departures,
    resolvable: planResolvable(enclave),
    published: enclave.published.map((service) => ({ ...service, id: idOf(service.name) })),
  });
}

function planZone(zone: Zone, slots: number, addresses: Addresses): PlannedZone {
  const block = assigned(addresses.zones, zone.name);
  return {
    ...zone,
    id: idOf(zone.name),
    block,
    subnets: Array.from({ length: slots }, (_, slot) => slotOf(block, slot)),
    interfaces: zone.interfaces.map((item) => ({ ...item, id: idOf(item.name) })),
    ordinal: assigned(addresses.ordinals.parties, zone.name),
  };
}

const planDepartures = (enclave: Enclave, { ordinals }: Addresses): PlannedDeparture[] =>
  departuresOf(enclave).map((departure) => ({
    ...departure,
    id: departureId(departure),
    protocol: departure.port === 80 ? "http" : "tls",
    ordinal: assigned(ordinals.departures, departure.key),
  }));

/** One rule per pattern and purpose; a name needed by two zones is one name to a resolver. */
function planResolvable(enclave: Enclave): NameRule[] {
  const rules = new Map<string, NameRule>();
  const add = (purpose: NameRule["purpose"], pattern: string, because: readonly Because[]) => {
    const key = `${purpose} ${pattern}`;
    const earlier = rules.get(key)?.because ?? [];
    rules.set(key, { pattern, purpose, because: [...earlier, ...because] });
  };
  for (const { name, because } of departuresOf(enclave)) add("departure", name, because);
  for (const { dnsNames, path } of enclave.privateEndpoints)
    for (const name of dnsNames) add("endpoint", name, [{ path }]);
  for (const [index, pattern] of enclave.dnsAllow.entries())
    add("explicit", pattern, [{ path: `dns.allow[${index}]` }]);
  return [...rules.values()];
}
