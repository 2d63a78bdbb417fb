/** Private DNS zones: the names of private endpoints, answered inside the network only. */
import { PrivateDnsZone } from "@cdktf/provider-azurerm/lib/private-dns-zone";
import { PrivateDnsZoneVirtualNetworkLink } from "@cdktf/provider-azurerm/lib/private-dns-zone-virtual-network-link";
import { type Address, expr, type Rendering } from "../../shared/rendering";
import { dnsZoneId } from "./endpoint-targets";
import { azureName, resourceGroupName, tags } from "./naming";
import { VIRTUAL_NETWORK } from "./network";
import { addAzure } from "./resources";

/** Answers for the whole domain: a name that it does not hold does not exist, and is not looked for in public. */
export function renderDnsZone(rendering: Rendering, name: string): Address {
  const id = dnsZoneId(name);
  const group = resourceGroupName(rendering.plan);
  const zone = addAzure(rendering, PrivateDnsZone, id, {
    name,
    resourceGroupName: group,
    tags: tags(rendering),
  });
  return addAzure(rendering, PrivateDnsZoneVirtualNetworkLink, id, {
    name: azureName(rendering.plan),
    resourceGroupName: group,
    privateDnsZoneName: expr(`${zone}.name`),
    virtualNetworkId: expr(`${VIRTUAL_NETWORK}.id`),
    registrationEnabled: false,
    // Azure has the choice for its own private names only; all others never fall back.
    ...(name.startsWith("privatelink.") ? { resolutionPolicy: "Default" } : {}),
    tags: tags(rendering),
  });
}

/** Ids of private DNS zones by their names. */
export const zoneIds = (zones: readonly string[]): string[] =>
  zones.map((zone) => expr(`azurerm_private_dns_zone.${dnsZoneId(zone)}.id`));
