/**
 * Arguments that azurerm 5 spells otherwise than azurerm 4, whose classes render both, as Terraform spells
 * them; `undefined` for one that it refuses.
 * https://registry.terraform.io/providers/hashicorp/azurerm/latest/docs/guides/5.0-upgrade-guide
 */
import { type Address, id } from "../../shared/expressions";
import type { Rendering } from "../../shared/resources";

type Arguments = Readonly<Record<string, unknown>>;

/** Two switches became choices of three values, which are open when left out. */
export const workspaceAccess = ({ plan }: Rendering): Arguments =>
  plan.azurermMajor !== 5
    ? {}
    : {
        internet_ingestion_enabled: undefined,
        internet_ingestion_access_type: "Disabled",
        internet_query_enabled: undefined,
        internet_query_access_type: plan.logging.azure.query === "public" ? "Enabled" : "Disabled",
      };

/** Links and records name their zone by id; `byName` is the argument that did. */
export const zoneById = ({ plan }: Rendering, byName: string, zone: Address): Arguments =>
  plan.azurermMajor !== 5
    ? {}
    : { [byName]: undefined, resource_group_name: undefined, private_dns_zone_id: id(zone) };
