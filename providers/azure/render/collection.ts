/**
 * Where zones write logs and metrics: a data collection endpoint inside the scope of Azure Monitor, and a rule for each
 * kind. Without a rule nothing that is sent through private endpoints is kept.
 * https://learn.microsoft.com/en-us/azure/azure-monitor/logs/logs-ingestion-api-overview
 * https://learn.microsoft.com/en-us/azure/azure-monitor/metrics/prometheus-remote-write
 */
import { MonitorDataCollectionEndpoint } from "@cdktf/provider-azurerm/lib/monitor-data-collection-endpoint";
import { MonitorDataCollectionRule } from "@cdktf/provider-azurerm/lib/monitor-data-collection-rule";
import { MonitorWorkspace } from "@cdktf/provider-azurerm/lib/monitor-workspace";
import type { NetworkPlan } from "../../../src/plan/network-plan";
import { type Address, id } from "../../shared/expressions";
import { addResource, type Rendering } from "../../shared/resources";
import { COLLECTION, collectionRuleOf } from "./addresses";
import { monitorEndpoints } from "./endpoint-targets";
import { workspaceOf } from "./logging";
import { azureName, regional } from "./naming";

export type Kept = "logs" | "metrics";

/** The kinds that some zone writes. */
export const keptKinds = (plan: NetworkPlan): Kept[] =>
  (["logs", "metrics"] as const).filter((kind) =>
    monitorEndpoints(plan).some(({ service, access }) => service === kind && access !== "read"),
  );

export const STREAMS = { logs: "Custom-Syslog", metrics: "Microsoft-PrometheusMetrics" } as const;

/** Of the table Syslog: https://learn.microsoft.com/en-us/azure/azure-monitor/reference/tables/syslog */
const COLUMNS = {
  TimeGenerated: "datetime",
  EventTime: "datetime",
  Computer: "string",
  HostName: "string",
  HostIP: "string",
  Facility: "string",
  SeverityLevel: "string",
  ProcessName: "string",
  ProcessID: "int",
  SyslogMessage: "string",
} as const;

export function renderCollection(rendering: Rendering): void {
  const { plan } = rendering;
  const kinds = keptKinds(plan);
  if (kinds.length === 0) return;
  addResource(rendering, MonitorDataCollectionEndpoint, "enclave", {
    ...regional(rendering, azureName(plan, "collection")),
    publicNetworkAccessEnabled: false,
  });
  if (kinds.includes("logs")) renderLogs(rendering);
  if (kinds.includes("metrics")) renderMetrics(rendering);
}

const ruled = (rendering: Rendering, kind: Kept) => ({
  ...regional(rendering, azureName(rendering.plan, kind)),
  dataCollectionEndpointId: id(COLLECTION),
});

function renderLogs(rendering: Rendering): void {
  addResource(rendering, MonitorDataCollectionRule, collectionRuleOf("logs"), {
    ...ruled(rendering, "logs"),
    streamDeclaration: [
      { streamName: STREAMS.logs, column: Object.entries(COLUMNS).map(([name, type]) => ({ name, type })) },
    ],
    dataFlow: [
      {
        streams: [STREAMS.logs],
        destinations: ["workspace"],
        transformKql: "source",
        outputStream: "Microsoft-Syslog",
      },
    ],
    destinations: { logAnalytics: [{ name: "workspace", workspaceResourceId: workspaceOf(rendering.plan) }] },
  });
}

function renderMetrics(rendering: Rendering): void {
  const account: Address = addResource(rendering, MonitorWorkspace, "enclave", {
    ...regional(rendering, azureName(rendering.plan, "metrics")),
    publicNetworkAccessEnabled: false,
  });
  addResource(rendering, MonitorDataCollectionRule, collectionRuleOf("metrics"), {
    ...ruled(rendering, "metrics"),
    dataSources: { prometheusForwarder: [{ name: "prometheus", streams: [STREAMS.metrics] }] },
    dataFlow: [{ streams: [STREAMS.metrics], destinations: ["account"] }],
    destinations: { monitorAccount: [{ name: "account", monitorAccountId: id(account) }] },
  });
}
