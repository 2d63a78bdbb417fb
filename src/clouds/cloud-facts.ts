/** The form of what the product knows of a cloud by itself, before any provider: `aws.ts`, `azure.ts` and `google.ts` fill it in. */
import type { z } from "zod";
import type { CloudLimits } from "./limits";
import type { Service } from "./services";

/** Countries and continents in which data stays, each country before the continent that it lies in. */
export const PLACES = [
  "united-kingdom",
  "switzerland",
  "europe",
  "canada",
  "united-states",
  "brazil",
  "australia",
  "india",
  "japan",
] as const;
export type Place = (typeof PLACES)[number];

interface Region {
  readonly region: string;
  /** All names that regions of this place have or had. Regions of governments belong to no place. */
  readonly names: RegExp;
}

interface CloudService {
  /** The documentation's words for what a private endpoint of this service leads to. */
  readonly product: string;
  readonly synonyms: readonly string[];
  /** Labels of a host name that tell the service. */
  readonly labels?: RegExp;
}

type Text = z.ZodType<string, string>;
type Keys = z.ZodObject<Record<string, Text>>;

export interface CloudFacts extends CloudLimits {
  readonly title: string;
  /** Other words for its id in a spec. They are proposed, never read. */
  readonly synonyms: readonly string[];
  /** The type of the backend that keeps Terraform's state in this cloud. */
  readonly backend: string;
  /** Its oldest region: no guess at the region that is meant, but one that exists. */
  readonly exampleRegion: string;
  readonly regionForm: RegExp;
  readonly places: Readonly<Record<Place, Region>>;
  /** Domains below which it serves its APIs and registries. */
  readonly domains: readonly string[];
  readonly services: Readonly<Record<Service, CloudService>>;
  /** Role rules that are judged for this cloud alone, each with the condition that it holds. */
  readonly rules: Readonly<Record<string, string>>;
  /** One resource of a private endpoint. */
  readonly resource: Text;
  /** What a private endpoint leads to that names no resources. */
  readonly withoutResources: string;
  /** One consumer of a published service. */
  readonly consumer: Text;
  /** How an external network is reached. */
  readonly link: Keys;
  /** How a custom service is found. */
  readonly target: Keys;
  /** The block of the spec with the cloud's own name: what exists already. */
  readonly settings: z.ZodObject;
}
