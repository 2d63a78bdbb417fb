/** The clouds that can be rendered for. Each is loaded when it is asked for, because its package is large and optional. */
import type { Cloud } from "../src/clouds/cloud";
import type { Provider } from "../src/plan/provider";

export type ProviderLookup =
  | { readonly provider: Provider; readonly reason?: undefined }
  | { readonly reason: string; readonly provider?: undefined };

interface Room {
  readonly packageName: string;
  readonly load: () => Provider;
}

const ROOMS: Readonly<Record<Cloud, Room>> = {
  aws: {
    packageName: "@cdktf/provider-aws",
    load: () => (require("./aws/provider") as typeof import("./aws/provider")).awsProvider,
  },
  azure: {
    packageName: "@cdktf/provider-azurerm",
    load: () => (require("./azure/provider") as typeof import("./azure/provider")).azureProvider,
  },
  google: {
    packageName: "@cdktf/provider-google",
    load: () => (require("./google/provider") as typeof import("./google/provider")).googleProvider,
  },
};

/** The provider, or why there is none: its package is not installed. */
export function providerFor(cloud: Cloud): ProviderLookup {
  const room = ROOMS[cloud];
  try {
    return { provider: room.load() };
  } catch (error) {
    if (isMissing(error, room.packageName))
      return { reason: `The package ${room.packageName} is not installed: npm install ${room.packageName}` };
    throw error;
  }
}

const isMissing = (error: unknown, packageName: string): boolean =>
  error instanceof Error &&
  "code" in error &&
  error.code === "MODULE_NOT_FOUND" &&
  error.message.includes(packageName);
