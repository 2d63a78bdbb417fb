/** Names on Google: the private zone with the longest name decides, by its records or by asking as the network does that it peers with. */
import type { PrivateEndpoint } from "../../model/enclave";
import { formatIp } from "../../net/cidr";
import { faults, unless } from "../replay/fault";
import { matchesName } from "../replay/names";
import type { Host, Names } from "../replay/reader";
import {
  endpointOutput,
  mentions,
  references,
  resourcesOf,
  type TerraformDocument,
  text,
  texts,
} from "../terraform/document";

const ZONE = "google_dns_managed_zone";

export function namesIn(
  document: TerraformDocument,
  endpointsFor: (endpoint: PrivateEndpoint) => readonly Host[],
): Names {
  const records = [...resourcesOf(document, "google_dns_record_set").values()].map((record) => ({
    zones: references(record["managed_zone"], ZONE),
    name: text(record, "name").replace(/\.$/, ""),
    addresses: texts(record, "rrdatas"),
  }));
  const zones = zonesIn(document);
  const isPrivate = (zone: string): boolean => zones.some(({ id }) => id === zone);
  const namesOf = ({ name }: PrivateEndpoint): string[] => texts(endpointOutput(document, name), "dns_names");
  return {
    resolves: (name) => {
      const zone = zones.find(
        ({ domain }) => domain === "" || name === domain || name.endsWith(`.${domain}`),
      );
      const by = zone === undefined ? ZONE : `${ZONE}.${zone.id}`;
      if (zone === undefined || zone.open) return { passes: true, by };
      return {
        passes: records.some((record) => record.zones.includes(zone.id) && matchesName(record.name, name)),
        by,
      };
    },
    namePatterns: () => [
      ...records.map(({ name }) => name),
      ...zones.flatMap(({ domain, open }) => (open && domain !== "" ? [domain] : [])),
    ],
    otherResolvers: () =>
      [...resourcesOf(document, "google_dns_policy")].flatMap(([name, policy]) =>
        unless(
          policy["alternative_name_server_config"] === undefined &&
            policy["enable_inbound_forwarding"] === false,
          `google_dns_policy.${name}`,
          "another resolver could answer, or be asked from outside",
        ),
      ),
    leadsOutside: (endpoint) => {
      const own = endpointsFor(endpoint).map(({ address }) => formatIp(address));
      const lost = namesOf(endpoint).filter(
        (name) =>
          !records.some(
            (record) =>
              record.name === name &&
              record.addresses.every((each) => own.includes(each)) &&
              record.zones.some(isPrivate),
          ),
      );
      return lost.flatMap((name) => faults(["google_dns_record_set"], `"${name}" leads elsewhere`));
    },
    namesOf,
  };
}

/** Private zones of the enclave's network, the longest name first. */
const zonesIn = (document: TerraformDocument) =>
  [...resourcesOf(document, ZONE)]
    .filter(
      ([, zone]) =>
        zone["visibility"] === "private" &&
        mentions(zone["private_visibility_config"], "google_compute_network.enclave.id"),
    )
    .map(([id, zone]) => ({
      id,
      domain: text(zone, "dns_name").replace(/\.$/, ""),
      open: zone["peering_config"] !== undefined || zone["forwarding_config"] !== undefined,
    }))
    .sort((a, b) => b.domain.length - a.domain.length);
