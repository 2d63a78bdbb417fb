/**
 * Logs of every query and of every connection that the firewall judged, in a workspace that takes logs by private
 * endpoints alone: its own, or one of the user's.
 */
import { LogAnalyticsWorkspace } from "@cdktf/provider-azurerm/lib/log-analytics-workspace";
import { ManagementLock } from "@cdktf/provider-azurerm/lib/management-lock";
import { MonitorDiagnosticSetting } from "@cdktf/provider-azurerm/lib/monitor-diagnostic-setting";
import { WORKSPACE_DAYS } from "../../../src/clouds/azure";
import type { NetworkPlan } from "../../../src/plan/network-plan";
import { type Address, dependables, exprNumber, id, when } from "../../shared/expressions";
import { hasEgress } from "../../shared/questions";
import { addResource, type Rendering } from "../../shared/resources";
import { spelled } from "../data/resource-ids";
import { DNS_DEPLOYMENT, FIREWALL, FLOW_LOGS, WORKSPACE } from "./addresses";
import { workspaceAccess } from "./azurerm-5";
import { policyId } from "./dns";
import { renderFlowLogs } from "./flow-logs";
import { azureName, regional } from "./naming";

export function renderLogging(rendering: Rendering): void {
  const { plan } = rendering;
  if (plan.logging.azure.workspaceId === undefined) renderWorkspace(rendering);
  renderLock(rendering, "enclave_flows", id(FLOW_LOGS), renderFlowLogs(rendering));
  // A lock here is worth the most: nobody would see in a plan that a part of what a template made is gone.
  renderLogged(rendering, "enclave_dns", policyId(plan), [DNS_DEPLOYMENT]);
  if (!hasEgress(plan)) return;
  renderLogged(rendering, "enclave_firewall", id(FIREWALL), [], {
    // A table for each kind of log; the old categories would put the same into one table, once more.
    logAnalyticsDestinationType: "Dedicated",
    enabledLog: firewallLogs(plan).map((category) => ({ category })),
    enabledMetric: [{ category: "AllMetrics" }],
  });
}

/**
 * Without those that sum up others, that are for translation of addresses, or that each packet would write, and
 * those that are empty: the firewall answers no names, and Premium alone knows signatures.
 * https://learn.microsoft.com/en-us/azure/firewall/monitor-firewall-reference#resource-logs
 */
const firewallLogs = ({ inspection }: NetworkPlan): string[] => [
  "AZFWApplicationRule",
  "AZFWFqdnResolveFailure",
  ...(inspection === "request" ? ["AZFWIdpsSignature"] : []),
  "AZFWNetworkRule",
  "AZFWThreatIntel",
];

/** The user's workspace, or the enclave's own. */
export const workspaceOf = ({ logging: { azure } }: NetworkPlan): string =>
  azure.workspaceId === undefined ? id(WORKSPACE) : spelled(azure.workspaceId);

function renderLogged(rendering: Rendering, name: string, target: string, first: Address[], more = {}): void {
  const setting = addResource(rendering, MonitorDiagnosticSetting, name, {
    name: azureName(rendering.plan, "logs"),
    targetResourceId: target,
    logAnalyticsWorkspaceId: workspaceOf(rendering.plan),
    enabledLog: [{ categoryGroup: "allLogs" }],
    dependsOn: dependables(first),
    ...more,
  });
  renderLock(rendering, name, target, setting);
}

/**
 * Keeps everybody from deleting. A lock holds what lies on its resource too, so it comes after `users`, which
 * do, and goes before them.
 * https://learn.microsoft.com/en-us/azure/azure-resource-manager/management/lock-resources
 */
function renderLock(rendering: Rendering, name: string, scope: string, ...users: readonly Address[]): void {
  if (rendering.plan.settings.azure.locks !== true) return;
  addResource(rendering, ManagementLock, name, {
    name: azureName(rendering.plan, "deletion-protection"),
    scope,
    lockLevel: "CanNotDelete",
    notes: "Set the variable deletion_protection to false before deleting",
    count: when("var.deletion_protection"),
    dependsOn: dependables(users),
  });
}

function renderWorkspace(rendering: Rendering): void {
  const { plan } = rendering;
  const { query } = plan.logging.azure;
  const workspace = {
    ...regional(rendering, azureName(plan, "logs")),
    sku: "PerGB2018",
    retentionInDays: exprNumber(`max(${WORKSPACE_DAYS.least}, var.log_retention_days)`),
    internetIngestionEnabled: false,
    internetQueryEnabled: query === "public",
  };
  addResource(rendering, LogAnalyticsWorkspace, "enclave", workspace, workspaceAccess(rendering));
  renderLock(rendering, "enclave_logs", id(WORKSPACE));
}
