/** A number that a cloud limits, by default and at most, judged on the plan before anything is rendered. */
import type { Code } from "../../src/diagnostics/catalogue";
import type { Diagnostic, SpecPath } from "../../src/diagnostics/diagnostic";
import { error, warning } from "../../src/diagnostics/make";

export interface Quota {
  readonly what: string;
  readonly count: number;
  /** What there is without asking. */
  readonly normal: number;
  /** What the cloud grants at most; absent: it says nothing of it. */
  readonly most?: number;
  readonly path: SpecPath;
}

/** How a cloud speaks of its limits. */
export interface Limits {
  /** As its owner writes it. */
  readonly cloud: string;
  /** Codes of the error above what is granted at all, and of the warning above what there is without asking. */
  readonly codes: { readonly most: Code; readonly normal: Code };
  /** Who has how many by default, and where more come from. */
  readonly normally: (quota: Quota) => string;
}

/** A warning above the default, an error above the maximum; both numbers are said. */
export function judge({ cloud, codes, normally }: Limits, quota: Quota): Diagnostic[] {
  const { what, count, normal, most, path } = quota;
  if (count <= normal) return [];
  const facts = { count, default: normal, ...(most === undefined ? {} : { maximum: most }) };
  if (most !== undefined && count > most) {
    const fix = "# split the enclave, or merge what can be merged";
    return [
      error(codes.most, path, `${what}: ${count} needed, ${cloud} takes ${most} at most`, "", { facts, fix }),
    ];
  }
  const detail = `${normally(quota)}; without a higher quota the apply fails.`;
  return [warning(codes.normal, path, `${what}: ${count} needed, ${normal} by default`, detail, { facts })];
}
