/** The form of the facts in `aws.ts`, `azure.ts` and `google.ts`. Nobody needs a provider to read them. */
import type { z } from "zod";
import type { CloudLimits } from "./limits";
import type { Service } from "./services";

type Text = z.ZodType<string, string>;
type Keys = z.ZodObject<Record<string, Text>>;

export interface CloudFacts extends CloudLimits {
  readonly title: string;
  /** Other words for its id. They are proposed, never read. */
  readonly synonyms: readonly string[];
  /** The type of the backend that keeps Terraform's state in this cloud. */
  readonly backend: string;
  /** Its oldest region. An example, never a guess at the region that is meant. */
  readonly exampleRegion: string;
  /** The product behind each service, in the words of the documentation, and other words for the service. */
  readonly services: Readonly<Record<Service, readonly [product: string, ...synonyms: string[]]>>;
  /** Domains below which the cloud serves its APIs and registries. */
  readonly domains: readonly string[];
  /** Labels of host names in these domains that tell the service. */
  readonly labels: Readonly<Partial<Record<Service, RegExp>>>;
  /** Role rules that apply to this cloud alone, each with its condition. */
  readonly rules: Readonly<Record<string, string>>;
  /** One resource of an endpoint. */
  readonly resource: Text;
  /** The resources of an endpoint that names none. */
  readonly withoutResources: string;
  /** One consumer of a published service. */
  readonly consumer: Text;
  /** The link to an external network. */
  readonly link: Keys;
  /** The target of a custom service. */
  readonly target: Keys;
  /** The block of the spec that has the cloud's own name. */
  readonly settings: z.ZodObject;
}
