/** Azure: what the spec gives for the cloud, and the document has otherwise. */
import { isOneZone } from "../../clouds/regions";
import { type Fault, unless } from "../replay/fault";
import type { Given } from "../replay/reader";
import { block, has, judge, only, type Rules } from "../terraform/arguments";
import {
  type Attributes,
  everyResource,
  nested,
  resourcesOf,
  type TerraformDocument,
  table,
  text,
  texts,
} from "../terraform/document";
import { otherHubZones } from "./hub-zones";
import { ignoredOthers, ignoredTags } from "./ignored";
import type { Network } from "./network";
import { otherPlatforms } from "./platforms";
import { otherLogs } from "./workspace";

/** The data plane would ask the account of logs, which lets nobody in. */
const PROVIDER: Rules = {
  features: block({ storage: block({ data_plane_available: only(false) }) }),
  resource_provider_registrations: only("none"),
  ...has("resource_providers_to_register"),
};

const FLOW_LOG = "azurerm_network_watcher_flow_log";

/** A flow log lies where the network watcher does: where Azure keeps them, or where the spec says. */
export function notAsGiven(document: TerraformDocument, network: Network, given: Given): Fault[] {
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
    ...otherPlatforms(network, given),
    ...otherHubZones(document, given),
    ...otherIgnored(document, given),
    ...readersNotGiven(document, settings.azure),
    ...otherZones(document, given),
  ];
}

/** Tags that a policy adds are left alone on everything that has tags, and no others. */
function otherIgnored(document: TerraformDocument, { settings }: Given): Fault[] {
  const wanted = [...(settings.azure.policyTags ?? [])].sort().join();
  return everyResource(document).flatMap(([resource, body]) =>
    unless(
      body["tags"] === undefined || ignoredTags(body).sort().join() === wanted,
      resource,
      "it leaves other tags alone than the spec says",
    ),
  );
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
        : body["zones"] === undefined && ignoredOthers(body).join() === "zones",
    ),
    ...placed("azurerm_public_ip", (body) => texts(body, "zones").join() === (isOne ? "" : "1,2,3")),
    ...placed(
      "azurerm_storage_account",
      (body) => body["account_replication_type"] === (isOne ? "LRS" : "ZRS"),
    ),
  ];
}
