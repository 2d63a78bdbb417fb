/**
 * Services as Azure offers them: the resource and the part that a private endpoint leads to, its DNS zones
 * and names, and the role of each right: the network admits, and roles alone tell reading from writing.
 * Zones and names as of 2023-10-11 (DNS zones), 2025-05-06 (machine learning) and 2024-10-23 (monitor):
 * https://learn.microsoft.com/en-us/azure/private-link/private-endpoint-dns
 * https://learn.microsoft.com/en-us/azure/machine-learning/how-to-custom-dns
 * https://learn.microsoft.com/en-us/azure/azure-monitor/logs/private-link-configure
 * https://learn.microsoft.com/en-us/azure/role-based-access-control/built-in-roles
 */
import type { Service } from "../../../src/model/enclave";

/** Built-in roles by right. Writing includes reading where Azure has none that is narrower. */
export type Roles = Readonly<Record<"read" | "write", string>>;

export interface Kind {
  /** Part of the Terraform name and of the resource's name, without underscores. */
  readonly short: string;
  readonly type: string;
  /** Azure calls it sub-resource or group id. */
  readonly subresource: string;
  readonly dnsZones: readonly string[];
  /** Names that have to resolve, `{name}` the resource's own and `{region}` the enclave's to be filled in. */
  readonly hosts: readonly string[];
  readonly ports: readonly number[];
  /** Absent: the service has accounts of its own, and no rights in a spec. */
  readonly roles?: Roles;
}

export const HTTPS = 443;

/** The first is an alias of the second, and a resolver asks for both. */
const alias = (domain: string): string[] => [`{name}.${domain}`, `{name}.privatelink.${domain}`];

function kind(
  short: string,
  type: string,
  subresource: string,
  domains: string | readonly string[],
  more: Partial<Kind> = {},
): Kind {
  const all = [domains].flat();
  const names = { dnsZones: all.map((domain) => `privatelink.${domain}`), hosts: all.flatMap(alias) };
  return { short, type: `Microsoft.${type}`, subresource, ...names, ports: [HTTPS], ...more };
}

const vault = (roles: Roles): Kind =>
  kind("vault", "KeyVault/vaults", "vault", "vaultcore.azure.net", {
    hosts: ["{name}.vault.azure.net", "{name}.privatelink.vaultcore.azure.net"],
    roles,
  });

const BLOB_ROLES: Roles = { read: "Storage Blob Data Reader", write: "Storage Blob Data Contributor" };
/** An account of one kind answers under one of them, and an account of AI services under all three. */
const AI_DOMAINS = ["cognitiveservices.azure.com", "openai.azure.com", "services.ai.azure.com"];

export type ManagedService = Exclude<Service, "custom" | "logs" | "metrics">;

