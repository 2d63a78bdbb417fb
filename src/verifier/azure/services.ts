/**
 * The services of a spec as Microsoft's documentation has them, apart from the renderer: the kinds of
 * resource behind each, the part that a private endpoint leads to, the private DNS zones and names, the
 * ports, and the role that gives a right.
 * https://learn.microsoft.com/en-us/azure/private-link/private-endpoint-dns
 * https://learn.microsoft.com/en-us/azure/role-based-access-control/built-in-roles
 */
import type { Service } from "../../model/enclave";

export interface Kind {
  /** In small letters: to Azure, ids are the same in any. */
  readonly type: string;
  readonly part: string;
  readonly zones: readonly string[];
  /** `{name}` is the resource's own, `{region}` the enclave's. */
  readonly names: readonly string[];
  readonly ports: readonly number[];
  /** The role that reads, and the role that writes. */
  readonly roles?: readonly [read: string, write: string];
}

/** Names of a domain, each an alias of one in the private zone, which Azure may call otherwise. */
const domain = (known: string, zone = known) => ({
  zones: [`privatelink.${zone}`],
  names: [`{name}.${known}`, `{name}.privatelink.${zone}`],
});

type Rest = Partial<Kind> & Pick<Kind, "zones" | "names">;

const kind = (type: string, part: string, rest: Rest, roles?: Kind["roles"]): Kind => ({
  type: `microsoft.${type}`,
  part,
  ports: [443],
  ...rest,
  ...(roles === undefined ? {} : { roles }),
});

const BLOBS = ["Storage Blob Data Reader", "Storage Blob Data Contributor"] as const;
const ACCOUNT = "storage/storageaccounts";
const VAULT = ["keyvault/vaults", "vault", domain("vault.azure.net", "vaultcore.azure.net")] as const;
/** An account answers in the domain of its kind, and one of AI services in all three. */
const AI = ["cognitiveservices.azure.com", "openai.azure.com", "services.ai.azure.com"].map((one) =>
  domain(one),
);
const BUS = domain("servicebus.windows.net");
const CRYPTO = "Key Vault Crypto User";
const HSM = "Managed HSM Crypto User";

export type Managed = Exclude<Service, "custom" | "logs" | "metrics">;

/** Ids that come by a Terraform variable are of the first kind. */
export const KINDS: Readonly<Record<Managed, readonly [Kind, ...Kind[]]>> = {
  "object-storage": [
    kind(ACCOUNT, "blob", domain("blob.core.windows.net"), BLOBS),
    kind(ACCOUNT, "dfs", domain("dfs.core.windows.net"), BLOBS),
  ],
  "model-api": [
    kind(
      "cognitiveservices/accounts",
      "account",
      { zones: AI.flatMap(({ zones }) => zones), names: AI.flatMap(({ names }) => names) },
      ["Cognitive Services OpenAI User", "Cognitive Services OpenAI Contributor"],
    ),
  ],
  // https://learn.microsoft.com/en-us/azure/machine-learning/how-to-custom-dns
  "ml-platform": [
    kind(
      "machinelearningservices/workspaces",
      "amlworkspace",
      {
        zones: ["privatelink.api.azureml.ms", "privatelink.notebooks.azure.net"],
        names: [
          ...["api.azureml.ms", "notebooks.azure.net", "inference.ml.azure.com", "instances.azureml.ms"].map(
            (one) => `{region}.${one}`,
          ),
          "privatelink.api.azureml.ms",
          "privatelink.notebooks.azure.net",
        ],
      },
      ["AzureML Data Scientist", "Contributor"],
    ),
  ],
  // https://learn.microsoft.com/en-us/azure/container-registry/container-registry-private-link
  "container-registry": [
    kind(
      "containerregistry/registries",
      "registry",
      {
        zones: ["privatelink.azurecr.io"],
        names: ["", "{region}.data."].flatMap((of) => [
          `{name}.${of}azurecr.io`,
          `{name}.${of}privatelink.azurecr.io`,
        ]),
      },
      ["AcrPull", "AcrPush"],
    ),
  ],
  secrets: [kind(...VAULT, ["Key Vault Secrets User", "Key Vault Secrets Officer"])],
  keys: [
    kind(...VAULT, [CRYPTO, CRYPTO]),
    kind("keyvault/managedhsms", "managedhsm", domain("managedhsm.azure.net"), [HSM, HSM]),
  ],
  queue: [
    kind("servicebus/namespaces", "namespace", { ...BUS, ports: [443, 5671] }, [
      "Azure Service Bus Data Receiver",
      "Azure Service Bus Data Sender",
    ]),
    kind("eventhub/namespaces", "namespace", { ...BUS, ports: [443, 5671, 9093] }, [
      "Azure Event Hubs Data Receiver",
      "Azure Event Hubs Data Sender",
    ]),
    kind(ACCOUNT, "queue", domain("queue.core.windows.net"), [
      "Storage Queue Data Message Processor",
      "Storage Queue Data Message Sender",
    ]),
  ],
  "relational-db": [
    kind("dbforpostgresql/flexibleservers", "postgresqlServer", {
      ...domain("postgres.database.azure.com"),
      ports: [5432],
    }),
    kind("dbformysql/flexibleservers", "mysqlServer", {
      ...domain("mysql.database.azure.com"),
      ports: [3306],
    }),
    kind("sql/servers", "sqlServer", { ...domain("database.windows.net"), ports: [1433] }),
  ],
  "vector-search": [kind("search/searchservices", "searchService", domain("search.windows.net"))],
};

/**
 * One scope for logs and metrics, in names of Azure's own.
 * https://learn.microsoft.com/en-us/azure/azure-monitor/fundamentals/private-link-configure
 */
const SCOPE: Omit<Kind, "roles"> = {
  type: "microsoft.insights/privatelinkscopes",
  part: "azuremonitor",
  zones: [
    "monitor.azure.com",
    "oms.opinsights.azure.com",
    "ods.opinsights.azure.com",
    "agentsvc.azure-automation.net",
    "blob.core.windows.net",
  ].map((one) => `privatelink.${one}`),
  names: [
    "monitor.azure.com",
    "privatelink.monitor.azure.com",
    "oms.opinsights.azure.com",
    "ods.opinsights.azure.com",
    "agentsvc.azure-automation.net",
    "scadvisorcontentpl.blob.core.windows.net",
    "scadvisorcontentpl.privatelink.blob.core.windows.net",
    "in.applicationinsights.azure.com",
    "api.applicationinsights.io",
    "api.loganalytics.io",
    "api.loganalytics.azure.com",
  ],
  ports: [443],
};

export const MONITOR: Readonly<Record<"logs" | "metrics", Kind>> = {
  logs: { ...SCOPE, roles: ["Log Analytics Reader", "Monitoring Metrics Publisher"] },
  metrics: { ...SCOPE, roles: ["Monitoring Reader", "Monitoring Metrics Publisher"] },
};
