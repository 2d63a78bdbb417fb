/** Facts about Microsoft Azure. */
import * as z from "zod";
import type { CloudFacts } from "./cloud-facts";
import { field, NIL, optional, shaped, text } from "./field-facts";

const GROUP = `/subscriptions/${NIL}/resourceGroups/rag`;
const EXAMPLE = `${GROUP}/providers/Microsoft.Storage/storageAccounts/ragcorpus`;
const resourceId = shaped(/^\/subscriptions\/\S+$/i, "an Azure resource id", EXAMPLE);

const identityId = shaped(
  /^\/subscriptions\/\S+$/i,
  "an identity's resource id",
  `${GROUP}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/rag`,
);

/** An object of a key vault by its address. */
const inVault = (kinds: string, name: string, example: string) =>
  shaped(
    new RegExp(`^https:\\/\\/[a-z0-9-]+\\.vault\\.[a-z0-9.]+\\/(?:${kinds})\\/\\S+$`),
    name,
    `https://vault-name.vault.azure.net/${example}`,
  );

/** https://learn.microsoft.com/en-us/azure/azure-monitor/logs/data-retention-configure */
export const WORKSPACE_DAYS = { least: 30, most: 730 } as const;
/** Longer ones stay: https://learn.microsoft.com/en-us/azure/network-watcher/vnet-flow-logs-overview */
export const FLOW_DAYS_MOST = 365;

const GROUP_NAME = /^[A-Za-z0-9_().-]{0,89}[A-Za-z0-9_()-]$/;