/** The first kind of each service is the one that ids of a Terraform variable have to be. */
export const KINDS: Readonly<Record<ManagedService, readonly [Kind, ...Kind[]]>> = {
  "object-storage": [
    kind("blob", "Storage/storageAccounts", "blob", "blob.core.windows.net", { roles: BLOB_ROLES }),
    kind("dfs", "Storage/storageAccounts", "dfs", "dfs.core.windows.net", { roles: BLOB_ROLES }),
  ],
  "model-api": [
    kind("account", "CognitiveServices/accounts", "account", AI_DOMAINS, {
      // Narrower than "Cognitive Services User", which may list the account's keys.
      roles: { read: "Cognitive Services OpenAI User", write: "Cognitive Services OpenAI Contributor" },
    }),
  ],
  "ml-platform": [
    kind(
      "workspace",
      "MachineLearningServices/workspaces",
      "amlworkspace",
      ["api.azureml.ms", "notebooks.azure.net"],
      {
        // Before them stands the workspace's id, which only Azure knows, or the name of a part of it.
        hosts: [
          "{region}.api.azureml.ms",
          "{region}.notebooks.azure.net",
          "{region}.inference.ml.azure.com",
          "{region}.instances.azureml.ms",
          "privatelink.api.azureml.ms",
          "privatelink.notebooks.azure.net",
        ],
        roles: { read: "AzureML Data Scientist", write: "Contributor" },
      },
    ),
  ],
  "container-registry": [
    kind("registry", "ContainerRegistry/registries", "registry", "azurecr.io", {
      hosts: [
        ...alias("azurecr.io"),
        "{name}.{region}.data.azurecr.io",
        "{name}.{region}.data.privatelink.azurecr.io",
      ],
      roles: { read: "AcrPull", write: "AcrPush" },
    }),
  ],
  secrets: [vault({ read: "Key Vault Secrets User", write: "Key Vault Secrets Officer" })],
  keys: [
    vault({ read: "Key Vault Crypto User", write: "Key Vault Crypto User" }),
    kind("hsm", "KeyVault/managedHSMs", "managedhsm", "managedhsm.azure.net", {
      // A role of the HSM's own, assigned there.
      roles: { read: "Managed HSM Crypto User", write: "Managed HSM Crypto User" },
    }),
  ],
  queue: [
    kind("bus", "ServiceBus/namespaces", "namespace", "servicebus.windows.net", {
      ports: [HTTPS, 5671],
      roles: { read: "Azure Service Bus Data Receiver", write: "Azure Service Bus Data Sender" },
    }),
    kind("hub", "EventHub/namespaces", "namespace", "servicebus.windows.net", {
      ports: [HTTPS, 5671, 9093],
      roles: { read: "Azure Event Hubs Data Receiver", write: "Azure Event Hubs Data Sender" },
    }),
    kind("queue", "Storage/storageAccounts", "queue", "queue.core.windows.net", {
      roles: { read: "Storage Queue Data Message Processor", write: "Storage Queue Data Message Sender" },
    }),
  ],
  "relational-db": [
    kind("postgres", "DBforPostgreSQL/flexibleServers", "postgresqlServer", "postgres.database.azure.com", {
      ports: [5432],
    }),
    kind("mysql", "DBforMySQL/flexibleServers", "mysqlServer", "mysql.database.azure.com", { ports: [3306] }),
    kind("sql", "Sql/servers", "sqlServer", "database.windows.net", { ports: [1433] }),
  ],
  "vector-search": [kind("search", "Search/searchServices", "searchService", "search.windows.net")],
};

/**
 * One private link scope for a network and its DNS, which logs and metrics share; the names are Azure's own.
 * https://learn.microsoft.com/en-us/azure/azure-monitor/fundamentals/private-link-configure
 */
export const MONITOR = {
  subresource: "azuremonitor",
  dnsZones: [
    "privatelink.monitor.azure.com",
    "privatelink.oms.opinsights.azure.com",
    "privatelink.ods.opinsights.azure.com",
    "privatelink.agentsvc.azure-automation.net",
    "privatelink.blob.core.windows.net",
  ],
  hosts: [
    "monitor.azure.com",
    "privatelink.monitor.azure.com",
    "oms.opinsights.azure.com",
    "ods.opinsights.azure.com",
    "agentsvc.azure-automation.net",
    "scadvisorcontentpl.blob.core.windows.net",
    "scadvisorcontentpl.privatelink.blob.core.windows.net",
    // Aliases of names below the first, which what is instrumented and whoever queries uses.
    "in.applicationinsights.azure.com",
    "api.applicationinsights.io",
    "api.loganalytics.io",
    "api.loganalytics.azure.com",
  ],
  roles: {
    logs: { read: "Log Analytics Reader", write: "Monitoring Metrics Publisher" },
    metrics: { read: "Monitoring Reader", write: "Monitoring Metrics Publisher" },
  },
  /** Types of resources that the scope admits. */
  types: [
    "Microsoft.OperationalInsights/workspaces",
    "Microsoft.Insights/components",
    "Microsoft.Insights/dataCollectionEndpoints",
  ],
} as const;

export const isMonitor = (service: Service): service is "logs" | "metrics" =>
  service === "logs" || service === "metrics";
export const isManaged = (service: Service): service is ManagedService => Object.hasOwn(KINDS, service);

export const kindsOf = (service: Service): readonly Kind[] => (isManaged(service) ? KINDS[service] : []);
