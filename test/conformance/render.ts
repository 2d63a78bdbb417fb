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

/** The spec's promises put to a document. */
export function asking(column: Column, spec: SpecName, document: TerraformDocument): Asked {
  const { enclave, addresses } = renderedFor(column, spec);
  return askedOf(column.cloud, document, enclave, addresses);
}

const kept = new Map<string, Asked>();

/** They are put to the spec's own document many times, and it is read once. */
export function askingOwn(column: Column, spec: SpecName): Asked {
  const key = `${column.name} ${spec}`;
  const asked = kept.get(key) ?? asking(column, spec, documentOf(column, spec));
  kept.set(key, asked);
  return asked;
}

export const SPEC_NAMES = Object.keys(SPECS) as SpecName[];
