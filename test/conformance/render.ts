/** Each spec rendered once for each column, and what the promises are asked of. */
import type { Asked } from "../../src/verifier/promises/promise";
import type { TerraformDocument } from "../../src/verifier/terraform/document";
import { askedOf } from "../../src/verifier/verify";
import { type Rendered, render } from "../support/rendered";
import type { Column } from "./columns";
import { SPECS, type SpecName } from "./specs";

/** Throws with the diagnostics when the cloud refuses the spec. */
export const renderedFor = ({ cloud, terraform }: Column, spec: SpecName): Rendered =>
  render(cloud, { ...SPECS[spec], ...(terraform === undefined ? {} : { terraform }) });

export const documentOf = (column: Column, spec: SpecName): TerraformDocument =>
  renderedFor(column, spec).document;

/** The spec's promises put to its own document, or to another. */
export function asking(column: Column, spec: SpecName, document = documentOf(column, spec)): Asked {
  const { enclave, addresses } = renderedFor(column, spec);
  return askedOf(column.cloud, document, enclave, addresses);
}

export const SPEC_NAMES = Object.keys(SPECS) as SpecName[];
