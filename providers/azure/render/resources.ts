/** How every resource of Azure is added: in the spelling of the provider's major version that the spec asks for. */
import type { TerraformResource } from "cdktf";
import { type Address, addResource, type Rendering, type ResourceClass } from "../../shared/rendering";
import { adapt } from "./azurerm-5";

/** `extra` holds arguments as Terraform spells them, `for_each` for instance. */
export function addAzure<Config extends object, Resource extends TerraformResource>(
  rendering: Rendering,
  resourceClass: ResourceClass<Config, Resource>,
  name: string,
  config: Config,
  extra: Readonly<Record<string, unknown>> = {},
): Address {
  const adapted = adapt(rendering.plan.providerMajors.azure, resourceClass.tfResourceType, config);
  return addResource(rendering, resourceClass, name, adapted.config, { ...adapted.extra, ...extra });
}
