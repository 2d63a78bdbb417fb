/**
 * Data collection on Azure: what a zone writes is kept only where a rule leads from a stream to a store.
 * https://learn.microsoft.com/en-us/azure/azure-monitor/essentials/data-collection-rule-structure
 */
import type { PrivateEndpoint } from "../../model/enclave";
import { type Fault, faults, unless } from "../replay/fault";
import {
  type Attributes,
  blocks,
  nested,
  resourcesOf,
  type TerraformDocument,
  text,
  texts,
} from "../terraform/document";
import { asWritten, workspaceOf } from "./workspace";

const ENDPOINT = "azurerm_monitor_data_collection_endpoint";
const RULE = "azurerm_monitor_data_collection_rule";
export const COLLECTION_ID = `${ENDPOINT}.enclave.id`;

type Kept = "logs" | "metrics";

export const ruleIdOf = (kind: Kept): string => `${RULE}.enclave_${kind}.id`;

/** By kind: the stream that clients name, and what it becomes, in the store of which argument. */
const STREAMS = {
  logs: {
    stream: "Custom-Syslog",
    becomes: "Microsoft-Syslog",
    store: "log_analytics",
    id: "workspace_resource_id",
  },
  metrics: {
    stream: "Microsoft-PrometheusMetrics",
    becomes: "Microsoft-PrometheusMetrics",
    store: "monitor_account",
    id: "monitor_account_id",
  },
} as const;

export const writes = ({ service, access }: PrivateEndpoint): boolean =>
  (service === "logs" || service === "metrics") && access !== "read";

/** Rules that nobody asks for, that lead elsewhere, or that are missing. */
export function wrongCollection(document: TerraformDocument, endpoints: readonly PrivateEndpoint[]): Fault[] {
  const kinds = [...new Set(endpoints.filter(writes).map(({ service }) => service as Kept))];
  const stores = {
    logs: asWritten(workspaceOf(document)),
    metrics: "${azurerm_monitor_workspace.enclave.id}",
  };
  const rules = resourcesOf(document, RULE);
  return [
    ...faults(
      [...rules.keys()]
        .filter((name) => !kinds.some((kind) => name === `enclave_${kind}`))
        .map((name) => `${RULE}.${name}`),
      "nobody writes what it collects",
    ),
    ...kinds.flatMap((kind) =>
      unless(
        leads(rules.get(`enclave_${kind}`), kind, stores[kind]),
        `${RULE}.enclave_${kind}`,
        `what is written as ${STREAMS[kind].stream} is not kept in ${stores[kind]}`,
      ),
    ),
  ];
}

function leads(rule: Attributes | undefined, kind: Kept, store: string): boolean {
  const { stream, becomes, store: type, id } = STREAMS[kind];
  const names = blocks(nested(rule, "destinations"), type)
    .filter((one) => text(one, id) === store)
    .map((one) => text(one, "name"));
  const flows = blocks(rule, "data_flow");
  const known = [
    ...blocks(rule, "stream_declaration").map((one) => text(one, "stream_name")),
    ...blocks(nested(rule, "data_sources"), "prometheus_forwarder").flatMap((one) => texts(one, "streams")),
  ];
  return (
    text(rule, "data_collection_endpoint_id") === `\${${COLLECTION_ID}}` &&
    known.join() === stream &&
    flows.length === 1 &&
    flows.every(
      (flow) =>
        texts(flow, "streams").join() === stream &&
        texts(flow, "destinations").length === 1 &&
        texts(flow, "destinations").every((name) => names.includes(name)) &&
        [undefined, "source"].includes(flow["transform_kql"] as string) &&
        [undefined, becomes as string].includes(flow["output_stream"] as string),
    )
  );
}

interface Ingestion {
  readonly endpoint: string;
  readonly rule: string;
  readonly stream: string;
}

/** What the output of an endpoint has to say of the place to write to. */
export const ingestionOf = (endpoint: PrivateEndpoint): Ingestion | undefined =>
  writes(endpoint)
    ? {
        endpoint: `${ENDPOINT}.enclave.${endpoint.service}_ingestion_endpoint`,
        rule: `${RULE}.enclave_${endpoint.service}.immutable_id`,
        stream: STREAMS[endpoint.service as Kept].stream,
      }
    : undefined;
