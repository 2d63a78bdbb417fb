/**
 * Names on Google: of the private zones of the network the one with the longest name decides, by its records
 * or by asking as the network does with which it peers.
 * https://docs.cloud.google.com/dns/docs/vpc-name-res-order
 */
import { formatIp } from "../../net/cidr";
import { type Fault, faults } from "../replay/fault";
import { matchesName } from "../replay/names";
import type { Endpoints, Names } from "../replay/reader";
import { nested, type TerraformDocument, text, texts } from "../terraform/document";
import { namesOf } from "./endpoints";
import { all, ENCLAVE, referred, refersTo, TYPE } from "./resources";

interface Zone {
  readonly resource: string;
  readonly domain: string;
  /** It answers whatever is asked below its domain. */
  readonly isOpen: boolean;
  readonly records: readonly Entry[];
}

interface Entry {
  readonly resource: string;
  readonly name: string;
  /** Empty where it leads to another name. */
  readonly addresses: readonly string[];
}

export function namesIn(document: TerraformDocument, { endpointsFor }: Endpoints): Names {
  const zones = zonesIn(document);
  const zoneOf = (name: string): Zone | undefined =>
    zones.find(({ domain }) => domain === "" || name === domain || name.endsWith(`.${domain}`));
  return {
    resolves: (asked) => {
      const name = asked.toLowerCase();
      const zone = zoneOf(name);
      if (zone === undefined || zone.isOpen) return { passes: true, by: zone?.resource ?? TYPE.dnsZone };
      const [answer] = answersOf(zone, name);
      return { passes: answer !== undefined, by: answer?.resource ?? zone.resource };
    },
    namePatterns: () =>
      zones.flatMap(({ domain, isOpen, records }) => [
        ...records.map(({ name }) => name),
        ...(isOpen && domain !== "" ? [domain] : []),
      ]),
    otherResolvers: () => [],
    // Zones of Compute Engine's own are longer than the one for all names.
    hostDomain: () => undefined,
    leadsOutside: (endpoint, allowed) => {
      const own = endpointsFor(endpoint).map(({ address }) => formatIp(address));
      const names = namesOf(document, endpoint, allowed).map((name) => name.toLowerCase());
      return names.flatMap((name) => leadsElsewhere(zoneOf(name), name, own));
    },
    namesOf: (endpoint, allowed) => namesOf(document, endpoint, allowed),
  };
}

const answersOf = ({ records }: Zone, name: string): Entry[] =>
  records.filter((record) => matchesName(record.name, name));

function leadsElsewhere(zone: Zone | undefined, name: string, own: readonly string[]): Fault[] {
  const found = zone === undefined || zone.isOpen ? [] : answersOf(zone, name);
  if (found.length === 0)
    return faults([zone?.resource ?? TYPE.dnsZone], `it does not lead "${name}" inside`);
  const wrong = found.filter(
    ({ addresses }) => addresses.length === 0 || addresses.some((each) => !own.includes(each)),
  );
  return faults(
    wrong.map(({ resource }) => resource),
    `it leads "${name}" elsewhere`,
  );
}

/** Private zones of the enclave's network, the longest name first. */
const zonesIn = (document: TerraformDocument): Zone[] =>
  all(document, TYPE.dnsZone)
    .filter(({ body }) => {
      const network = nested(nested(body, "private_visibility_config"), "networks")?.["network_url"];
      return body["visibility"] === "private" && refersTo(network, ENCLAVE);
    })
    .map(({ address, name, body }) => ({
      resource: address,
      domain: bare(text(body, "dns_name")),
      isOpen: body["peering_config"] !== undefined || body["forwarding_config"] !== undefined,
      records: recordsIn(document, name),
    }))
    .sort((a, b) => b.domain.length - a.domain.length);

const recordsIn = (document: TerraformDocument, zone: string): Entry[] =>
  all(document, TYPE.dnsRecord)
    .filter(({ body }) => referred(body["managed_zone"], TYPE.dnsZone) === zone)
    .map(({ address, body }) => ({
      resource: address,
      name: bare(text(body, "name")),
      addresses: body["type"] === "A" ? texts(body, "rrdatas") : [],
    }));

const bare = (name: string): string => name.replace(/\.$/, "").toLowerCase();
