/** Roles of zones, and the rules that use them. */
import { CLOUDS } from "../clouds/cloud";
import { CLOUD_FACTS, type CloudRule } from "../clouds/clouds";
import { SERVICE_NAMES, SERVICES } from "../clouds/services";
import { enumerate } from "../diagnostics/enumerate";
import { keysOf } from "./lookup";

/** Roles with the same rule. */
type Group = "no-egress" | "not-public" | "not-exposed" | "sink" | "serving" | "store" | "reader";

interface RoleFacts {
  readonly groups: readonly Group[];
  /** Other words for it. They are proposed, never read. */
  readonly synonyms: readonly string[];
}

const FACTS = {
  ingress: { groups: [], synonyms: ["web", "frontend", "lb", "load-balancer", "edge"] },
  gateway: { groups: ["serving", "reader"], synonyms: ["api", "api-gateway"] },
  app: { groups: ["serving", "reader"], synonyms: ["application", "backend", "service"] },
  inference: { groups: ["serving", "reader", "not-exposed"], synonyms: ["model", "llm", "serving", "gpu"] },
  training: { groups: ["not-public", "reader"], synonyms: ["train", "fine-tuning"] },
  data: { groups: ["no-egress", "not-public", "store"], synonyms: ["database", "db", "postgres"] },
  "vector-store": {
    groups: ["no-egress", "not-public", "sink", "store"],
    synonyms: ["vector", "vector-db", "vectordb", "pgvector", "index"],
  },
  artifacts: { groups: ["no-egress", "not-public"], synonyms: ["models", "registry"] },
  logging: { groups: ["no-egress", "not-public", "sink"], synonyms: ["monitoring", "observability"] },
  proxy: { groups: [], synonyms: [] },
  redaction: { groups: ["no-egress", "not-exposed", "reader"], synonyms: ["pii", "filter", "anonymization"] },
  tools: { groups: ["not-exposed", "reader"], synonyms: ["tool", "mcp", "agents"] },
  loader: { groups: [], synonyms: ["downloader", "fetcher", "importer"] },
} as const satisfies Readonly<Record<string, RoleFacts>>;

export type Role = keyof typeof FACTS;

export const ROLES: Readonly<Record<Role, RoleFacts>> = FACTS;

export const isIn = (group: Group, role: Role | undefined): boolean =>
  role !== undefined && ROLES[role].groups.includes(group);

export const isStore = (role: Role | undefined): boolean => isIn("store", role);

const rolesIn = (group: Group): readonly Role[] => keysOf(ROLES).filter((role) => isIn(group, role));
const stores = SERVICE_NAMES.filter((service) => SERVICES[service].holdsData === true);

/** Each rule with its condition. A provider checks the rules of its own cloud. */
const RULES = {
  "stores-no-egress": `${enumerate(rolesIn("no-egress"), "and")} zones have no \`egress\``,
  "stores-not-public":
    `${enumerate(rolesIn("not-public"), "and")} zones are not public and no flow from \`internet\` ` +
    "ends there",
  "sinks-initiate-nothing":
    `${enumerate(rolesIn("sink"), "and")} zones open no connection to another zone, an endpoint or a ` +
    "name",
  "exposed-inference":
    `${enumerate(rolesIn("not-exposed"), "and")} zones are not public and no flow from \`internet\` ` +
    "ends there",
  "stores-admit":
    `flows into ${enumerate(rolesIn("store"), "and")} zones are never \`any\` and come from ` +
    `${enumerate(rolesIn("reader"), "or")} zones, or from the same zone`,
  "logging-only-written": "flows into logging zones are never `any`",
  "no-exfiltration":
    "inference and tools zones that read a store, directly or by a chain, have no `egress`: " +
    `${enumerate(rolesIn("store"), "and")} zones, endpoints that hold data or are ${enumerate(stores, "or")}`,
  "gateway-between": "where there is a gateway zone, every chain from ingress to inference passes one",
  "training-reads-data": "training zones only read from endpoints that hold data",
  "serving-reads-artifacts": "serving zones only read from endpoints that hold artifacts",
  "serving-not-to-training": "no chain leads from a serving or ingress zone to a training zone",
  "redaction-between":
    "where there is a redaction zone, every chain from inference to data passes one: " +
    `to data and vector-store zones, to endpoints that hold data or are ${enumerate(stores, "or")}`,
  "private-way":
    "egress leads to no vendor who has a private way on the cloud; a warning, because the way may have to be bought",
} as const;

/** Rules that warn, and refuse nothing. */
export const WARNING_RULES: readonly RoleRule[] = ["private-way"];

export type NeutralRule = keyof typeof RULES;
export type RoleRule = NeutralRule | CloudRule;

export const ROLE_RULES = Object.assign(
  {},
  RULES,
  ...CLOUDS.map((cloud) => CLOUD_FACTS[cloud].rules),
) as Readonly<Record<RoleRule, string>>;

export const isNeutral = (rule: RoleRule): rule is NeutralRule => rule in RULES;
