/** The workspace of a document: its own, or the one that its settings name. */
import { type Fault, unless } from "../replay/fault";
import type { Given } from "../replay/reader";
import { resourcesOf, type TerraformDocument, text } from "../terraform/document";

const WORKSPACE = "azurerm_log_analytics_workspace";
const SETTING = "azurerm_monitor_diagnostic_setting";
const FLOW_LOG = "azurerm_network_watcher_flow_log";
const OWN = `${WORKSPACE}.enclave.id`;

/** A reference without its braces, or a resource id. */
export function workspaceOf(document: TerraformDocument): string {
  if (resourcesOf(document, WORKSPACE).size > 0) return OWN;
  const [setting] = resourcesOf(document, SETTING).values();
  return text(setting, "log_analytics_workspace_id");
}

/** As it is written in arguments. */
export const asWritten = (workspace: string): string => (workspace === OWN ? `\${${OWN}}` : workspace);

/** Logs that go elsewhere, are read from elsewhere, or are stored otherwise than the spec says. */
export function otherLogs(document: TerraformDocument, { logging: { azure } }: Given): Fault[] {
  const wanted = (azure.workspaceId ?? asWritten(OWN)).toLowerCase();
  const isOpen = azure.query === "public";
  return [
    ...[...resourcesOf(document, SETTING)].flatMap(([name, setting]) =>
      unless(
        text(setting, "log_analytics_workspace_id").toLowerCase() === wanted,
        `${SETTING}.${name}`,
        `it does not write to ${wanted}`,
      ),
    ),
    ...[...resourcesOf(document, WORKSPACE)].flatMap(([name, body]) => [
      ...unless(azure.workspaceId === undefined, `${WORKSPACE}.${name}`, "the spec names another"),
      ...unless(
        [body["internet_query_enabled"], body["internet_query_access_type"]].some(
          (each) => each === isOpen || each === (isOpen ? "Enabled" : "Disabled"),
        ),
        `${WORKSPACE}.${name}`,
        `it is not read from ${isOpen ? "everywhere" : "private endpoints alone"}`,
      ),
    ]),
    ...[...resourcesOf(document, FLOW_LOG)].flatMap(([name, body]) =>
      unless(
        (body["traffic_analytics"] !== undefined) === azure.trafficAnalytics,
        `${FLOW_LOG}.${name}`,
        azure.trafficAnalytics ? "it is not analysed" : "it is stored twice",
      ),
    ),
  ];
}
