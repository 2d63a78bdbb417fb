/** Limits of a spec's settings: of one form for every cloud, so that one review asks all of them the same questions. */
import type { Code } from "../diagnostics/catalogue";

export interface CloudLimits {
  readonly regions: RegionFacts;
  readonly names: NameFacts;
  readonly tags: TagFacts;
  readonly retention: RetentionFacts;
  readonly inspection: InspectionFacts;
  readonly quotas: QuotaFacts;
}

/** A form of text that is refused, and why in a whole sentence. */
export interface Refusal {
  readonly form: RegExp;
  readonly why: string;
}

/** Names that no enclave can have. */
interface NameFacts {
  readonly code: Code;
  /** `{word}` in a reason stands for the refused part of the name. */
  readonly refused: readonly Refusal[];
  readonly ignoresHyphens?: true;
}

export interface RegionFacts {
  readonly codes: {
    /** The region is not in the table, but looks like one that is. */
    readonly similar: Code;
    /** The region is not in the table. */
    readonly unlisted: Code;
    /** Fewer availability zones are known than are asked for. */
    readonly zones: Code;
    /** The spec names an availability zone that is not one of the region. */
    readonly zone: Code;
  };
  /**
   * Regions by what ends the names of their availability zones, with spaces between: `{ abc: "us-east-2 us-west-2" }`. The key is
   * empty for regions that have no zones, or whose zones differ from account to account.
   */
  readonly table: Readonly<Record<string, string>>;
  /** The name of an availability zone begins with this, `{region}` filled in, and goes on in this form, usually with one of `ends`. */
  readonly zoneStart: string;
  readonly zoneEnd: RegExp;
  readonly ends: string;
  /** Whether a spec may name zones of a region for which the table has none. */
  readonly zonesDiffer?: true;
  /** Whether a region that the spec names zones for is still reported when it looks like a listed one. */
  readonly warnsOfSimilar?: true;
  /** How a region is written; absent where no other spelling is common. */
  readonly form?: RegExp;
  /** Regions of the same owner where every service has another name. */
  readonly foreign?: Refusal & { readonly code: Code };
}

interface TagFacts {
  readonly code: Code;
  readonly countCode: Code;
  readonly keys: TextFacts;
  readonly values: TextFacts;
  /** Whether two keys are one that differ in capitals only. */
  readonly ignoresCase?: true;
  readonly most: TagLimit;
  /** In an enclave with private endpoints. */
  readonly mostWithEndpoints?: TagLimit;
}

export interface TextFacts {
  readonly refused: readonly Refusal[];
  /** In UTF-16 code units. */
  readonly longest: number;
}

interface TagLimit {
  readonly on: string;
  readonly all: number;
  /** So many of them are the enclave's own. */
  readonly own: number;
}

interface RetentionFacts {
  readonly most?: { readonly code: Code; readonly days: number; readonly why: string };
  readonly longer: readonly LongerRetention[];
}

/** Logs that may be kept longer than they have to be. */
interface LongerRetention {
  readonly code: Code;
  readonly logs: string;
  readonly why: string;
  /** For how long logs are kept that have to be kept for so many days. */
  readonly kept: (days: number) => number | "for ever";
}

/** The setting of the user that the inspection of requests needs. */
interface InspectionFacts {
  /** Its key in the spec. */
  readonly setting: string;
  readonly needs: string;
  readonly why: string;
  /** As YAML. */
  readonly example: (region: string) => string;
}

interface QuotaFacts {
  /** More than the cloud grants at all. */
  readonly most: Code;
  /** More than there is without asking. */
  readonly normal: Code;
  /** Who has the default: "An account". */
  readonly holder: string;
}
