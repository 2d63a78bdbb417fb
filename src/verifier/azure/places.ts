/** Azure: addresses, regions, and where interfaces lie. */
import { isOneZone } from "../../clouds/regions";
import { formatCidr } from "../../net/cidr";
import { address, holds } from "../replay/blocks";
import { type Fault, unless } from "../replay/fault";
import type { Given, Places } from "../replay/reader";
import { block, has, judge, only, type Rules } from "../terraform/arguments";
import {
  type Attributes,
  blocks,
  everyResource,
  nested,
  resourcesOf,
  type TerraformDocument,
  table,
  text,
  texts,
} from "../terraform/document";
import { misfitsOf } from "./arguments";
import { placeOf } from "./hosts";
import { otherHubZones } from "./hub-zones";
import { isSite, NETWORK, type Network, subnetIn } from "./network";
import { otherPlatforms, platformNamed } from "./platforms";
import { otherLogs } from "./workspace";

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
    notAsGiven: (given) => [
      ...notAsGiven(document, given),
      ...otherPlatforms(network, given),
      ...otherHubZones(document, given),
    ],
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

/** The data plane would ask the account of logs, which lets nobody in. */
const PROVIDER: Rules = {
  features: block({ storage: block({ data_plane_available: only(false) }) }),
  resource_provider_registrations: only("none"),
  ...has("resource_providers_to_register"),
};

const FLOW_LOG = "azurerm_network_watcher_flow_log";

/** A flow log lies where the network watcher does: where Azure keeps them, or where the spec says. */
function notAsGiven(document: TerraformDocument, given: Given): Fault[] {
  const { region, settings } = given;
  const group = settings.azure.resourceGroup ?? "${azurerm_resource_group.enclave.name}";
  const made = { name: `NetworkWatcher_${region}`, resourceGroup: "NetworkWatcherRG" };
  const watcher = settings.azure.networkWatcher ?? made;
  const providers = [table(document, "provider")["azurerm"] ?? {}].flat();
  return [
    ...otherLogs(document, given),
    ...providers.flatMap((provider) =>
      judge(provider, PROVIDER, "").map((detail) => ({ resource: "provider.azurerm", detail })),
    ),
    ...everyResource(document).flatMap(([resource, body]) => [
      ...unless([undefined, region].includes(body["location"] as string), resource, `it is not in ${region}`),
      ...unless(
        resource.startsWith(FLOW_LOG) || [undefined, group].includes(body["resource_group_name"] as string),
        resource,
        `it is not in ${group}`,
      ),
    ]),
    ...[...resourcesOf(document, FLOW_LOG)].flatMap(([name, body]) =>
      unless(
        text(body, "network_watcher_name") === watcher.name &&
          text(body, "resource_group_name") === watcher.resourceGroup,
        `${FLOW_LOG}.${name}`,
        "it is with another network watcher",
      ),
    ),
    ...readersNotGiven(document, settings.azure),
    ...otherZones(document, given),
  ];
}

/** Who reads which secret of a vault. */
function readersNotGiven(document: TerraformDocument, azure: Given["settings"]["azure"]): Fault[] {
  const { keyVaultSecretId, identityId = "" } = azure.inspectionCertificate ?? {};
  const reader = azure.logIdentityId ?? "${azurerm_user_assigned_identity.enclave_logs.id}";
  return [
    ...[...resourcesOf(document, "azurerm_storage_account")].flatMap(([name, body]) =>
      unless(
        azure.keyVaultKeyId === undefined ||
          texts(nested(body, "identity"), "identity_ids").join().toLowerCase() === reader.toLowerCase(),
        `azurerm_storage_account.${name}`,
        "it reads its key as somebody else",
      ),
    ),
    ...[...resourcesOf(document, "azurerm_firewall_policy")].flatMap(([name, body]) => {
      const certificate = nested(body, "tls_certificate");
      const identities = texts(nested(body, "identity"), "identity_ids").join();
      return unless(
        certificate === undefined ||
          (certificate["key_vault_secret_id"] === keyVaultSecretId &&
            identities.toLowerCase() === identityId.toLowerCase()),
        `azurerm_firewall_policy.${name}`,
        "it decrypts with another certificate",
      );
    }),
  ];
}

/**
 * Zones are the spec's to choose, else Azure's, which may report later where it put a firewall. An address in
 * all three outlives one of them; a region without any has no copies elsewhere.
 * https://learn.microsoft.com/en-us/azure/reliability/reliability-firewall
 */
function otherZones(document: TerraformDocument, { region, zoneNames }: Given): Fault[] {
  const isChosen = zoneNames !== undefined;
  const isOne = !isChosen && isOneZone("azure", region);
  const placed = (type: string, isPlaced: (body: Attributes) => boolean): Fault[] =>
    [...resourcesOf(document, type)].flatMap(([name, body]) =>
      unless(isPlaced(body), `${type}.${name}`, "it is spread over other zones than the region has"),
    );
  return [
    ...placed("azurerm_firewall", (body) =>
      isChosen
        ? body["zones"] === "${var.availability_zones}"
        : body["zones"] === undefined &&
          texts(nested(body, "lifecycle"), "ignore_changes").join() === "zones",
    ),
    ...placed("azurerm_public_ip", (body) => texts(body, "zones").join() === (isOne ? "" : "1,2,3")),
    ...placed(
      "azurerm_storage_account",
      (body) => body["account_replication_type"] === (isOne ? "LRS" : "ZRS"),
    ),
  ];
}
