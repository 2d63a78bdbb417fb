/** Where Terraform keeps its state, as the spec says it; without a word about it, in a file beside the configuration. */
import { TerraformBackend, type TerraformRemoteState } from "cdktf";
import type { Construct } from "constructs";
import type { Cloud } from "../src/clouds/cloud";
import { configFor } from "../src/model/backend";
import type { Backend } from "../src/model/enclave";

const LOCAL: Pick<Backend, "type" | "config"> = { type: "local", config: { path: "terraform.tfstate" } };

/** Passes the spec's settings through: they are Terraform's own, but for the name of the cloud in them. */
export class SpecBackend extends TerraformBackend {
  private readonly backend: Pick<Backend, "type" | "config">;

  constructor(scope: Construct, cloud: Cloud, backend: Pick<Backend, "type" | "config"> = LOCAL) {
    super(scope, "backend", backend.type);
    this.backend = { type: backend.type, config: configFor(backend.config, cloud) };
  }

  override toTerraform(): object {
    const { type, config } = this.backend;
    return { terraform: type === "cloud" ? { cloud: config } : { backend: { [type]: config } } };
  }

  override getRemoteStateDataSource(): TerraformRemoteState {
    throw new Error("internal: an enclave's state is read by name, not through another stack");
  }
}
