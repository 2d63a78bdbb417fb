/** Addresses: those that the lock gives, and where they are placed. */
import { slotOf, toCidr } from "../../addresses/address";
import { idOf } from "../../model/ids";
import { contains, formatCidr, formatIp } from "../../net/cidr";
import { block } from "../replay/blocks";
import { type Fault, unless } from "../replay/fault";
import { type Asked, type EnclavePromise, promise } from "./promise";

export const PLACES: readonly EnclavePromise[] = [
  promise("a zone has the addresses that the lock gives it, slot by slot", (asked) =>
    asked.enclave.zones.flatMap(({ name }) =>
      same(asked.read.addressesOf(idOf(name)), slotsOf(asked, name).map(formatCidr), subnetOf(asked, name)),
    ),
  ),
  promise("interfaces have the fixed addresses that the spec gives them", (asked) =>
    asked.enclave.zones.flatMap(({ name, interfaces }) =>
      same(
        [...asked.read.interfacesOf(idOf(name))].sort(),
        interfaces
          .flatMap(({ host }) => slotsOf(asked, name).map(({ base }) => formatIp(base + host)))
          .sort(),
        subnetOf(asked, name),
      ),
    ),
  ),
  promise("the network lies in the range that the spec gives", ({ read, enclave }) =>
    read
      .networkRanges()
      .flatMap(({ resource, range }) =>
        unless(contains(enclave.range, block(range)), resource, `${range} is not the enclave's`),
      ),
  ),
  promise("everything lies in the enclave's range, each thing apart from all others", ({ read, enclave }) => {
    const ranges = read.networkRanges().map(({ range }) => block(range));
    const networks = ranges.length === 0 ? [enclave.range] : ranges;
    const all = [...read.allAddresses()].map(([resource, range]) => ({ resource, range: block(range) }));
    const sorted = all.sort((a, b) => a.range.base - b.range.base || a.range.prefix - b.range.prefix);
    return sorted.flatMap(({ resource, range }, index) => {
      const before = sorted[index - 1];
      return [
        ...unless(
          networks.some((each) => contains(each, range)),
          resource,
          `${formatCidr(range)} lies outside`,
        ),
        ...unless(
          before === undefined || before.range.last < range.base,
          resource,
          `${formatCidr(range)} is ${before?.resource}'s, too`,
        ),
      ];
    });
  }),
  promise("infrastructure lies where the lock places it, and in no zone", ({ read, addresses, enclave }) => {
    const sites = Object.values(addresses.sites).map((site) => toCidr(addresses.range, site));
    const ofZones = new Set(enclave.zones.flatMap(({ name }) => read.addressesOf(idOf(name))));
    return [...read.allAddresses()].flatMap(([resource, range]) =>
      unless(
        ofZones.has(range) || sites.some((site) => contains(site, block(range))),
        resource,
        `${range} is no place for infrastructure`,
      ),
    );
  }),
  promise("the region and the settings are those that the spec gives for the cloud", (asked) => {
    const { read, cloud, enclave } = asked;
    const { settings, logging, flowSampling, logsAreLocked, privateEndpoints: endpoints } = enclave;
    const [region, stateIn] = [enclave.regions[cloud] ?? "", enclave.backend?.type];
    const zoneNames = enclave.zoneNames[cloud];
    const platforms = new Map(
      enclave.zones.flatMap(({ name, platform: { [cloud]: own } }) =>
        own === undefined ? [] : [[idOf(name), own] as const],
      ),
    );
    return read.notAsGiven({
      region,
      zoneNames,
      platforms,
      settings,
      logging,
      endpoints,
      flowSampling,
      logsAreLocked,
      stateIn,
    });
  }),
  promise("each slot of a zone stands in an availability zone of its own", (asked) =>
    asked.enclave.zones.flatMap(({ name }) =>
      same(
        asked.read.placementOf(idOf(name)),
        slotsOf(asked, name).map((_, slot) => `\${var.availability_zones[${slot}]}`),
        subnetOf(asked, name),
      ),
    ),
  ),
  promise("an interface is held by its zone's filter and forwards for nobody", ({ read }) =>
    read.looseInterfaces(),
  ),
];

function slotsOf({ enclave, addresses, read, cloud }: Asked, zone: string) {
  const placed = addresses.zones[zone];
  if (placed === undefined) throw new Error(`internal: zone "${zone}" has no addresses`);
  const { [cloud]: platform } = enclave.zones.find(({ name }) => name === zone)?.platform ?? {};
  if (platform !== undefined && read.platform(platform)?.isOneSubnet)
    return [toCidr(addresses.range, placed)];
  return Array.from({ length: enclave.availabilityZones }, (_, slot) =>
    toCidr(addresses.range, slotOf(placed, slot)),
  );
}

/** The first subnet of the zone, for what is wrong with all of them. */
const subnetOf = ({ read }: Asked, zone: string): string =>
  read.hosts().find(({ kind, name }) => kind === "zone" && name === idOf(zone))?.resource ?? `zone ${zone}`;

/** As JSON, so that both a missing and an additional item show. */
export const same = (found: unknown, wanted: unknown, resource: string): Fault[] =>
  unless(
    JSON.stringify(found) === JSON.stringify(wanted),
    resource,
    `${JSON.stringify(found)} where ${JSON.stringify(wanted)} is wanted`,
  );
