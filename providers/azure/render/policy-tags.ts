/**
 * Tags that a policy of the organisation adds: azurerm can ignore none for all resources, so each leaves them
 * alone by key. https://github.com/hashicorp/terraform-provider-azurerm/issues/28711
 */
import { TerraformResource } from "cdktf";
import type { Rendering } from "../../shared/resources";

export function leavePolicyTags({ scope, plan }: Rendering): void {
  const ignored = (plan.settings.azure.policyTags ?? []).map((key) => `tags[${JSON.stringify(key)}]`);
  if (ignored.length === 0) return;
  for (const resource of scope.node.children) {
    if (!(resource instanceof TerraformResource) || !takesTags(resource)) continue;
    const own = resource.lifecycle?.ignoreChanges ?? [];
    resource.lifecycle = { ...resource.lifecycle, ignoreChanges: [...own, ...ignored] };
  }
}

const takesTags = (resource: TerraformResource): boolean =>
  "tagsInput" in resource && resource.tagsInput !== undefined;
