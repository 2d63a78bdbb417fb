/** Names of the clouds' own managed services: a way out to one of them goes around the rights of private endpoints. */
import type { Service } from "../model/enclave";

/**
 * Domains below which the clouds serve their APIs and registries (docs.aws.amazon.com/general/latest/gr/rande.html,
 * learn.microsoft.com/azure/private-link/private-endpoint-dns, cloud.google.com/vpc/docs/configure-private-google-access).
 */
const DOMAINS = [
  "amazonaws.com",
  "amazonaws.com.cn",
  "api.aws",
  "azure.com",
  "azure.net",
  "azurecr.io",
  "azure-api.net",
  "windows.net",
  "gcr.io",
  "googleapis.com",
  "pkg.dev",
];

/** Words of such names that say which service it is; the first that is found counts. */
const WORDS: readonly (readonly [RegExp, Service])[] = [
  [/(?:^|\.)(?:ecr|dkr|azurecr|gcr|pkg)\./, "container-registry"],
  [/(?:^|\.)(?:bedrock[a-z-]*|openai|aiplatform|[a-z0-9-]+-aiplatform)\./, "model-api"],
  [/(?:^|\.)(?:secretsmanager|secretmanager|vault)\./, "secrets"],
  [/(?:^|\.)(?:s3(?:-[a-z0-9-]+)?|blob|dfs|storage)\./, "object-storage"],
];

/** The cloud's domain that a name or wildcard of a way out lies in, and the service where the name tells it. */
export function managedServiceOf(
  name: string,
): { readonly domain: string; readonly service?: Service } | undefined {
  const base = name.replace(/^\*\./, "");
  const domain = DOMAINS.find((each) => base === each || base.endsWith(`.${each}`));
  if (domain === undefined) return undefined;
  const service = WORDS.find(([word]) => word.test(base))?.[1];
  return { domain, ...(service === undefined ? {} : { service }) };
}
