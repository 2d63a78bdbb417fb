import type { Cloud } from "../../src/clouds/cloud";
import type { TerraformDocument } from "../../src/plan/provider";
import type { Reader } from "./reader";
import { readAws } from "./readers/aws";
import { readAzure } from "./readers/azure";
import { readGoogle } from "./readers/google";

export const READERS: Readonly<Record<Cloud, (document: TerraformDocument) => Reader>> = {
  aws: readAws,
  azure: readAzure,
  google: readGoogle,
};
