/** Private DNS zones: the names of private endpoints, answered inside the network only. */
import { PrivateDnsARecord } from "@cdktf/provider-azurerm/lib/private-dns-a-record";
import { PrivateDnsZone } from "@cdktf/provider-azurerm/lib/private-dns-zone";
import { PrivateDnsZoneVirtualNetworkLink } from "@cdktf/provider-azurerm/lib/private-dns-zone-virtual-network-link";
import { type Address, addResource, expr, id, type Rendering } from "../../shared/rendering";
import { VIRTUAL_NETWORK } from "./addresses";
import { zoneById } from "./azurerm-5";
import { dnsZoneId } from "./endpoint-targets";
import { azureName, tagged } from "./naming";

const zoneAddress = (name: string): Address => `${PrivateDnsZone.tfResourceType}.${dnsZoneId(name)}`;

/** Ids of private DNS zones by their names. */
export const zoneIds = (names: readonly string[]): string[] => names.map((name) => id(zoneAddress(name)));

/** Answers for the whole domain: a name that it does not hold does not exist, and is not looked for in public. */
export function renderDnsZone(rendering: Rendering, name: string): Address {
  const zone = addResource(rendering, PrivateDnsZone, dnsZoneId(name), tagged(rendering, name));
  const link = {
    ...tagged(rendering, azureName(rendering.plan)),
    privateDnsZoneName: expr(`${zone}.name`),
    virtualNetworkId: id(VIRTUAL_NETWORK),
    registrationEnabled: false,
    // Azure has the choice for its own private names only; all others never fall back.
    ...(name.startsWith("privatelink.") ? { resolutionPolicy: "Default" } : {}),
  };
  const byId = zoneById(rendering, "private_dns_zone_name", zone);
  return addResource(rendering, PrivateDnsZoneVirtualNetworkLink, dnsZoneId(name), link, byId);
}

/** The address that the name of a private DNS zone itself has. */
export function renderDnsRecord(rendering: Rendering, resource: string, name: string, address: string): void {
  const zone = zoneAddress(name);
  const record = { ...tagged(rendering, "@"), zoneName: expr(`${zone}.name`), ttl: 300, records: [address] };
  addResource(rendering, PrivateDnsARecord, resource, record, zoneById(rendering, "zone_name", zone));
}
