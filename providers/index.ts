/**
 * The clouds that can be rendered for. Each is loaded when it is asked for, because its package is large and
 * optional.
 */
import type { Cloud } from "../src/clouds/cloud";
import type { Provider } from "../src/plan/provider";

export type ProviderLookup =
  | { readonly provider: Provider; readonly reason?: undefined }
  | { readonly reason: string; readonly provider?: undefined };

const PACKAGES: Readonly<Record<Cloud, string>> = {
  aws: "@cdktf/provider-aws",
  azure: "@cdktf/provider-azurerm",
  google: "@cdktf/provider-google",
};

const LOADERS: Readonly<Record<Cloud, () => Provider>> = {
  aws: () => (require("./aws/provider") as typeof import("./aws/provider")).awsProvider,
  azure: () => (require("./azure/provider") as typeof import("./azure/provider")).azureProvider,
  google: () => (require("./google/provider") as typeof import("./google/provider")).googleProvider,
};

/** The provider, or why there is none: its package is not installed. */
export function providerFor(cloud: Cloud): ProviderLookup {
  const packageName = PACKAGES[cloud];
  try {
    return { provider: LOADERS[cloud]() };
  } catch (error) {
    if (isMissing(error, packageName))
      return { reason: `The package ${packageName} is not installed: npm install ${packageName}` };
    throw error;
  }
}

const isMissing = (error: unknown, packageName: string): boolean =>
  error instanceof Error &&
  "code" in error &&
  error.code === "MODULE_NOT_FOUND" &&
  error.message.includes(packageName);
