/**
 * The parts of a spec that a cloud may be unable to hold. A spec that uses one which its cloud does not support is refused with
 * the cloud's reason; nothing is dropped in silence.
 */
import type { SpecPath } from "../diagnostics/diagnostic";
import type { Service } from "./enclave";

export type Feature = "external-networks" | "publish" | "mesh" | "inspection-request" | `service:${Service}`;

export interface UsedFeature {
  readonly feature: Feature;
  /** The spec item that asks for it. */
  readonly path: SpecPath;
}
