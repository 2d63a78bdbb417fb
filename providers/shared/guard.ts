/**
 * Refuses `terraform destroy` before anything of the enclave is gone. Terraform destroys first what nothing
 * else needs: one resource that depends on all others, and whose end is a command that fails. It keeps its
 * number in the state, so only an apply with `deletion_protection = false` switches it off, in place.
 * https://developer.hashicorp.com/terraform/language/resources/provisioners/syntax#destroy-time-provisioners
 */
import { TerraformElement, TerraformResource } from "cdktf";
import { expr } from "./expressions";
import type { Rendering } from "./resources";

/** Says in Terraform's own error what refuses. */
const GUARD = "enclave_deletion_protection";

/** The last step of a rendering. */
export function renderGuard({ scope }: Rendering): void {
  const guarded = scope.node
    .findAll()
    .filter((each): each is TerraformResource => TerraformResource.isTerraformResource(each))
    .map((each) => `${each.terraformResourceType}.${each.friendlyUniqueId}`)
    .sort();
  const guard = {
    input: expr("var.deletion_protection ? 1 : 0"),
    // Both shells, of Windows and of all others, know this word.
    provisioner: [{ "local-exec": { when: "destroy", command: `exit ${expr("self.input")}` } }],
    depends_on: guarded,
  };
  class Guard extends TerraformElement {
    override toTerraform(): object {
      return { resource: { terraform_data: { [GUARD]: guard } } };
    }
  }
  new Guard(scope, `terraform_data.${GUARD}`);
}
