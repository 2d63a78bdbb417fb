/** Limits of a spec's settings, in one form for every cloud, so that one review serves all of them. */
import type { Code } from "../diagnostics/catalogue";

export interface CloudLimits {
  readonly regions: RegionFacts;
  readonly names: NameFacts;
  readonly tags: TagFacts;
  readonly retention: RetentionFacts;
  readonly inspection: InspectionFacts;
  readonly quotas: QuotaFacts;
}

/** A form of text that the cloud refuses, and the reason as a whole sentence. */
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
    /** The table has fewer availability zones than the spec asks for. */
    readonly zones: Code;
    /** The spec names an availability zone that the region does not have. */
    readonly zone: Code;
  };
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
  /** Whether the review reports a region that looks like a listed one, although the spec names its zones. */
  readonly warnsOfSimilar?: true;
  /** The form of a region's name; absent if no other spelling is common. */
  readonly form?: RegExp;
  /** Regions of the same owner where every service has another name. */
  readonly foreign?: Refusal & { readonly code: Code };
}

interface TagFacts {
  readonly code: Code;
  readonly countCode: Code;
  readonly keys: TextFacts;
  readonly values: TextFacts;
  /** Whether two keys that differ in capitals only are one key. */
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
  /** The number of them that the enclave itself uses. */
  readonly own: number;
}

interface RetentionFacts {
  readonly most?: { readonly code: Code; readonly days: number; readonly why: string };
  readonly longer: readonly LongerRetention[];
}

/** Logs that the cloud may keep longer than the spec requires. */
interface LongerRetention {
  readonly code: Code;
  readonly logs: string;
  readonly why: string;
  /** For how many days the cloud keeps logs that the spec requires for so many days. */
  readonly kept: (days: number) => number | "for ever";
}

/** The user's setting that the inspection of requests needs. */
interface InspectionFacts {
  /** Its key in the spec. */
  readonly setting: string;
  readonly needs: string;
  readonly why: string;
}

interface QuotaFacts {
  /** More than the cloud ever grants. */
  readonly most: Code;
  /** More than the cloud gives without a request. */
  readonly normal: Code;
  /** Who has this default: "An account". */
  readonly holder: string;
}
