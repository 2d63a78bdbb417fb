/** A stack that is an enclave and nothing else: what `enclave synth` and `cdktf synth` write. */
import { TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import type { Printer } from "../src/addresses/address";
import type { NetworkPlan } from "../src/plan/network-plan";
import type { Provider } from "../src/plan/provider";
import { SpecBackend } from "./backend";

export class EnclaveStack extends TerraformStack {
  /** cdktf pins the one version that its classes were made from, under a source that only Terraform's own registry resolves. */
  readonly requirements: Readonly<Record<string, unknown>>;

  constructor(scope: Construct, id: string, provider: Provider, plan: NetworkPlan, printer: Printer) {
    super(scope, id);
    const { name, source, version } = provider.requirement(plan);
    provider.configure(this, plan);
    this.requirements = { required_providers: { [name]: { source, version } }, required_version: ">= 1.6.0" };
    for (const [key, value] of Object.entries(this.requirements)) this.addOverride(`terraform.${key}`, value);
    new SpecBackend(this, provider.cloud, plan.backend);
    provider.render(this, plan, printer);
  }
}
