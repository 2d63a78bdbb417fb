/** Parts of a document under the plan's addresses, which they keep anywhere in a user's own tree. */
import { TerraformElement, TerraformLocal, type TerraformResource } from "cdktf";
import type { Construct } from "constructs";
import type { Printer } from "../../src/addresses/address";
import type { NetworkPlan } from "../../src/plan/network-plan";
import { type Address, expr } from "./expressions";

export interface Rendering {
  readonly scope: Construct;
  readonly plan: NetworkPlan;
  readonly printer: Printer;
}

interface ResourceClass<Config> {
  readonly tfResourceType: string;
  new (scope: Construct, id: string, config: Config): TerraformResource;
}

/**
 * Adds a resource as `type.name`. `extra` holds arguments, as Terraform spells them, which the class does not
 * know. Throws when the address is taken, which the model has ruled out.
 */
export function addResource<Config>(
  { scope }: Rendering,
  resourceClass: ResourceClass<Config>,
  name: string,
  config: Config,
  extra: Readonly<Record<string, unknown>> = {},
): Address {
  const address = `${resourceClass.tfResourceType}.${name}`;
  const resource = new resourceClass(scope, address, config);
  resource.overrideLogicalId(name);
  for (const [argument, value] of Object.entries(extra)) resource.addOverride(argument, value);
  return address;
}

/** Adds `local.name`; the value may hold expressions. */
export function addLocal({ scope }: Rendering, name: string, value: unknown): Address {
  new TerraformLocal(scope, `local.${name}`, value).overrideLogicalId(name);
  return `local.${name}`;
}

/** Terraform's `check` block, which cdktf has no class for: said at plan and apply, and stops neither. */
export function addCheck({ scope }: Rendering, name: string, condition: string, message: string): void {
  const check = { [name]: { assert: [{ condition: expr(condition), error_message: message }] } };
  class Check extends TerraformElement {
    override toTerraform(): object {
      return { check };
    }
  }
  new Check(scope, `check.${name}`);
}
