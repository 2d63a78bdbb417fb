/** The managed services that a spec can name, and their facts that are the same on every cloud. */

export interface ServiceFacts {
  readonly description: string;
  /** The meaning of each right. Null: no policy can distinguish rights on its connections. */
  readonly rights: readonly [read: string, write: string] | null;
  /** The right of an endpoint that names none. */
  readonly usual: "read" | "write";
  /** `own`: 443/tcp. `chosen`: the spec may name others. `required`: the spec has to name them. */
  readonly ports: "own" | "chosen" | "required";
  /** It always holds data, for any value of `holds`; or wherever `holds` does not say otherwise. */
  readonly holdsData: boolean | "unless-told";
  /** False for a service of a third party, which has a name and a target and no resources. */
  readonly managed: boolean;
  /** Other words for it, beside its names on each cloud. They are proposed, never read. */
  readonly synonyms: readonly string[];
}

const API = { ports: "own", usual: "read", holdsData: false, managed: true } as const;
const MODELS = { ...API, rights: ["invoke", "manage"] } as const;
const TELEMETRY = { ...API, rights: ["query", "write"], usual: "write" } as const;
const DATABASE = { ports: "chosen", usual: "read", holdsData: true, managed: true, rights: null } as const;

const FACTS = {
  "object-storage": {
    ...API,
    holdsData: "unless-told",
    description: "Objects in buckets.",
    rights: ["get, list", "put, delete"],
    synonyms: ["blob-storage", "bucket", "storage", "data-lake"],
  },
  "model-api": { ...MODELS, description: "Hosted models.", synonyms: ["llm"] },
  "ml-platform": {
    ...MODELS,
    description: "Training and serving of models.",
    synonyms: ["machine-learning"],
  },
  "container-registry": { ...API, description: "Images.", rights: ["pull", "push"], synonyms: ["docker"] },
  secrets: {
    ...API,
    description: "Secrets.",
    rights: ["get", "put"],
    synonyms: ["secrets-manager", "vault"],
  },
  keys: { ...API, description: "Keys.", rights: ["decrypt, verify", "encrypt, sign"], synonyms: [] },
  logs: { ...TELEMETRY, description: "Logs.", synonyms: [] },
  metrics: { ...TELEMETRY, description: "Measurements.", synonyms: ["monitoring"] },
  queue: { ...API, description: "Messages.", rights: ["receive", "send"], synonyms: [] },
  "relational-db": { ...DATABASE, description: "A SQL database.", synonyms: ["postgres", "mysql"] },
  "vector-search": { ...DATABASE, description: "An index of vectors.", synonyms: ["pinecone"] },
  custom: {
    ...DATABASE,
    description: "A service of somebody else, by private link.",
    ports: "required",
    holdsData: false,
    managed: false,
    synonyms: ["private-link"],
  },
} as const satisfies Readonly<Record<string, ServiceFacts>>;

export type Service = keyof typeof FACTS;

export const SERVICES: Readonly<Record<Service, ServiceFacts>> = FACTS;
export const SERVICE_NAMES = Object.keys(FACTS) as readonly Service[];
