/** Everything that every sentence is put to: each cloud, and where two majors of its Terraform provider are current, each of them. */
import type { Cloud } from "../../src/clouds/cloud";

export interface Column {
  readonly name: string;
  readonly cloud: Cloud;
  /** What the spec says of the provider's major version; absent: nothing. */
  readonly terraform?: Readonly<Record<string, number>>;
}

export const COLUMNS: readonly Column[] = [
  { name: "aws", cloud: "aws" },
  { name: "azure", cloud: "azure" },
  { name: "azure with azurerm 5", cloud: "azure", terraform: { azurerm: 5 } },
  { name: "google", cloud: "google" },
];