export const AZURE = {
  title: "Azure",
  synonyms: ["azurerm", "microsoft"],
  backend: "azurerm",
  exampleRegion: "eastus2",
  services: {
    "object-storage": ["storage accounts: blobs, and the Data Lake where named", "blob"],
    "model-api": ["accounts of AI services and Azure OpenAI", "openai", "azure-openai"],
    "ml-platform": ["Machine Learning workspaces", "azureml"],
    "container-registry": ["registries", "acr"],
    secrets: ["key vaults", "key-vault", "keyvault"],
    keys: ["key vaults, managed HSMs"],
    logs: ["Azure Monitor: the enclave's own workspace, and those named", "log-analytics"],
    metrics: ["an Azure Monitor workspace, written by Prometheus", "monitor"],
    queue: [
      "Service Bus; Event Hubs and queues of storage accounts where named",
      "service-bus",
      "servicebus",
    ],
    "relational-db": ["PostgreSQL; MySQL and SQL where named"],
    "vector-search": ["AI Search", "ai-search"],
    custom: ["a private link service by alias"],
  },
  // https://learn.microsoft.com/azure/private-link/private-endpoint-dns
  domains: ["azure.com", "azure.net", "azurecr.io", "azure-api.net", "windows.net"],
  labels: {
    "object-storage": /^(?:blob|dfs)$/,
    "model-api": /^openai$/,
    "container-registry": /^azurecr$/,
    secrets: /^vault$/,
  },
  rules: {},
  // Regions of the public Azure cloud, and which of them have availability zones: Microsoft's page of
  // 2025-09-23, the newest on 2026-11-27, without Denmark East, which it only announces. Zones are the same
  // numbers in every region, but a number means different buildings in different subscriptions.
  // https://learn.microsoft.com/en-us/azure/reliability/regions-list
  regions: {
    codes: { unlisted: "azure-region-unknown", zones: "azure-zones-unknown", zone: "azure-zone-name" },
    table: {
      "123": `australiaeast austriaeast belgiumcentral brazilsouth canadacentral centralindia centralus
        chilecentral eastasia eastus eastus2 francecentral germanywestcentral indonesiacentral israelcentral
        italynorth japaneast japanwest koreacentral malaysiawest mexicocentral newzealandnorth northeurope
        norwayeast polandcentral qatarcentral southafricanorth southcentralus southeastasia spaincentral
        swedencentral switzerlandnorth uaenorth uksouth westeurope westus2 westus3`,
      "": `australiacentral australiacentral2 australiasoutheast brazilsoutheast canadaeast francesouth
        germanynorth koreasouth northcentralus norwaywest southafricawest southindia swedensouth
        switzerlandwest uaecentral ukwest westcentralus westindia westus`,
    },
    isOneZone: true,
    zoneStart: "",
    zoneEnd: /^[123]$/,
    ends: "123",
    form: /^[a-z]+\d?$/,
    foreign: {
      code: "azure-region-sovereign",
      form: /^(usgov|usdod|china|ussec|usnat)/,
      why:
        "Services of Microsoft's sovereign clouds have other names, which are not in the tables of " +
        "private endpoints and DNS.",
    },
  },
  // https://learn.microsoft.com/en-us/azure/azure-resource-manager/templates/error-reserved-resource-name
  names: {
    code: "azure-name-reserved",
    form: /microsoft|windows|^login|^xbox/,
    why: 'The name of the log account in public DNS would contain "{word}", which Azure reserves.',
    ignoresHyphens: true,
  },
  // https://learn.microsoft.com/en-us/azure/azure-resource-manager/management/tag-resources
  tags: {
    code: "azure-tag",
    countCode: "azure-tag-count",
    keys: {
      refused: [
        [/^(?:microsoft|azure|windows)/i, "Keys that begin with microsoft, azure or windows are reserved."],
        [
          /^[^A-Za-z]|[^\w.-]|^$/,
          "A key on a private DNS zone begins with a letter and has letters, digits and . _ -.",
        ],
      ],
      longest: 128,
    },
    values: { refused: [], longest: 256 },
    ignoresCase: true,
    most: { on: "A resource", all: 50, own: 2 },
    mostWithEndpoints: { on: "A private DNS zone", all: 15, own: 1 },
  },
  retention: {
    most: {
      code: "azure-retention",
      days: WORKSPACE_DAYS.most,
      why: `A Log Analytics workspace keeps logs for ${WORKSPACE_DAYS.most} days at most.`,
      unless: "workspaceId",
    },
    longer: [
      {
        code: "azure-retention-longer",
        logs: "flow logs",
        kept: (days) => (days > FLOW_DAYS_MOST ? "for ever" : days),
        why: `Azure deletes flow logs after ${FLOW_DAYS_MOST} days at most, or never.`,
      },
      {
        code: "azure-retention-longer",
        logs: "logs in the workspace",
        kept: (days) => Math.max(days, WORKSPACE_DAYS.least),
        why: `A Log Analytics workspace keeps logs for ${WORKSPACE_DAYS.least} days at least.`,
      },
    ],
    lock: {
      holds: false,
      why:
        "Whoever manages the workspace and the account can shorten retention; `azure.locks` only keeps them " +
        "from being deleted.",
    },
  },
  inspection: {
    setting: "inspectionCertificate",
    needs: "a certificate",
    why:
      "Azure Firewall decrypts with an intermediate certificate authority from a key vault, which it " +
      "reads with an identity. Clients have to trust the authority.",
  },
  platforms: [
    "application-gateway",
    "bastion",
    "api-management",
    "container-apps",
    "app-service",
    "agents",
    "postgres-flexible",
  ],
  quotas: { most: "azure-quota", normal: "azure-quota-default", holder: "A region of a subscription" },
  resource: resourceId,
  withoutResources: "none, until the Terraform variable `private_endpoint_resource_ids` names some",
  action: text,
  consumer: text.meta({ examples: [NIL] }),
  link: z.strictObject({ virtualNetworkId: resourceId }),
  target: z.strictObject({
    privateLinkServiceAlias: shaped(
      /^[A-Za-z0-9._-]+$/,
      "a private link service alias",
      `pls.${NIL}.eastus2.azure.privatelinkservice`,
    ),
  }),
  logging: z.strictObject({
    query: field(
      z.enum(["public", "private"]).default("public"),
      "From where the workspace can be read, by whoever has a role: `public` is anywhere, the portal included; " +
        "`private` is by a private endpoint of `logs`. Logs come in by private endpoints alone.",
    ),
    workspaceId: optional(
      shaped(
        /^\/subscriptions\/[^/]+\/resourceGroups\/[^/]+\/providers\/Microsoft\.OperationalInsights\/workspaces\/[^/]+$/i,
        "the resource id of a Log Analytics workspace",
        `${GROUP}/providers/Microsoft.OperationalInsights/workspaces/soc`,
      ),
      "A Log Analytics workspace that exists. Who reads it, and for how long it keeps logs, is its owner's.",
      { absent: "one is made" },
    ),
    trafficAnalytics: field(
      z.boolean().default(false),
      "Flow logs are analysed into the workspace, too. Azure then leaves rules behind that hold a resource group " +
        "back from being deleted, so `azure.resourceGroup` is needed.",
    ),
  }),
  settings: z.strictObject({
    resourceGroup: shaped(GROUP_NAME, "a resource group name", "existing-rg")
      .optional()
      .meta({ description: "Name of the resource group to build in.", absent: "a group is made" }),
    keyVaultKeyId: inVault("keys", "a key vault key id", "keys/enclave")
      .optional()
      .meta({ description: "Id of the key that encrypts the storage of logs.", absent: "Azure's own key" }),
    logIdentityId: identityId
      .optional()
      .meta({
        description: "The identity that reads `keyVaultKeyId`, and has its role on the vault already.",
        absent: "an identity is made, and the first apply has two steps",
      }),
    dnsZones: optional(
      z.union([
        z.literal("policy"),
        z
          .array(
            shaped(
              /^\/subscriptions\/\S+\/privateDnsZones\/\S+$/i,
              "the id of a private DNS zone",
              `${GROUP}/providers/Microsoft.Network/privateDnsZones/privatelink.blob.core.windows.net`,
            ),
          )
          .min(1),
      ]),
      "Ids of a hub's private DNS zones, which hold the names of endpoints instead of zones of the enclave's own; " +
        "`policy`, where a policy of the organisation writes the names. The hub links the zones to the network.",
    ),
    locks: optional(
      z.boolean(),
      "Locks against deletion on firewall, DNS policy and what holds logs, while `deletion_protection` is on. " +
        "To make them takes the role Owner or User Access Administrator.",
    ),
    policyTags: optional(
      z.array(shaped(/^[^<>%&\\?/"$\s][^<>%&\\?/"$]{0,511}$/, "the key of a tag", "CreatedOn")).min(1),
      "Keys of tags that a policy of the organisation adds. Plans leave them alone, and take back all others.",
    ),
    networkWatcher: optional(
      z.strictObject({
        name: shaped(/^\w([\w.-]{0,78}\w)?$/, "the name of a network watcher", "NetworkWatcher_eastus2"),
        resourceGroup: shaped(GROUP_NAME, "a resource group name", "NetworkWatcherRG"),
      }),
      "The region's network watcher, where it is not the one that Azure makes.",
    ),
    inspectionCertificate: optional(
      z.strictObject({
        keyVaultSecretId: inVault("secrets|certificates", "a key vault secret id", "secrets/inspection"),
        identityId,
      }),
      "The certificate authority for `inspection: request`: " +
        "a secret of a key vault, and the identity that reads it.",
    ),
  }),
} as const satisfies CloudFacts;
