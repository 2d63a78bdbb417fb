/** Specs rendered for AWS. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type Rendered, type Result, render as renderFor, type Spec, synth as synthFor } from "../../support/rendered";

export type { Rendered, Spec } from "../../support/rendered";

export const EXAMPLE = readFileSync(join(__dirname, "../../../examples/private-rag/private-rag.enclave.yaml"), "utf8");

export const synth = (spec: Spec, lock?: string): Result => synthFor("aws", spec, lock);
export const render = (spec: Spec, lock?: string): Rendered => renderFor("aws", spec, lock);
