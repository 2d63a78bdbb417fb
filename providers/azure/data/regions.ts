/**
 * Regions of the public Azure cloud and which of them have availability zones: Microsoft's page of 2025-09-23, the newest that could
 * be read on 2026-11-21, without what it announces only (Denmark East). Newer regions need zoneNames. Zones are numbers, the same in
 * every region, but which building a number means differs from subscription to subscription.
 * https://learn.microsoft.com/en-us/azure/reliability/regions-list
 */
import type { NetworkPlan } from "../../../src/plan/network-plan";
import { regionFor, slotNamesFor } from "../../shared/regions";

export const ZONES = ["1", "2", "3"] as const;

const WITH_ZONES = [
  ...[
    "australiaeast",
    "austriaeast",
    "belgiumcentral",
    "brazilsouth",
    "canadacentral",
    "centralindia",
    "centralus",
    "chilecentral",
  ],
  ...[
    "eastasia",
    "eastus",
    "eastus2",
    "francecentral",
    "germanywestcentral",
    "indonesiacentral",
    "israelcentral",
  ],
  ...[
    "italynorth",
    "japaneast",
    "japanwest",
    "koreacentral",
    "malaysiawest",
    "mexicocentral",
    "newzealandnorth",
    "northeurope",
  ],
  ...[
    "norwayeast",
    "polandcentral",
    "qatarcentral",
    "southafricanorth",
    "southcentralus",
    "southeastasia",
    "spaincentral",
  ],
  ...["swedencentral", "switzerlandnorth", "uaenorth", "uksouth", "westeurope", "westus2", "westus3"],
];

const WITHOUT_ZONES = [
  ...[
    "australiacentral",
    "australiacentral2",
    "australiasoutheast",
    "brazilsoutheast",
    "canadaeast",
    "francesouth",
    "germanynorth",
  ],
  ...[
    "koreasouth",
    "northcentralus",
    "norwaywest",
    "southafricawest",
    "southindia",
    "swedensouth",
    "switzerlandwest",
    "uaecentral",
  ],
  ...["ukwest", "westcentralus", "westindia", "westus"],
];

export const KNOWN_REGIONS: readonly string[] = [...WITH_ZONES, ...WITHOUT_ZONES].sort();

/** Other clouds of Microsoft, with other names for every service: nothing of theirs is in the tables here. */
export const isSovereign = (region: string): boolean => /^(usgov|usdod|china|ussec|usnat)/.test(region);

export const regionOf = (plan: NetworkPlan): string => regionFor(plan, "azure");

export const zoneNamesOf = (plan: NetworkPlan): readonly string[] | undefined =>
  slotNamesFor(plan, "azure", WITH_ZONES.includes(regionOf(plan)) ? ZONES : []);

/**
 * A public address lies in one zone or in all of them; asked for two it reports three, and the next plan replaces it.
 * https://github.com/hashicorp/terraform-provider-azurerm/issues/16470
 */
export const publicAddressZones = (plan: NetworkPlan): readonly string[] =>
  WITH_ZONES.includes(regionOf(plan)) ? ZONES : (plan.slotNames.azure ?? []);
