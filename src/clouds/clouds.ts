/** All clouds by their ids, and the questions that take more than one of them to answer. */
import type { z } from "zod";
import type { Words } from "../diagnostics/did-you-mean";
import { AWS } from "./aws";
import { AZURE } from "./azure";
import { CLOUDS, type Cloud } from "./cloud";
import { type CloudFacts, PLACES } from "./cloud-facts";
import { GOOGLE } from "./google";
import { SERVICE_NAMES, SERVICES, type Service } from "./services";

const FACTS = { aws: AWS, azure: AZURE, google: GOOGLE } as const satisfies Readonly<
  Record<Cloud, CloudFacts>
>;

type Facts = typeof FACTS;
export type CloudRule = { [C in keyof Facts]: keyof Facts[C]["rules"] }[keyof Facts];
export type SettingsShapes = { readonly [C in keyof Facts]: Facts[C]["settings"] };
/** What a spec says in the block of each cloud; empty for an absent block. */
export type CloudSettings = { readonly [C in keyof Facts]: z.output<Facts[C]["settings"]> };

export const CLOUD_FACTS: Readonly<Record<Cloud, CloudFacts>> = FACTS;

/** One value for each cloud, under its id. All objects with a key for each cloud are made here. */
export const byCloud = <T>(of: (cloud: Cloud, facts: CloudFacts) => T): Readonly<Record<Cloud, T>> =>
  Object.fromEntries(CLOUDS.map((cloud) => [cloud, of(cloud, CLOUD_FACTS[cloud])])) as Record<Cloud, T>;

/** The region of another cloud in the same place, so that a proposal moves no data across a border of law; undefined: unknown. */
export function regionNear(region: string, cloud: Cloud): string | undefined {
  const place = PLACES.find((each) => CLOUDS.some((one) => CLOUD_FACTS[one].places[each].names.test(region)));
  return place && CLOUD_FACTS[cloud].places[place].region;
}

/** The cloud whose regions have names of this form. */
export const cloudNaming = (region: string): Cloud | undefined =>
  CLOUDS.find((cloud) => CLOUD_FACTS[cloud].regionForm.test(region));

export interface ManagedService {
  /** The cloud's domain that the name lies in. */
  readonly domain: string;
  /** Absent where the name does not tell it. */
  readonly service?: Service;
}

/** The managed service behind a name or wildcard of an egress rule: a way around the rights of private endpoints. */
export function managedServiceOf(name: string): ManagedService | undefined {
  const base = name.replace(/^\*\./, "");
  for (const { domains, services } of Object.values(CLOUD_FACTS)) {
    const domain = domains.find((each) => base === each || base.endsWith(`.${each}`));
    if (domain === undefined) continue;
    const service = SERVICE_NAMES.find((each) =>
      base.split(".").some((label) => services[each].labels?.test(label)),
    );
    return { domain, ...(service === undefined ? {} : { service }) };
  }
  return undefined;
}

/** The services with all their synonyms: their own, and their names on each cloud. */
export const SERVICE_WORDS: Words = Object.fromEntries(
  SERVICE_NAMES.map((service) => [
    service,
    {
      synonyms: [
        ...SERVICES[service].synonyms,
        ...CLOUDS.flatMap((cloud) => CLOUD_FACTS[cloud].services[service].synonyms),
      ],
    },
  ]),
);
