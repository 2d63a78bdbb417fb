/**
 * Zones by region, as Google's documentation listed them on 2026-11-21. A subnetwork spans its whole region, so the names only
 * say where workloads of a slot belong; they still have to exist.
 * https://docs.cloud.google.com/compute/docs/regions-zones
 */
import type { NetworkPlan } from "../../../src/plan/network-plan";
import { regionFor, slotNamesFor } from "../../shared/regions";

const ZONE_LETTERS: Readonly<Record<string, string>> = {
  "africa-south1": "abc",
  "asia-east1": "abc",
  "asia-east2": "abc",
  "asia-northeast1": "abc",
  "asia-northeast2": "abc",
  "asia-northeast3": "abc",
  "asia-south1": "abc",
  "asia-south2": "abc",
  "asia-southeast1": "abc",
  "asia-southeast2": "abc",
  "australia-southeast1": "abc",
  "australia-southeast2": "abc",
  "europe-central2": "abc",
  "europe-north1": "abc",
  "europe-north2": "abc",
  "europe-southwest1": "abc",
  "europe-west1": "bcd",
  "europe-west10": "abc",
  "europe-west12": "abc",
  "europe-west2": "abc",
  "europe-west3": "abc",
  "europe-west4": "abc",
  "europe-west6": "abc",
  "europe-west8": "abc",
  "europe-west9": "abc",
  "me-central1": "abc",
  "me-central2": "abc",
  "me-west1": "abc",
  "northamerica-northeast1": "abc",
  "northamerica-northeast2": "abc",
  "northamerica-south1": "abc",
  "southamerica-east1": "abc",
  "southamerica-west1": "abc",
  "us-central1": "abcf",
  "us-east1": "bcd",
  "us-east4": "abc",
  "us-east5": "abc",
  "us-south1": "abc",
  "us-west1": "abc",
  "us-west2": "abc",
  "us-west3": "abc",
  "us-west4": "abc",
};

export const KNOWN_REGIONS: readonly string[] = Object.keys(ZONE_LETTERS);

export const regionOf = (plan: NetworkPlan): string => regionFor(plan, "google");

/** False for a region that is probably mistyped, and that nothing else can be held to. */
export const isKnown = (plan: NetworkPlan): boolean =>
  KNOWN_REGIONS.includes(regionOf(plan)) || plan.slotNames.google !== undefined;

export function zoneNamesOf(plan: NetworkPlan): readonly string[] | undefined {
  const region = regionOf(plan);
  const letters = Object.hasOwn(ZONE_LETTERS, region) ? (ZONE_LETTERS[region] ?? "") : "";
  return slotNamesFor(
    plan,
    "google",
    [...letters].map((letter) => `${region}-${letter}`),
  );
}
