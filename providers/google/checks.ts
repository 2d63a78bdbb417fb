/** Checks of Terraform's own: said at every plan, and stopping none. CDKTF has no construct for them. */
import { TerraformElement } from "cdktf";
import { expr, type Rendering } from "../rendering";

class TerraformCheck extends TerraformElement {
  private readonly block: object;

  constructor({ scope }: Rendering, name: string, condition: string, message: string) {
    super(scope, `check.${name}`);
    this.block = { [name]: { assert: [{ condition: expr(condition), error_message: message }] } };
  }

  override toTerraform(): object {
    return { check: this.block };
  }
}

/** Adds `check.name`; the condition is an expression without delimiters. */
export const addCheck = (rendering: Rendering, name: string, condition: string, message: string): void =>
  void new TerraformCheck(rendering, name, condition, message);
