/**
 * What azurerm 5 spells otherwise than azurerm 4, whose classes render both. One line for each argument that is gone or newly
 * required among those that an enclave uses; everything else is the same document.
 * https://registry.terraform.io/providers/hashicorp/azurerm/latest/docs/guides/5.0-upgrade-guide
 */
interface Difference {
  /** Arguments that 5 refuses, as the classes spell them. */
  readonly gone: readonly string[];
  /** What 5 takes instead, as Terraform spells it, from what 4 would get. */
  readonly instead: (old: Readonly<Record<string, unknown>>) => Readonly<Record<string, unknown>>;
  readonly reason: string;
}

const access = (enabled: unknown): string => (enabled === true ? "Enabled" : "Disabled");

/** The id of what an expression names: `${azurerm_private_dns_zone.x.name}` to `${azurerm_private_dns_zone.x.id}`. */
const idBehind = (name: unknown): string => String(name).replace(/\.name\}$/, ".id}");

export const DIFFERENCES: Readonly<Record<string, readonly Difference[]>> = {
  azurerm_log_analytics_workspace: [
    {
      gone: ["internetIngestionEnabled"],
      instead: (old) => ({ internet_ingestion_access_type: access(old["internetIngestionEnabled"]) }),
      reason: "a switch became a choice of three, and left out it is open",
    },
    {
      gone: ["internetQueryEnabled"],
      instead: (old) => ({ internet_query_access_type: access(old["internetQueryEnabled"]) }),
      reason: "a switch became a choice of three, and left out it is open",
    },
  ],
  azurerm_private_dns_zone_virtual_network_link: [
    {
      gone: ["privateDnsZoneName", "resourceGroupName"],
      instead: (old) => ({ private_dns_zone_id: idBehind(old["privateDnsZoneName"]) }),
      reason: "a link names its zone by id",
    },
  ],
  azurerm_private_dns_a_record: [
    {
      gone: ["zoneName", "resourceGroupName"],
      instead: (old) => ({ private_dns_zone_id: idBehind(old["zoneName"]) }),
      reason: "a record names its zone by id",
    },
  ],
};

export interface Adapted<Config> {
  readonly config: Config;
  readonly extra: Readonly<Record<string, unknown>>;
}

/** A resource's arguments for the major version asked for; `config` as the classes take it, `extra` as Terraform spells it. */
export function adapt<Config extends object>(
  major: number | undefined,
  type: string,
  config: Config,
): Adapted<Config> {
  const differences = major === 5 ? (DIFFERENCES[type] ?? []) : [];
  const old = config as Readonly<Record<string, unknown>>;
  const gone = new Set(differences.flatMap((difference) => difference.gone));
  const kept = Object.fromEntries(Object.entries(old).filter(([argument]) => !gone.has(argument))) as Config;
  return {
    config: kept,
    extra: Object.assign({}, ...differences.map((difference) => difference.instead(old))),
  };
}

/** What Terraform is to install for a major version: from the first version whose every argument is known here. */
export const versionRange = (major: number | undefined): string =>
  major === 5 ? ">= 5.2.0, < 6.0.0" : ">= 4.55.0, < 5.0.0";
