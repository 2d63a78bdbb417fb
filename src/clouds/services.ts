/** The managed services that a spec can name, with all that is true of each on every cloud. */

export interface ServiceFacts {
  readonly description: string;
  /** What each right permits. Absent where a connection carries no right that a policy could tell apart. */
  readonly rights: { readonly read: string; readonly write: string; readonly usual: "read" | "write" } | null;
  /** `own`: the service answers on 443/tcp. `chosen`: the spec may say. `required`: the spec has to say. */
  readonly ports: "own" | "chosen" | "required";
  /** It holds data by its nature, whatever the spec says in `holds`. */
  readonly holdsData: boolean;
  /** False for a service of somebody else, which has a name and a target and no resources. */
  readonly managed: boolean;
  /** Other words for it, beside its names on each cloud. */
  readonly synonyms: readonly string[];
}

const API = { ports: "own", holdsData: false, managed: true } as const;
const DATABASE = { rights: null, ports: "chosen", holdsData: true, managed: true } as const;

const FACTS = {
  "object-storage": {
    ...API,
    description: "Objects in buckets or storage accounts.",
    rights: { read: "get, list", write: "put, delete", usual: "read" },
    synonyms: ["blob-storage", "bucket", "storage", "data-lake"],
  },
  "model-api": {
    ...API,
    description: "Models that the cloud serves.",
    rights: { read: "invoke", write: "manage", usual: "read" },
    synonyms: ["llm"],
  },
  "ml-platform": {
    ...API,
    description: "The cloud's platform to train and serve models.",
    rights: { read: "invoke", write: "manage", usual: "read" },
    synonyms: ["machine-learning"],
  },
  "container-registry": {
    ...API,
    description: "Container images.",
    rights: { read: "pull", write: "push", usual: "read" },
    synonyms: ["docker"],
  },
  secrets: {
    ...API,
    description: "Secrets by name.",
    rights: { read: "get", write: "put", usual: "read" },
    synonyms: ["secrets-manager"],
  },
  keys: {
    ...API,
    description: "Keys that never leave the service.",
    rights: { read: "decrypt, verify", write: "encrypt, sign", usual: "read" },
    synonyms: [],
  },
  logs: {
    ...API,
    description: "Log records.",
    rights: { read: "query", write: "write", usual: "write" },
    synonyms: [],
  },
  metrics: {
    ...API,
    description: "Measurements.",
    rights: { read: "query", write: "write", usual: "write" },
    synonyms: ["monitoring"],
  },
  queue: {
    ...API,
    description: "Messages.",
    rights: { read: "receive", write: "send", usual: "read" },
    synonyms: [],
  },
  "relational-db": { ...DATABASE, description: "A managed SQL database.", synonyms: ["postgres", "mysql"] },
  "vector-search": { ...DATABASE, description: "A managed index of vectors.", synonyms: ["pinecone"] },
  custom: {
    description: "A service of somebody else, by private link.",
    rights: null,
    ports: "required",
    holdsData: false,
    managed: false,
    synonyms: ["private-link"],
  },
} as const satisfies Readonly<Record<string, ServiceFacts>>;

export type Service = keyof typeof FACTS;

export const SERVICES: Readonly<Record<Service, ServiceFacts>> = FACTS;
export const SERVICE_NAMES = Object.keys(FACTS) as readonly Service[];
