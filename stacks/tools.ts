/** How a synthesis gets at the clouds; a test puts its own in place. */
import type { Printer } from "../src/addresses/address";
import type { Cloud } from "../src/model/cloud";
import type { Enclave } from "../src/model/enclave";
import type { NetworkPlan } from "../src/plan/network-plan";
import type { Provider, TerraformDocument } from "../src/provider";

export type ProviderLookup =
  | { readonly provider: Provider; readonly reason?: undefined }
  | { readonly reason: string; readonly provider?: undefined };

export interface CloudTools {
  /** A cloud that is not built, or whose provider package is not installed, is a reason. */
  readonly providerFor: (cloud: Cloud) => ProviderLookup;
  readonly render: (provider: Provider, enclave: Enclave, plan: NetworkPlan, printer: Printer) => TerraformDocument;
}
