/**
 * The words that a user probably had in mind for a word that a spec does not know: names that clouds and other tools give to the
 * same thing. Only ever proposed, never read.
 */
import { nearest } from "../../diagnostics/did-you-mean";
import { lookup } from "../../model/lookup";

const KEYS = "";

const MEANT = lookup<Readonly<Record<string, readonly string[]>>>({
  [KEYS]: {
    from: ["source", "src"],
    to: ["destination", "dest", "dst", "target", "targets", "domains"],
    why: ["description", "reason", "comment", "note"],
    ports: ["port", "protocol", "protocols"],
    exposure: ["visibility", "tier"],
    cidr: ["subnet", "block", "range", "network"],
    hosts: ["size", "nodes"],
  },
  cloud: { google: ["gcp", "gcloud"], azure: ["azurerm", "microsoft"], aws: ["amazon"] },
  exposure: {
    public: ["external", "internet", "dmz", "open"],
    private: ["internal", "intranet", "egress", "nat"],
    isolated: ["none", "closed", "offline", "restricted"],
  },
  role: {
    ingress: ["web", "frontend", "lb", "load-balancer", "edge"],
    gateway: ["api", "api-gateway"],
    app: ["application", "backend", "service"],
    inference: ["model", "llm", "serving", "gpu"],
    training: ["train", "fine-tuning"],
    data: ["database", "db", "postgres"],
    "vector-store": ["vector", "vector-db", "vectordb", "pgvector", "index"],
    artifacts: ["models", "registry"],
    logging: ["monitoring", "observability"],
    redaction: ["pii", "filter", "anonymization"],
    tools: ["tool", "mcp", "agents"],
  },
  service: {
    "object-storage": ["s3", "blob", "blob-storage", "gcs", "bucket", "storage", "data-lake"],
    "model-api": ["bedrock", "openai", "azure-openai", "gemini", "llm"],
    "ml-platform": ["sagemaker", "vertex", "vertex-ai", "aiplatform", "azureml", "machine-learning"],
    "container-registry": ["ecr", "acr", "gcr", "artifact-registry", "docker"],
    secrets: ["secretsmanager", "secrets-manager", "secret-manager", "key-vault", "keyvault"],
    keys: ["kms", "cloudkms"],
    logs: ["cloudwatch", "cloudwatch-logs", "log-analytics"],
    metrics: ["monitoring", "monitor"],
    queue: ["sqs", "pubsub", "service-bus", "servicebus"],
    "relational-db": ["rds", "aurora", "cloudsql", "cloud-sql", "postgres", "mysql"],
    "vector-search": ["opensearch", "ai-search", "pinecone"],
    custom: ["private-link", "privatelink", "vpce"],
  },
  access: {
    "read-write": ["rw", "full", "all", "readwrite"],
    read: ["ro", "readonly", "read-only", "get"],
    write: ["wo", "put", "write-only"],
  },
  type: {
    s3: ["aws"],
    azurerm: ["azure", "blob"],
    gcs: ["gs", "google", "gcp"],
    cloud: ["terraform-cloud", "tfc", "hcp"],
  },
  inspection: { request: ["deep", "tls", "decrypt", "full", "http"], connection: ["sni", "none", "off"] },
});

/** The key that was probably meant, among those that a mapping may still have. */
export const keyMeantBy = (key: string, free: readonly string[]): string | undefined =>
  meantBy(KEYS, key, free);

/** The one of `allowed` that a word stands for, by its spelling or by what others call it. */
export function meantBy(key: string, word: string, allowed: readonly string[]): string | undefined {
  const others = MEANT[key] ?? {};
  const plain = word.toLowerCase().replaceAll(/[_\s]+/g, "-");
  return allowed.find((each) => others[each]?.includes(plain)) ?? nearest(word, allowed);
}
