/** How a synthesis reaches the clouds. Tests give their own tools. */
import { type ProviderLookup, providerFor } from "../../providers/index";
import type { Printer } from "../addresses/address";
import type { Addresses } from "../addresses/addresses";
import type { Cloud } from "../clouds/cloud";
import type { Enclave } from "../model/enclave";
import type { NetworkPlan } from "../plan/network-plan";
import type { Provider, TerraformDocument } from "../plan/provider";
import { brokenPromises, type Violation } from "../verifier/verify";

export interface CloudTools {
  /** Gives a reason for a cloud that is not built, or whose provider package is not installed. */
  readonly providerFor: (cloud: Cloud) => ProviderLookup;
  readonly render: (provider: Provider, plan: NetworkPlan, printer: Printer) => TerraformDocument;
  /** What a document does not hold of what the enclave asks for. */
  readonly check: (
    cloud: Cloud,
    document: TerraformDocument,
    enclave: Enclave,
    addresses: Addresses,
  ) => readonly Violation[];
}

/** Loads cdktf when it is first called, so that reading a spec needs none of it. */
const render: CloudTools["render"] = (...plan) =>
  (require("../../stacks/document") as typeof import("../../stacks/document")).renderDocument(...plan);

export const cloudTools: CloudTools = { providerFor, render, check: brokenPromises };
