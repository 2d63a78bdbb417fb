/** A cloud's interface before and during rendering. The plan decides meaning; a provider only translates. */
import type { Construct } from "constructs";
import type { Printer } from "../addresses/address";
import type { Cloud } from "../clouds/cloud";
import type { Diagnostic } from "../diagnostics/diagnostic";
import type { Service } from "../model/enclave";
import type { Joined } from "../model/joins";
import type { NetworkPlan } from "./network-plan";

/** The parts of a spec that a cloud may be unable to hold. */
export type Feature =
  | "external-networks"
  | "publish"
  | "mesh"
  | "inspection-request"
  | "actions"
  | "anonymous"
  | `service:${Service}`;

/** Support is a value, never an absence: an unsupported feature is refused with its reason. */
export type Support =
  /** `preview`: what is not known of it yet, as a sentence. */
  | { readonly supported: true; readonly preview?: string }
  | { readonly supported: false; readonly reason: string; readonly alternative: string };

/** Terraform's JSON syntax as rendered: `document.resource.aws_subnet.inference_1.cidr_block`. */
export type TerraformDocument = Readonly<Record<string, unknown>>;

export interface Provider {
  readonly cloud: Cloud;
  readonly features: Readonly<Record<Feature, Support>>;
  /** For the support matrix, by service: the holder of an endpoint's consumers and rights, if any. */
  readonly heldBy: Readonly<Partial<Record<Service, string>>>;
  /** All refusals and exceeded limits of the cloud, found before rendering; `range` is the enclave's. */
  review(plan: NetworkPlan, printer: Printer): readonly Diagnostic[];
  /** Absent: the cloud's network separates what the spec does. Each kind is judged on top of those before it. */
  joins?(plan: NetworkPlan): readonly Joined[];
  /** Adds the enclave's resources, variables and outputs below `scope`; no provider block and no backend. */
  render(scope: Construct, plan: NetworkPlan, printer: Printer): void;
  /** Adds the provider block with the least that is needed, for stacks of the enclave's own. */
  configure(scope: Construct, plan: NetworkPlan): void;
  /** Terraform's `required_providers` entry. `version` is a range with a lower bound and an upper major. */
  requirement(plan: NetworkPlan): Readonly<Record<"name" | "source" | "version", string>>;
}
