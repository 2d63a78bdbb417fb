/** How the document of each cloud is read. */
import type { Cloud } from "../clouds/cloud";
import { readAws } from "./aws/reader";
import { readAzure } from "./azure/reader";
import { readGoogle } from "./google/reader";
import type { Reader } from "./replay/reader";
import type { TerraformDocument } from "./terraform/document";

export const READERS: Readonly<Record<Cloud, (document: TerraformDocument) => Reader>> = {
  aws: readAws,
  azure: readAzure,
  google: readGoogle,
};
