/** What a cloud has to answer before and while it renders. Meaning is decided in the plan; a provider only translates. */
import type { Construct } from "constructs";
import type { Printer } from "../addresses/address";
import type { Cloud } from "../clouds/cloud";
import type { Diagnostic } from "../diagnostics/diagnostic";
import type { Service } from "../model/enclave";
import type { NetworkPlan } from "./network-plan";

/**
 * The parts of a spec that a cloud may be unable to hold. A spec that uses one which its cloud does not support is refused with
 * the cloud's reason; nothing is dropped in silence.
 */
export type Feature = "external-networks" | "publish" | "mesh" | "inspection-request" | `service:${Service}`;

/** Support is a value, never an absence: what is not supported is refused with its reason. */
export type Support =
  | { readonly supported: true }
  | { readonly supported: false; readonly reason: string; readonly alternative: string };

/** Terraform's JSON syntax as rendered: `document.resource.aws_subnet.inference_1.cidr_block`. */
export type TerraformDocument = Readonly<Record<string, unknown>>;

export interface Provider {
  readonly cloud: Cloud;
  readonly features: Readonly<Record<Feature, Support>>;
  /** What holds consumers and rights of an endpoint of each service, in words for the support matrix; absent where there is none. */
  readonly heldBy: Readonly<Partial<Record<Service, string>>>;
  /** Everything in this plan that the cloud refuses and every limit it passes, computed before rendering; `range` is the enclave's. */
  review(plan: NetworkPlan, printer: Printer): readonly Diagnostic[];
  /** Adds the enclave's resources, variables and outputs below `scope`; adds no provider block and no backend. */
  render(scope: Construct, plan: NetworkPlan, printer: Printer): void;
  /** Adds the provider block, with what is needed and no more, for stacks that are the enclave's own. */
  configure(scope: Construct, plan: NetworkPlan): void;
  /** Terraform's `required_providers` entry. `version` is a range with a lower bound and an upper major. */
  requirement(plan: NetworkPlan): Readonly<Record<"name" | "source" | "version", string>>;
}
