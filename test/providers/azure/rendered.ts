/** Specs rendered for Azure. */
import type { LocatedDiagnostic } from "../../../src/diagnostics/diagnostic";
import {
  type Rendered,
  type Result,
  render as renderFor,
  review as reviewFor,
  synth as synthFor,
} from "../../support/rendered";

export type { Rendered } from "../../support/rendered";
export type Spec = Readonly<Record<string, unknown>>;

/** What every spec needs and few tests are about; `spec` comes after it. */
const withDefaults = (spec: Spec): Spec => ({
  name: "case",
  region: { azure: "eastus2" },
  cidr: "10.20.0.0/16",
  zones: { app: { exposure: "private", prefix: 26 } },
  ...spec,
});

export const synth = (spec: Spec, lock?: string): Result => synthFor("azure", withDefaults(spec), lock);
export const review = (spec: Spec, lock?: string): readonly LocatedDiagnostic[] =>
  reviewFor("azure", withDefaults(spec), lock);
export const render = (spec: Spec, lock?: string): Rendered => renderFor("azure", withDefaults(spec), lock);
