/** Questions about the tables of regions. */
import { CLOUDS, type Cloud } from "./cloud";
import { CLOUD_FACTS } from "./clouds";

const words = (text: string): string[] => text.trim().split(/\s+/);

export const listedRegions = (cloud: Cloud): string[] =>
  Object.values(CLOUD_FACTS[cloud].regions.table).flatMap(words).sort();

/** The row of the table that has the region: the ends of its zones' names. */
export const endsIn = (cloud: Cloud, region: string): string | undefined =>
  Object.entries(CLOUD_FACTS[cloud].regions.table).find(([, regions]) =>
    words(regions).includes(region),
  )?.[0];

/** The cloud that has a region of this name. No two clouds have one. */
export const cloudOfRegion = (region: string): Cloud | undefined =>
  CLOUDS.find((cloud) => endsIn(cloud, region) !== undefined);

/** A region that has no zones, but in which an enclave of one zone can lie. */
export const isOneZone = (cloud: Cloud, region: string): boolean =>
  CLOUD_FACTS[cloud].regions.isOneZone === true && endsIn(cloud, region) === "";
