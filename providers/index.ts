/** The clouds that can be rendered for. Each is loaded when it is asked for, because its package is large and optional. */
import type { Cloud } from "../src/model/cloud";
import type { Provider } from "../src/provider";

export type ProviderLookup =
  | { readonly provider: Provider; readonly reason?: undefined }
  | { readonly reason: string; readonly provider?: undefined };

interface Room {
  readonly packageName: string;
  readonly load: () => Provider;
}

const ROOMS: Readonly<Record<Cloud, Room | undefined>> = {
  aws: { packageName: "@cdktf/provider-aws", load: () => (require("./aws/provider") as typeof import("./aws/provider")).awsProvider },
  azure: undefined,
  google: {
    packageName: "@cdktf/provider-google",
    load: () => (require("./google/provider") as typeof import("./google/provider")).googleProvider,
  },
};

/** The clouds that this version renders for, in the order of results. */
export const BUILT_CLOUDS: readonly Cloud[] = (Object.keys(ROOMS) as Cloud[]).filter((cloud) => ROOMS[cloud] !== undefined);

/** The provider, or why there is none: not in this version, or its package is not installed. */
export function providerFor(cloud: Cloud): ProviderLookup {
  const room = ROOMS[cloud];
  if (room === undefined) return { reason: `This version does not render for ${cloud} yet.` };
  try {
    return { provider: room.load() };
  } catch (error) {
    if (isMissing(error, room.packageName))
      return { reason: `The package ${room.packageName} is not installed: npm install ${room.packageName}` };
    throw error;
  }
}

const isMissing = (error: unknown, packageName: string): boolean =>
  error instanceof Error && "code" in error && error.code === "MODULE_NOT_FOUND" && error.message.includes(packageName);
