/** Who may make the first apply of this very document. */
import type { Diagnostic } from "../../../src/diagnostics/diagnostic";
import { info } from "../../../src/diagnostics/make";
import type { NetworkPlan } from "../../../src/plan/network-plan";
import { hubZoneIds } from "../data/hub-zones";
import { isManaged } from "../data/services";

/**
 * https://learn.microsoft.com/en-us/azure/azure-resource-manager/management/lock-resources
 * https://learn.microsoft.com/en-us/azure/private-link/rbac-permissions
 * https://learn.microsoft.com/en-us/azure/network-watcher/required-rbac-permissions
 */
function neededRoles({ settings, logging, endpoints }: NetworkPlan): string[] {
  const { azure } = settings;
  const { workspaceId } = logging.azure;
  const group = azure.resourceGroup;
  const watchers = azure.networkWatcher?.resourceGroup ?? "NetworkWatcherRG";
  const scope = group === undefined ? "the subscription" : `the resource group ${group}`;
  return [
    `Contributor on ${scope}`,
    // A subscription's contributor has these.
    ...(group === undefined
      ? []
      : [
          `Network Contributor on the resource group ${watchers}`,
          "the right to register resource providers in the subscription",
        ]),
    ...(workspaceId === undefined ? [] : [`Log Analytics Contributor on ${workspaceId}`]),
    ...(azure.locks === true ? [`User Access Administrator on ${scope}`] : []),
    ...(hubZoneIds({ settings }).length > 0
      ? ["Private DNS Zone Contributor on each zone of azure.dnsZones"]
      : []),
    ...(endpoints.some(({ service }) => isManaged(service))
      ? ["the right to approve private endpoints on each resource that an endpoint leads to"]
      : []),
  ];
}

export function* reviewPrerequisites(plan: NetworkPlan): Iterable<Diagnostic> {
  const roles = neededRoles(plan);
  const summary = "on azure the first apply needs rights, which --verbose lists";
  yield info("azure-roles", "azure", summary, `${roles.join("; ")}.`, { facts: { roles } });
}
