/** Resource types of each cloud's enclaves. */
import type { Cloud } from "../clouds/cloud";
import { RENDERED_TYPES as AWS } from "./aws/types";
import { RENDERED_TYPES as AZURE } from "./azure/arguments";
import { RENDERED_TYPES as GOOGLE } from "./google/types";

export const RENDERED_TYPES: Readonly<Record<Cloud, ReadonlySet<string>>> = {
  aws: AWS,
  azure: AZURE,
  google: GOOGLE,
};
