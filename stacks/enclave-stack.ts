/** The stack of an enclave and nothing else: what `enclave synth` and `cdktf synth` write. */
import { TerraformBackend, type TerraformRemoteState, TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import type { Printer } from "../src/addresses/address";
import type { Cloud } from "../src/clouds/cloud";
import { configFor } from "../src/model/backend";
import type { Backend } from "../src/model/enclave";
import type { NetworkPlan } from "../src/plan/network-plan";
import type { Provider } from "../src/plan/provider";

/** By default the state is a file beside the configuration. */
const LOCAL: Backend = { type: "local", config: { path: "terraform.tfstate" }, path: "" };

/** `enclave synth` writes it into `versions.tf`: some scanners stop at this text in a file of JSON. */
export const TERRAFORM = { required_version: ">= 1.6.0" } as const;

/** Configures the state of Terraform. It changes nothing in the spec's settings but the name of the cloud. */
class SpecBackend extends TerraformBackend {
  private readonly terraform: object;

  constructor(scope: Construct, cloud: Cloud, { type, config }: Backend = LOCAL) {
    super(scope, "backend", type);
    const own = configFor(config, cloud);
    this.terraform = type === "cloud" ? { cloud: own } : { backend: { [type]: own } };
  }

  override toTerraform(): object {
    return { terraform: this.terraform };
  }

  override getRemoteStateDataSource(): TerraformRemoteState {
    throw new Error("internal: an enclave's state is read by name, not through another stack");
  }
}

export class EnclaveStack extends TerraformStack {
  /** cdktf pins its classes' one version, under a source that only Terraform's own registry resolves. */
  readonly requirements: Readonly<Record<string, unknown>>;

  constructor(scope: Construct, provider: Provider, plan: NetworkPlan, printer: Printer) {
    super(scope, `${plan.name}-${provider.cloud}`);
    const { name, source, version } = provider.requirement(plan);
    provider.configure(this, plan);
    this.requirements = { required_providers: { [name]: { source, version } } };
    // `cdktf synth` writes one file, which has to say both.
    for (const [key, value] of Object.entries({ ...this.requirements, ...TERRAFORM }))
      this.addOverride(`terraform.${key}`, value);
    new SpecBackend(this, provider.cloud, plan.backend);
    provider.render(this, plan, printer);
  }
}
