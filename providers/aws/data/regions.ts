/**
 * Availability zones by region, as the AWS documentation listed them on 2026-11-21. Only zones that every account sees under
 * these names: where accounts differ (us-west-1), the spec has to name its own.
 * https://docs.aws.amazon.com/global-infrastructure/latest/regions/aws-availability-zones.html
 */
import type { NetworkPlan } from "../../../src/plan/network-plan";
import { regionFor, slotNamesFor } from "../../shared/regions";

const ZONE_LETTERS: Readonly<Record<string, string>> = {
  "af-south-1": "abc",
  "ap-east-1": "abc",
  "ap-northeast-1": "acd",
  "ap-northeast-2": "abcd",
  "ap-northeast-3": "abc",
  "ap-south-1": "abc",
  "ap-south-2": "abc",
  "ap-southeast-1": "abc",
  "ap-southeast-2": "abc",
  "ap-southeast-3": "abc",
  "ap-southeast-4": "abc",
  "ca-central-1": "abd",
  "ca-west-1": "abc",
  "eu-central-1": "abc",
  "eu-central-2": "abc",
  "eu-north-1": "abc",
  "eu-south-1": "abc",
  "eu-south-2": "abc",
  "eu-west-1": "abc",
  "eu-west-2": "abc",
  "eu-west-3": "abc",
  "il-central-1": "abc",
  "me-central-1": "abc",
  "me-south-1": "abc",
  "sa-east-1": "abc",
  "us-east-1": "abcdf",
  "us-east-2": "abc",
  "us-gov-east-1": "abc",
  "us-gov-west-1": "abc",
  "us-west-2": "abc",
};

export const KNOWN_REGIONS: readonly string[] = Object.keys(ZONE_LETTERS);

/** Real, but not in the table, because accounts see different availability zones there. */
const ACCOUNTS_DIFFER: readonly string[] = ["us-west-1"];

/** Regions that are known to be there, whether or not their availability zones are. */
export const isRegion = (region: string): boolean =>
  KNOWN_REGIONS.includes(region) || ACCOUNTS_DIFFER.includes(region);

/** Partitions whose services answer under other names than amazonaws.com, or that have endpoint names of their own. */
const OTHER_NAMES = /^(cn|us-iso[a-z]?|eu-isoe|eusc)-/;

export const isForeign = (region: string): boolean => OTHER_NAMES.test(region);

export const regionOf = (plan: NetworkPlan): string => regionFor(plan, "aws");

/** The second part of every ARN in the enclave's region; undefined where the region itself is refused. */
export function partitionOf(plan: NetworkPlan): string | undefined {
  const region = regionOf(plan);
  if (isForeign(region) || (!isRegion(region) && plan.slotNames.aws === undefined)) return undefined;
  return region.startsWith("us-gov-") ? "aws-us-gov" : "aws";
}

export function zoneNamesOf(plan: NetworkPlan): readonly string[] | undefined {
  const region = regionOf(plan);
  const letters = Object.hasOwn(ZONE_LETTERS, region) ? (ZONE_LETTERS[region] ?? "") : "";
  return slotNamesFor(
    plan,
    "aws",
    [...letters].map((letter) => `${region}${letter}`),
  );
}
