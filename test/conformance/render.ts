/** Each spec rendered once for each column. */
import type { TerraformDocument } from "../../src/plan/provider";
import { render } from "../support/rendered";
import type { Column } from "./columns";
import { SPECS, type SpecName } from "./specs";

/** Throws with what was said when the cloud refuses the spec. */
export const documentOf = ({ cloud, terraform }: Column, spec: SpecName): TerraformDocument =>
  render(cloud, { ...SPECS[spec], ...(terraform === undefined ? {} : { terraform }) }).document;
