/** Regions of the clouds that lie in one country or continent, so that a proposal does not move data across a border of law. */
import { CLOUDS, type Cloud } from "./cloud";

interface Place {
  readonly regions: Readonly<Record<Cloud, string>>;
  /** Regions of any cloud that lie there. */
  readonly names: RegExp;
}

/** Countries before the continents that they lie in. Regions of governments are nobody's neighbours. */
const PLACES: readonly Place[] = [
  {
    regions: { aws: "eu-west-2", azure: "uksouth", google: "europe-west2" },
    names: /^(?:eu-west-2$|uk|europe-west2$)/,
  },
  {
    regions: { aws: "eu-central-2", azure: "switzerlandnorth", google: "europe-west6" },
    names: /^(?:eu-central-2$|switzerland|europe-west6$)/,
  },
  {
    regions: { aws: "eu-central-1", azure: "germanywestcentral", google: "europe-west3" },
    names:
      /^(?:eu-|europe-|austria|belgium|france|germany|italy|northeurope|norway|poland|spain|sweden|westeurope)/,
  },
  {
    regions: { aws: "ca-central-1", azure: "canadacentral", google: "northamerica-northeast1" },
    names: /^(?:ca-|canada|northamerica-northeast)/,
  },
  {
    regions: { aws: "us-east-1", azure: "eastus2", google: "us-east1" },
    names: /^(?:us-(?!gov|iso)|(?:north|south|west)?(?:east|west|central)us\d?$)/,
  },
  {
    regions: { aws: "sa-east-1", azure: "brazilsouth", google: "southamerica-east1" },
    names: /^(?:sa-east-1$|brazil|southamerica-east1$)/,
  },
  {
    regions: { aws: "ap-southeast-2", azure: "australiaeast", google: "australia-southeast1" },
    names: /^(?:ap-southeast-[24]$|australia)/,
  },
  {
    regions: { aws: "ap-south-1", azure: "centralindia", google: "asia-south1" },
    names: /^(?:ap-south-|asia-south\d|\w+india$)/,
  },
  {
    regions: { aws: "ap-northeast-1", azure: "japaneast", google: "asia-northeast1" },
    names: /^(?:ap-northeast-[13]$|japan|asia-northeast[12]$)/,
  },
];

/** The region of another cloud in the same place; undefined where none is known, and then none is proposed. */
export const regionNear = (region: string, cloud: Cloud): string | undefined =>
  PLACES.find(({ names }) => names.test(region))?.regions[cloud];

const FORMS: Readonly<Record<Cloud, RegExp>> = {
  aws: /^[a-z]{2}(?:-[a-z]+)+-\d$/,
  azure: /^[a-z]+\d?$/,
  google: /-[a-z]+\d+$/,
};

/** The cloud that names its regions so. */
export const cloudNaming = (region: string): Cloud | undefined =>
  CLOUDS.find((cloud) => FORMS[cloud].test(region));
