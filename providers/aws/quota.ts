/** A number that AWS limits, by default and at most. */
import type { Diagnostic, SpecPath } from "../../src/diagnostics/diagnostic";
import { error, warning } from "../../src/diagnostics/make";

export interface Quota {
  readonly what: string;
  readonly count: number;
  /** What an account has without asking. */
  readonly normal: number;
  /** What AWS grants at most. */
  readonly most: number;
  readonly path: SpecPath;
}

/** A warning above the default, an error above the maximum. */
export function judge({ what, count, normal, most, path }: Quota): Diagnostic[] {
  if (count <= normal) return [];
  const facts = { count, default: normal, maximum: most };
  if (count > most) {
    return [
      error("aws-quota", path, `${what}: ${count} needed, AWS takes ${most} at most`, "", {
        facts,
        fix: "split the enclave, or merge what can be merged",
      }),
    ];
  }
  const detail = `An account has ${normal} by default, and up to ${most} on request; without a higher quota the apply fails.`;
  return [warning("aws-quota-default", path, `${what}: ${count} needed, ${normal} by default`, detail, { facts })];
}
