/** Numbers that a cloud limits, counted on the plan before anything is rendered. */
import type { Cloud } from "../../../src/clouds/cloud";
import { CLOUD_FACTS } from "../../../src/clouds/clouds";
import type { Diagnostic, SpecPath } from "../../../src/diagnostics/diagnostic";
import { error, warning } from "../../../src/diagnostics/make";

export interface Quota {
  readonly what: string;
  readonly count: number;
  /** How many there are without asking. */
  readonly normal: number;
  /** Absent: the cloud does not say. */
  readonly most?: number;
  readonly path: SpecPath;
}

/** A limit that the cloud raises on request. */
export const raised = (what: string, count: number, normal: number, most: number, path: SpecPath): Quota => {
  return { what, count, normal, most, path };
};

/** A limit that nobody can raise. */
export const fixed = (what: string, count: number, most: number, path: SpecPath): Quota =>
  raised(what, count, most, most, path);

/** An error above what the cloud grants, a warning above what there is without asking. */
export function* reviewQuotas(all: readonly Quota[], cloud: Cloud): Iterable<Diagnostic> {
  const { title, quotas } = CLOUD_FACTS[cloud];
  for (const { what, count, normal, most, path } of all) {
    if (count <= normal) continue;
    const facts = { count, default: normal, ...(most === undefined ? {} : { maximum: most }) };
    if (most !== undefined && count > most) {
      const summary = `${what}: ${count} needed, ${title} takes ${most} at most`;
      yield error(quotas.most, path, summary, "Split the enclave, or merge what can be merged.", { facts });
      continue;
    }
    const request = most === undefined ? "" : `, and up to ${most} on request`;
    const detail = `${quotas.holder} has ${normal} by default${request}. Without a higher quota the apply fails.`;
    yield warning(quotas.normal, path, `${what}: ${count} needed, ${normal} by default`, detail, { facts });
  }
}
