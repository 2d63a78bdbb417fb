/** All clouds by their ids, and the questions that need more than one cloud for an answer. */
import type { z } from "zod";
import type { Words } from "../diagnostics/did-you-mean";
import { AWS } from "./aws";
import { AZURE } from "./azure";
import { CLOUDS, type Cloud } from "./cloud";
import type { CloudFacts } from "./cloud-facts";
import { GOOGLE } from "./google";
import { SERVICE_NAMES, SERVICES, type Service } from "./services";

const FACTS = { aws: AWS, azure: AZURE, google: GOOGLE } as const;

type Facts = typeof FACTS;
export type CloudRule = { [C in keyof Facts]: keyof Facts[C]["rules"] }[keyof Facts];
export type SettingsShapes = { readonly [C in keyof Facts]: Facts[C]["settings"] };
export type LoggingShapes = { readonly [C in keyof Facts]: Facts[C]["logging"] };
/** What a spec says of each cloud's logs, with defaults. */
export type CloudLogging = { readonly [C in keyof Facts]: z.output<Facts[C]["logging"]> };
/** The block of each cloud in a spec; empty when the spec has no such block. */
export type CloudSettings = { readonly [C in keyof Facts]: z.output<Facts[C]["settings"]> };

export const CLOUD_FACTS: Readonly<Record<Cloud, CloudFacts>> = FACTS;

/** One value for each cloud, under its id. This function makes all objects with a key for each cloud. */
export const byCloud = <T>(of: (cloud: Cloud, facts: CloudFacts) => T): Readonly<Record<Cloud, T>> =>
  Object.fromEntries(CLOUDS.map((cloud) => [cloud, of(cloud, CLOUD_FACTS[cloud])])) as Record<Cloud, T>;

/** The cloud's domain that holds the name of an egress rule, and the service if the name shows it. */
export function managedServiceOf(
  name: string,
): { readonly domain: string; readonly service?: Service } | undefined {
  const base = name.replace(/^\*\./, "");
  for (const { domains, labels } of Object.values(CLOUD_FACTS)) {
    const domain = domains.find((each) => base === each || base.endsWith(`.${each}`));
    if (domain === undefined) continue;
    const parts = base.split(".");
    const service = SERVICE_NAMES.find((each) => parts.some((label) => labels[each]?.test(label)));
    return { domain, ...(service === undefined ? {} : { service }) };
  }
  return undefined;
}

/** The services with all words for them: their own, and their names on each cloud. */
export const SERVICE_WORDS: Words = Object.fromEntries(
  SERVICE_NAMES.map((service) => {
    const onClouds = CLOUDS.flatMap((cloud) => CLOUD_FACTS[cloud].services[service].slice(1));
    return [service, { synonyms: [...SERVICES[service].synonyms, ...onClouds] }];
  }),
);
