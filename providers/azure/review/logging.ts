/** Logs on Azure: who can read them, and what traffic analytics leaves behind. */
import type { Diagnostic } from "../../../src/diagnostics/diagnostic";
import { error, info, warning } from "../../../src/diagnostics/make";
import type { NetworkPlan } from "../../../src/plan/network-plan";

export function* reviewLogging(plan: NetworkPlan): Iterable<Diagnostic> {
  yield* reviewAnalytics(plan);
  const { query, workspaceId } = plan.logging.azure;
  const reads = plan.endpoints.some(({ service, access }) => service === "logs" && access !== "write");
  if (query === "public" || workspaceId !== undefined || reads) return;
  const summary = "on azure nobody can read the logs";
  const detail =
    "The workspace is read by private endpoints alone, and no endpoint of the service logs has `access: read`. " +
    "The portal, alerts and whoever works outside the network are shut out.";
  yield warning("azure-logs-unread", "logging.azure.query", summary, detail);
}

/** https://learn.microsoft.com/en-us/azure/network-watcher/traffic-analytics */
function* reviewAnalytics({ logging, settings }: NetworkPlan): Iterable<Diagnostic> {
  const { trafficAnalytics, workspaceId } = logging.azure;
  if (!trafficAnalytics) return;
  const path = "logging.azure.trafficAnalytics";
  const { resourceGroup } = settings.azure;
  if (resourceGroup === undefined) {
    const summary = "traffic analytics needs a resource group that is not the enclave's to delete";
    const detail =
      "Azure makes a data collection rule and an endpoint (NWTA…) beside the workspace. `terraform destroy` would " +
      "stop at a group of the enclave's own, after ten minutes. Name a group in azure.resourceGroup.";
    yield error("azure-traffic-analytics", path, summary, detail);
  }
  if (workspaceId !== undefined) {
    const summary = "traffic analytics needs a workspace of the enclave's own";
    const detail = "It asks for the customer id of the workspace, which a resource id does not tell.";
    yield error("azure-traffic-analytics", path, summary, detail);
  }
  if (resourceGroup === undefined || workspaceId !== undefined) return;
  const summary = "on azure traffic analytics leaves rules behind when the enclave is destroyed";
  const detail =
    `A data collection rule and an endpoint whose names begin with NWTA stay in ${resourceGroup}. Delete them: a ` +
    "workspace of the same name gets no data otherwise. Flow logs are stored twice, and paid twice.";
  yield info("azure-traffic-analytics-left", path, summary, detail, { facts: { group: resourceGroup } });
}
