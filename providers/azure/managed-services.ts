/**
 * Neutral services as Azure offers them: what kind of resource a private endpoint leads to, which part of it, which private DNS
 * zones its names are in, and which role carries which right. The network admits a zone to a resource; reading and writing
 * are told apart by roles alone, which is what the outputs name.
 * https://learn.microsoft.com/en-us/azure/private-link/private-endpoint-dns
 */
import type { Access, Service, Traffic } from "../../src/model/enclave";
import type { Endpoint } from "../../src/plan/network-plan";

export interface Kind {
  /** Part of the Terraform name and of the resource's name, without underscores. */
  readonly short: string;
  readonly type: string;
  /** What Azure calls sub-resource or group id. */
  readonly subresource: string;
  readonly dnsZones: readonly string[];
  /** Names that have to resolve, `{name}` the resource's own and `{region}` the enclave's to be filled in. */
  readonly hosts: readonly string[];
  readonly ports: readonly number[];
}

/** `{name}.blob.core.windows.net` is an alias of `{name}.privatelink.blob.core.windows.net`, and a resolver asks for both. */
const alias = (domain: string): string[] => [`{name}.${domain}`, `{name}.privatelink.${domain}`];

const kind = (short: string, type: string, subresource: string, domain: string, ...ports: readonly number[]): Kind => ({
  short,
  type: `Microsoft.${type}`,
  subresource,
  dnsZones: [`privatelink.${domain}`],
  hosts: alias(domain),
  ports: ports.length === 0 ? [443] : ports,
});

const VAULT: Kind = {
  ...kind("vault", "KeyVault/vaults", "vault", "vaultcore.azure.net"),
  hosts: ["{name}.vault.azure.net", "{name}.privatelink.vaultcore.azure.net"],
};

const AI_DOMAINS = ["cognitiveservices.azure.com", "openai.azure.com", "services.ai.azure.com"];

export type ManagedService = Exclude<Service, "custom" | "logs" | "metrics">;

/** The first kind of each service is the one that ids of a Terraform variable have to be. */
export const KINDS: Readonly<Record<ManagedService, readonly [Kind, ...Kind[]]>> = {
  "object-storage": [kind("blob", "Storage/storageAccounts", "blob", "blob.core.windows.net")],
  "model-api": [
    {
      short: "account",
      type: "Microsoft.CognitiveServices/accounts",
      subresource: "account",
      // An account of one kind answers under one of them, and an account of AI services under all three.
      dnsZones: AI_DOMAINS.map((domain) => `privatelink.${domain}`),
      hosts: AI_DOMAINS.flatMap(alias),
      ports: [443],
    },
  ],
  "ml-platform": [
    {
      short: "workspace",
      type: "Microsoft.MachineLearningServices/workspaces",
      subresource: "amlworkspace",
      dnsZones: ["privatelink.api.azureml.ms", "privatelink.notebooks.azure.net"],
      // Names begin with the workspace's id, which only Azure knows.
      hosts: ["{region}.api.azureml.ms", "{region}.notebooks.azure.net", "privatelink.api.azureml.ms", "privatelink.notebooks.azure.net"],
      ports: [443],
    },
  ],
  "container-registry": [
    {
      ...kind("registry", "ContainerRegistry/registries", "registry", "azurecr.io"),
      hosts: [...alias("azurecr.io"), "{name}.{region}.data.azurecr.io", "{name}.{region}.data.privatelink.azurecr.io"],
    },
  ],
  secrets: [VAULT],
  keys: [
    VAULT,
    {
      ...kind("hsm", "KeyVault/managedHSMs", "managedhsm", "managedhsm.azure.net"),
    },
  ],
  queue: [
    kind("bus", "ServiceBus/namespaces", "namespace", "servicebus.windows.net", 443, 5671),
    kind("hub", "EventHub/namespaces", "namespace", "servicebus.windows.net", 443, 5671, 9093),
    kind("queue", "Storage/storageAccounts", "queue", "queue.core.windows.net"),
  ],
  "relational-db": [
    kind("postgres", "DBforPostgreSQL/flexibleServers", "postgresqlServer", "postgres.database.azure.com", 5432),
    kind("mysql", "DBforMySQL/flexibleServers", "mysqlServer", "mysql.database.azure.com", 3306),
    kind("sql", "Sql/servers", "sqlServer", "database.windows.net", 1433),
  ],
  "vector-search": [kind("search", "Search/searchServices", "searchService", "search.windows.net")],
};

