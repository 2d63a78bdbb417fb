/** Specs rendered for AWS. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { LocatedDiagnostic } from "../../../src/diagnostics/diagnostic";
import {
  type Rendered,
  type Result,
  render as renderFor,
  review as reviewFor,
  type Spec,
  synth as synthFor,
} from "../../support/rendered";

export type { Rendered, Spec } from "../../support/rendered";

export const EXAMPLE = readFileSync(
  join(__dirname, "../../../examples/private-rag/private-rag.enclave.yaml"),
  "utf8",
);

export const synth = (spec: Spec, lock?: string): Result => synthFor("aws", spec, lock);
export const review = (spec: Spec): readonly LocatedDiagnostic[] => reviewFor("aws", spec);
export const render = (spec: Spec, lock?: string): Rendered => renderFor("aws", spec, lock);

export type Part = Readonly<Record<string, unknown>>;

/** What most tests need around the part that they are about. */
export const spec = (more: Part = {}): Spec => ({
  name: "case",
  region: "us-east-1",
  cidr: "10.20.0.0/16",
  availabilityZones: 1,
  zones: { app: { exposure: "private", hosts: 20 } },
  ...more,
});

/** `severity code path` of everything that is reported. */
export const said = (of: Spec): string[] =>
  review(of).map(({ severity, code, path }) => `${severity} ${code} ${path}`);
