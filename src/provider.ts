/** What a cloud has to answer before and while it renders. Meaning is decided in the plan; a provider only translates. */
import type { Construct } from "constructs";
import type { Printer } from "./addresses/address";
import type { Diagnostic } from "./diagnostics/diagnostic";
import type { Cloud } from "./model/cloud";
import type { Service } from "./model/enclave";
import type { NetworkPlan } from "./plan/network-plan";

/** Parts of a spec that a cloud may be unable to hold. */
export type Feature = "external-networks" | "publish" | "mesh" | "inspection-request" | `service:${Service}`;

/** Support is a value, never an absence: what is not supported is refused with its reason. */
export type Support = { readonly supported: true } | { readonly supported: false; readonly reason: string; readonly alternative?: string };

/** Terraform's JSON syntax as rendered: `document.resource.aws_subnet.inference_1.cidr_block`. */
export type TerraformDocument = Readonly<Record<string, unknown>>;

export interface Provider {
  readonly cloud: Cloud;
  readonly features: Readonly<Record<Feature, Support>>;
  /** Everything of this plan that the cloud refuses or that passes its limits, computed before rendering. */
  review(plan: NetworkPlan): readonly Diagnostic[];
  /** Adds the enclave's resources below `scope`; adds no provider and no backend. */
  render(scope: Construct, plan: NetworkPlan, printer: Printer): void;
  /** Sentences that the rendered document breaks; empty when it may be written. */
  brokenInvariants(document: TerraformDocument): readonly string[];
}