/**
 * Azure Monitor has one private link scope for a network and its DNS, shared by logs and metrics; the names are Azure's own.
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
    "api.loganalytics.io",
  ],
  /** What may be reached through the scope. */
  types: ["Microsoft.OperationalInsights/workspaces", "Microsoft.Insights/components", "Microsoft.Insights/dataCollectionEndpoints"],
} as const;

export const isMonitor = (service: Service): service is "logs" | "metrics" => service === "logs" || service === "metrics";
export const isManaged = (service: Service): service is ManagedService => service !== "custom" && !isMonitor(service);

/** The kinds of resource that an endpoint of a service may lead to. */
export const kindsOf = (service: Service): readonly Kind[] => (isManaged(service) ? KINDS[service] : []);

/** `Microsoft.Storage/storageAccounts` and `ragcorpus` of a resource id, in the id's own spelling; undefined when it is none. */
export function parseResourceId(id: string): { readonly type: string; readonly name: string } | undefined {
  const match = /^\/subscriptions\/[^/\s]+\/resourceGroups\/[^/\s]+\/providers\/([\w.]+\/\w+)\/([\w.()-]+)$/i.exec(id);
  const [, type, name] = match ?? [];
  return type === undefined || name === undefined ? undefined : { type, name };
}

export const kindOfId = (service: Service, id: string): Kind | undefined => {
  const type = parseResourceId(id)?.type.toLowerCase();
  return kindsOf(service).find((candidate) => candidate.type.toLowerCase() === type);
};

/** The spec's ports, else those of the kinds that its ids are of, else those of the kind that the variable takes. */
export function portsOf(endpoint: Endpoint): readonly Extract<Traffic, { protocol: "tcp" | "udp" }>[] {
  const given = endpoint.ports.flatMap((traffic) => (traffic.protocol === "tcp" || traffic.protocol === "udp" ? [traffic] : []));
  if (given.length > 0) return given;
  const named = (endpoint.resources.azure ?? []).flatMap((id) => kindOfId(endpoint.service, id) ?? []);
  const kinds = named.length > 0 ? named : kindsOf(endpoint.service).slice(0, 1);
  const ports = kinds.length > 0 ? kinds.flatMap((each) => each.ports) : [443];
  return [...new Set(ports)].sort((a, b) => a - b).map((port) => ({ protocol: "tcp", from: port, to: port }));
}

/** Built-in roles by right. Where Azure has none that is narrower, writing includes reading, and the name of the role says so. */
const ROLES: Readonly<Partial<Record<Service, Readonly<Record<"read" | "write", string>>>>> = {
  "object-storage": { read: "Storage Blob Data Reader", write: "Storage Blob Data Contributor" },
  "model-api": { read: "Cognitive Services User", write: "Cognitive Services Contributor" },
  "ml-platform": { read: "AzureML Data Scientist", write: "Contributor" },
  "container-registry": { read: "AcrPull", write: "AcrPush" },
  secrets: { read: "Key Vault Secrets User", write: "Key Vault Secrets Officer" },
  keys: { read: "Key Vault Crypto User", write: "Key Vault Crypto User" },
  logs: { read: "Log Analytics Reader", write: "Monitoring Metrics Publisher" },
  metrics: { read: "Monitoring Reader", write: "Monitoring Metrics Publisher" },
  queue: { read: "Azure Service Bus Data Receiver", write: "Azure Service Bus Data Sender" },
};

/** https://learn.microsoft.com/en-us/azure/role-based-access-control/built-in-roles */
export function rolesOf(service: Service, access: Access | undefined): string[] {
  const roles = ROLES[service];
  if (roles === undefined || access === undefined) return [];
  return [...new Set(access === "read-write" ? [roles.read, roles.write] : [roles[access]])];
}
