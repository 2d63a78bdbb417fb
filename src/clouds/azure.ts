/** Facts about Microsoft Azure. */
import { z } from "zod";
import type { CloudFacts } from "./cloud-facts";
import { shaped, text } from "./field-facts";

const VAULT = "https:\\/\\/[a-z0-9-]+\\.vault\\.[a-z0-9.]+";

export const AZURE = {
  title: "Azure",
  synonyms: ["azurerm", "microsoft"],
  backend: "azurerm",
  exampleRegion: "eastus2",
  regionForm: /^[a-z]+\d?$/,
  places: {
    "united-kingdom": { region: "uksouth", names: /^uk/ },
    switzerland: { region: "switzerlandnorth", names: /^switzerland/ },
    europe: {
      region: "germanywestcentral",
      names: /^(?:austria|belgium|france|germany|italy|northeurope|norway|poland|spain|sweden|westeurope)/,
    },
    canada: { region: "canadacentral", names: /^canada/ },
    "united-states": { region: "eastus2", names: /^(?:north|south|west)?(?:east|west|central)us\d?$/ },
    brazil: { region: "brazilsouth", names: /^brazil/ },
    australia: { region: "australiaeast", names: /^australia/ },
    india: { region: "centralindia", names: /^\w+india$/ },
    japan: { region: "japaneast", names: /^japan/ },
  },
  // https://learn.microsoft.com/azure/private-link/private-endpoint-dns
  domains: ["azure.com", "azure.net", "azurecr.io", "azure-api.net", "windows.net"],
  services: {
    "object-storage": {
      product: "storage accounts: blobs, and the Data Lake where named",
      synonyms: ["blob"],
      labels: /^(?:blob|dfs)$/,
    },
    "model-api": {
      product: "accounts of AI services and Azure OpenAI",
      synonyms: ["openai", "azure-openai"],
      labels: /^openai$/,
    },
    "ml-platform": { product: "Machine Learning workspaces", synonyms: ["azureml"] },
    "container-registry": { product: "registries", synonyms: ["acr"], labels: /^azurecr$/ },
    secrets: { product: "key vaults", synonyms: ["key-vault", "keyvault"], labels: /^vault$/ },
    keys: { product: "key vaults, managed HSMs", synonyms: [] },
    logs: {
      product: "Azure Monitor: the enclave's own workspace, and those named",
      synonyms: ["log-analytics"],
    },
    metrics: { product: "as logs", synonyms: ["monitor"] },
    queue: {
      product: "Service Bus; Event Hubs and queues of storage accounts where named",
      synonyms: ["service-bus", "servicebus"],
    },
    "relational-db": { product: "PostgreSQL; MySQL and SQL where named", synonyms: [] },
    "vector-search": { product: "AI Search", synonyms: ["ai-search"] },
    custom: { product: "a private link service by alias", synonyms: [] },
  },
  rules: {},
  resource: shaped(
    /^\/subscriptions\/[^\s]+$/i,
    "an Azure resource id",
    "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rag",
  ),
  withoutResources: "none, until the Terraform variable `private_endpoint_resource_ids` names some",
  consumer: text.meta({ examples: ["00000000-0000-0000-0000-000000000000"] }),
  link: z.strictObject({
    virtualNetworkId: shaped(
      /^\/subscriptions\/[^\s]+$/i,
      "an Azure resource id",
      "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rag",
    ),
  }),
  target: z.strictObject({
    privateLinkServiceAlias: shaped(
      /^[A-Za-z0-9._-]+$/,
      "a private link service alias",
      "pls.00000000-0000-0000-0000-000000000000.eastus2.azure.privatelinkservice",
    ),
  }),
  settings: z.strictObject({
    resourceGroup: shaped(/^[A-Za-z0-9_().-]{0,89}[A-Za-z0-9_()-]$/, "a resource group name", "existing-rg")
      .optional()
      .meta({ description: "Name of the resource group to build in.", absent: "a group is made" }),
    keyVaultKeyId: shaped(
      new RegExp(`^${VAULT}\\/keys\\/\\S+$`),
      "a key vault key id",
      "https://vault-name.vault.azure.net/keys/enclave",
    )
      .optional()
      .meta({ description: "Id of the key that encrypts the storage of logs.", absent: "Azure's own key" }),
    inspectionCertificate: z
      .strictObject({
        keyVaultSecretId: shaped(
          new RegExp(`^${VAULT}\\/(?:secrets|certificates)\\/\\S+$`),
          "a key vault secret id",
          "https://vault-name.vault.azure.net/secrets/inspection",
        ),
        identityId: shaped(
          /^\/subscriptions\/\S+$/i,
          "an identity's resource id",
          "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rag/providers/Microsoft.ManagedIdentity/userAssignedIdentities/inspector",
        ),
      })
      .optional()
      .meta({
        description:
          "The certificate authority for `inspection: request`: a secret of a key vault, and the identity that reads it.",
      }),
  }),
} as const satisfies CloudFacts;
