/**
 * Vendors whose public hosts stand in egress rules, and the clouds on which they can be reached privately. Read on
 * 2026-11-27. A way that no page of the vendor or of the cloud shows is left out.
 */
import type { ByCloud } from "./cloud";

/** Served by the cloud's own models, or by a private link of the vendor's. */
type Way = "model-api" | "custom";

export interface Vendor {
  readonly name: string;
  readonly kind: "models" | "vectors" | "data";
  /** Hosts and domains, lower case. */
  readonly hosts: readonly string[];
  readonly ways: ByCloud<Way>;
  readonly source: string;
}

const EVERYWHERE = { aws: "custom", azure: "custom", google: "custom" } as const;

export const VENDORS: readonly Vendor[] = [
  {
    name: "Anthropic",
    kind: "models",
    hosts: ["api.anthropic.com"],
    ways: { aws: "model-api", google: "model-api" },
    source: "https://docs.claude.com/en/api/claude-on-amazon-bedrock",
  },
  {
    name: "OpenAI",
    kind: "models",
    hosts: ["api.openai.com"],
    ways: { azure: "model-api" },
    source: "https://learn.microsoft.com/en-us/azure/ai-services/cognitive-services-virtual-networks",
  },
  {
    name: "Mistral AI",
    kind: "models",
    hosts: ["api.mistral.ai"],
    ways: { aws: "model-api", google: "model-api" },
    source: "https://docs.mistral.ai/deployment/cloud/overview/",
  },
  {
    name: "Cohere",
    kind: "models",
    hosts: ["api.cohere.com", "api.cohere.ai"],
    ways: { aws: "model-api" },
    source: "https://docs.aws.amazon.com/bedrock/latest/userguide/models-supported.html",
  },
  {
    name: "AI21 Labs",
    kind: "models",
    hosts: ["api.ai21.com"],
    ways: { aws: "model-api" },
    source: "https://docs.aws.amazon.com/bedrock/latest/userguide/models-supported.html",
  },
  {
    name: "Hugging Face Inference Endpoints",
    kind: "models",
    hosts: ["endpoints.huggingface.cloud"],
    ways: { aws: "custom" },
    source: "https://huggingface.co/docs/inference-endpoints/guides/private_link",
  },
  {
    name: "Pinecone",
    kind: "vectors",
    hosts: ["pinecone.io"],
    ways: { aws: "custom", google: "custom" },
    source: "https://docs.pinecone.io/guides/production/bring-your-own-cloud",
  },
  {
    name: "Zilliz Cloud",
    kind: "vectors",
    hosts: ["zillizcloud.com"],
    ways: EVERYWHERE,
    source: "https://docs.zilliz.com/docs/setup-a-private-link-azure",
  },
  {
    name: "Elastic Cloud",
    kind: "vectors",
    hosts: ["elastic-cloud.com", "elastic.cloud", "found.io"],
    ways: EVERYWHERE,
    source: "https://www.elastic.co/docs/deploy-manage/security/private-connectivity",
  },
  {
    name: "MongoDB Atlas",
    kind: "vectors",
    hosts: ["mongodb.net"],
    ways: EVERYWHERE,
    source: "https://www.mongodb.com/docs/atlas/security-private-endpoint/",
  },
  {
    name: "Astra DB",
    kind: "vectors",
    hosts: ["apps.astra.datastax.com"],
    ways: EVERYWHERE,
    source: "https://docs.datastax.com/en/astra-db-serverless/administration/manage-private-endpoints.html",
  },
  {
    name: "Snowflake",
    kind: "data",
    hosts: ["snowflakecomputing.com"],
    ways: EVERYWHERE,
    source: "https://docs.snowflake.com/en/sql-reference/functions/system_get_privatelink_config",
  },
  {
    name: "Databricks",
    kind: "data",
    hosts: ["cloud.databricks.com", "azuredatabricks.net", "gcp.databricks.com"],
    ways: EVERYWHERE,
    source: "https://docs.databricks.com/aws/en/security/network/classic/privatelink",
  },
  {
    name: "ClickHouse Cloud",
    kind: "data",
    hosts: ["clickhouse.cloud"],
    ways: EVERYWHERE,
    source: "https://clickhouse.com/docs/cloud/security/private-link-overview",
  },
  {
    name: "Confluent Cloud",
    kind: "data",
    hosts: ["confluent.cloud"],
    ways: EVERYWHERE,
    source: "https://docs.confluent.io/cloud/current/networking/overview.html",
  },
];

const within = (name: string, domain: string): boolean => `.${name}`.endsWith(`.${domain}`);

/** The vendor whom an exact name or a `*.x` of an egress rule leads to. */
export function vendorOf(pattern: string): Vendor | undefined {
  const base = pattern.replace(/^\*\./, "");
  const isWide = base !== pattern;
  return VENDORS.find(({ hosts }) =>
    hosts.some((host) => within(base, host) || (isWide && within(host, base))),
  );
}
