/** Azure: addresses, and where interfaces lie. */
import { formatCidr } from "../../net/cidr";
import { address, holds } from "../replay/blocks";
import { unless } from "../replay/fault";
import type { Places } from "../replay/reader";
import { blocks, resourcesOf, type TerraformDocument, text, texts } from "../terraform/document";
import { misfitsOf } from "./arguments";
import { notAsGiven } from "./given";
import { placeOf } from "./hosts";
import { isSite, NETWORK, type Network, subnetIn } from "./network";
import { platformNamed } from "./platforms";

const INTERFACE = "azurerm_network_interface";

export const regionOf = (document: TerraformDocument): string =>
  text(resourcesOf(document, NETWORK).get("enclave"), "location");

export function placesIn(document: TerraformDocument, network: Network): Places {
  const { subnets } = network;
  const inZone = (zone: string) =>
    subnets
      .filter(({ name }) => placeOf(name).zone === zone)
      .sort((a, b) => placeOf(a.name).slot - placeOf(b.name).slot);
  const interfaces = interfacesIn(document);
  return {
    networkRanges: () =>
      [...resourcesOf(document, NETWORK)].flatMap(([name, body]) =>
        texts(body, "address_space")
          .filter((range) => !range.includes(":"))
          .map((range) => ({ resource: `${NETWORK}.${name}`, range })),
      ),
    groupIdsOf: (zone) => [
      ...new Set(inZone(zone).map(({ group }) => `\${azurerm_network_security_group.${group}.id}`)),
    ],
    subnetIdsOf: (zone) => `\${local.${zone}_subnet_ids}`,
    addressesOf: (zone) => inZone(zone).map(({ block }) => formatCidr(block)),
    allAddresses: () => new Map(subnets.map(({ resource, block }) => [resource, formatCidr(block)])),
    interfacesOf: (zone) =>
      interfaces.filter(({ subnet }) => placeOf(subnet).zone === zone).map((each) => each.address),
    // Subnets are regional; only what is placed in them has an availability zone.
    placementOf: () => [],
    looseInterfaces: () => [
      ...interfaces.flatMap(({ resource, subnet, address: at }) => {
        const place = network.byName.get(subnet);
        return unless(
          place !== undefined && !isSite(subnet) && holds(place.block, address(at)),
          resource,
          "it lies in no zone's subnet",
        );
      }),
      ...misfitsOf(document, INTERFACE),
    ],
    notAsGiven: (given) => notAsGiven(document, network, given),
    platform: platformNamed,
  };
}

const interfacesIn = (document: TerraformDocument) =>
  [...resourcesOf(document, INTERFACE)].flatMap(([name, body]) =>
    blocks(body, "ip_configuration").map((one) => ({
      resource: `${INTERFACE}.${name}`,
      subnet: subnetIn(text(one, "subnet_id")),
      address: text(one, "private_ip_address"),
    })),
  );
