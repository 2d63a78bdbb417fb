/** The form of the facts in `aws.ts`, `azure.ts` and `google.ts`. Nobody needs a provider to read them. */
import type { z } from "zod";
import type { Code } from "../diagnostics/catalogue";
import type { Service } from "./services";

type Text = z.ZodType<string, string>;
type Keys = z.ZodObject<Record<string, Text>>;

/** A form of text that the cloud refuses, and the reason as a whole sentence. */
interface Refused {
  readonly code: Code;
  readonly form: RegExp;
  readonly why: string;
}

export interface CloudFacts {
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
  readonly regions: RegionFacts;
  /** Names that no enclave can have. `{word}` in a reason stands for the refused part of the name. */
  readonly names: Refused & { readonly ignoresHyphens?: true };
  readonly tags: {
    readonly code: Code;
    readonly countCode: Code;
    readonly keys: TextFacts;
    readonly values: TextFacts;
    /** Whether two keys that differ in capitals only are one key. */
    readonly ignoresCase?: true;
    readonly most: TagLimit;
    /** In an enclave with private endpoints. */
    readonly mostWithEndpoints?: TagLimit;
  };
  readonly retention: {
    readonly most?: {
      readonly code: Code;
      readonly days: number;
      readonly why: string;
      /** The key of `logging` that names a store of the user's own, which keeps logs as long as it likes. */
      readonly unless?: string;
    };
    /** Logs that the cloud may keep longer than the spec requires. */
    readonly longer: readonly {
      readonly code: Code;
      readonly logs: string;
      readonly why: string;
      /** For how many days the cloud keeps logs that the spec requires for so many days. */
      readonly kept: (days: number) => number | "for ever";
    }[];
    /** Whether `logging.lock` locks them, and what follows. */
    readonly lock: { readonly holds: boolean; readonly why: string };
  };
  /** The user's setting, by its key in the spec, that the inspection of requests needs. */
  readonly inspection: Readonly<Record<"setting" | "needs" | "why", string>>;
  /** Codes for more than the cloud ever grants, and than it gives without a request; who has this default. */
  readonly quotas: { readonly most: Code; readonly normal: Code; readonly holder: string };
  /** One resource of an endpoint, and the resources of an endpoint that names none. */
  readonly resource: Text;
  readonly withoutResources: string;
  /** One action that the policy of an endpoint can let through. */
  readonly action: Text;
  /** One consumer of a published service, the link to an external network, the target of a custom service. */
  readonly consumer: Text;
  readonly link: Keys;
  readonly target: Keys;
  /** Services for which the cloud demands something of a zone's subnets; a provider says which it can place. */
  readonly platforms: readonly string[];
  /** The block of the spec that has the cloud's own name, and the one of this name in `logging`. */
  readonly settings: z.ZodObject;
  readonly logging: z.ZodObject;
}

export interface RegionFacts {
  /** `zones`: fewer than needed. `zone`: not in the region. `similar`: like a listed one, else `unlisted`. */
  readonly codes: Readonly<Record<"unlisted" | "zones" | "zone", Code>> & { readonly similar?: Code };
  /**
   * Regions by the ends of their zone names, with spaces between: `{ abc: "us-east-2 us-west-2" }`. The key
   * is empty for regions without zones, and for regions whose zones differ from account to account.
   */
  readonly table: Readonly<Record<string, string>>;
  /** A zone name begins with this, `{region}` filled in, and goes on in this form, usually one of `ends`. */
  readonly zoneStart: string;
  readonly zoneEnd: RegExp;
  readonly ends: string;
  /** Whether a spec may name zones of a region for which the table has no zones. */
  readonly zonesDiffer?: true;
  /** Whether a region without zones holds an enclave of one zone: the whole region. */
  readonly isOneZone?: true;
  /** Whether the review reports a region that looks like a listed one, although the spec names its zones. */
  readonly warnsOfSimilar?: true;
  /** The form of a region's name. */
  readonly form: RegExp;
  /** Regions of the same owner where every service has another name. */
  readonly foreign?: Refused;
}

export interface TextFacts {
  /** Forms that are refused, each with its reason. */
  readonly refused: readonly (readonly [form: RegExp, why: string])[];
  /** In UTF-16 code units. */
  readonly longest: number;
}

/** `own`: the number of them that the enclave itself uses. */
type TagLimit = { readonly on: string; readonly all: number; readonly own: number };
