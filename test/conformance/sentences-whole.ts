/** Addresses, edges, records, and what a user of the rendered document meets. */

import {
  endpointOutput,
  everyResource,
  outputOf,
  table,
  variablesOf,
} from "../../src/verifier/terraform/document";
import { type Sentence, same, sentence, unless, ZONES } from "./asking";

const PLACES: Readonly<Record<(typeof ZONES)[number], readonly [string, string]>> = {
  web: ["10.20.0.0/24", "10.20.1.0/24"],
  app: ["10.20.4.0/24", "10.20.5.0/24"],
  batch: ["10.20.8.0/26", "10.20.8.64/26"],
  idle: ["10.20.9.0/26", "10.20.9.64/26"],
  db: ["10.20.64.0/24", "10.20.65.0/24"],
  vault: ["10.20.10.0/26", "10.20.10.64/26"],
  lab: ["10.20.11.0/26", "10.20.11.64/26"],
};

const addresses: readonly Sentence[] = [
  sentence("whole", "a zone has the same addresses on every cloud", (read) =>
    ZONES.flatMap((zone) => same(read.addressesOf(zone), PLACES[zone])),
  ),
  sentence("whole", "interfaces have the same fixed addresses on every cloud", (read) =>
    same(read.interfacesOf("db"), ["10.20.64.10", "10.20.65.10"]),
  ),
  sentence("whole", "everything lies in the enclave's range", (read) =>
    read.allAddresses().filter((range) => !range.startsWith("10.20.")),
  ),
  sentence("whole", "infrastructure lies in the last /23 of the range and in no zone", (read) => {
    const ofZones = ZONES.flatMap((zone) => read.addressesOf(zone));
    const rest = read.allAddresses().filter((range) => !ofZones.includes(range));
    return [
      ...unless(rest.length > 0, "there is none"),
      ...rest.filter((range) => !/^10\.20\.25[45]\./.test(range)),
    ];
  }),
  sentence("whole", "each slot of a zone stands in an availability zone of its own", (read) =>
    ZONES.flatMap((zone) =>
      same(read.placementOf(zone), ["${var.availability_zones[0]}", "${var.availability_zones[1]}"]),
    ),
  ),
];

const edges: readonly Sentence[] = [
  sentence("whole", "only the way out has public addresses", (read) => read.publicAddresses()),
  sentence("whole", "there is no IPv6", (read) => read.ipv6()),
  sentence("whole", "the enclave is joined to no network that is not its own", (read) => read.foreignLinks()),
  sentence("whole", "nothing is published that the spec does not publish", (read, document) => [
    ...read.offers(),
    ...same(outputOf(document, "published_services"), {}),
  ]),
  sentence("whole", "an interface is held by its zone's filter and forwards for nobody", (read) =>
    read.looseInterfaces(),
  ),
  sentence("whole", "nothing leads around endpoints and inspection", (read) => read.bypasses()),
  sentence("whole", "a filter applies to every subnet before anything can run there", (read) =>
    read.unfiltered(),
  ),
  sentence("whole", "what the cloud makes by itself admits nothing", (read) => read.openDefaults()),
];

const records: readonly Sentence[] = [
  sentence("whole", "every connection in every zone is recorded", (read) => read.unloggedFlows()),
  sentence("whole", "every query for a name is recorded", (read) =>
    unless(read.queriesLogged(), "queries are not recorded"),
  ),
  sentence("whole", "what is decided on the way out is recorded", (read) =>
    unless(read.exitsLogged(), "decisions are not recorded"),
  ),
  sentence("whole", "every denial is recorded", (read) => read.unloggedDenials()),
  sentence("whole", "logs are kept as long as the variable says", (read) => read.storesOfOtherRetention()),
  sentence("whole", "logs are open to nobody outside", (read) => read.openStores()),
  sentence("whole", "logs lie under a key of the enclave's own", (read) => read.storesWithoutOwnKey()),
  sentence("given", "flow logs lie under the key that the spec gives", (read) =>
    unless(read.flowLogsUnder("given-key"), "they lie under another"),
  ),
  sentence("given", "all logs lie under the key that the spec gives", (read) => read.storesWithoutOwnKey()),
  sentence("whole", "deletion protection guards the way out", (read) =>
    unless(read.protects("way out"), "it does not"),
  ),
  sentence("whole", "deletion protection guards the logs", (read) =>
    unless(read.protects("logs"), "it does not"),
  ),
];

const VARIABLES = [
  "availability_zones",
  "deletion_protection",
  "log_retention_days",
  "private_endpoint_resource_ids",
  "quarantine",
  "tags",
];
const OUTPUTS = ["egress", "logs", "network_id", "private_endpoints", "published_services", "zones"];
const keysOf = (value: unknown): string[] => Object.keys((value ?? {}) as object).sort();

const surface: readonly Sentence[] = [
  sentence("whole", "there are the same variables on every cloud, all with defaults", (_read, document) => {
    const variables = variablesOf(document);
    return [
      ...same([...variables.keys()].sort(), VARIABLES),
      ...[...variables].flatMap(([name, { hasDefault }]) => unless(hasDefault, `${name} has no default`)),
    ];
  }),
  sentence("whole", "the variables begin with what the spec says", (_read, document) => {
    const variables = variablesOf(document);
    return [
      ...same(variables.get("quarantine")?.default, ["lab"]),
      ...same(variables.get("tags")?.default, { owner: "platform" }),
      ...same(variables.get("deletion_protection")?.default, true),
      ...same(variables.get("log_retention_days")?.default, 365),
    ];
  }),
  sentence(
    "whole",
    "there are as many availability zones as the spec asks for, all different",
    (_read, document) => {
      const names = variablesOf(document).get("availability_zones")?.default as readonly string[] | undefined;
      return same(new Set(names).size, 2);
    },
  ),
  sentence("whole", "there are the same outputs on every cloud", (_read, document) =>
    same(keysOf(document["output"]), OUTPUTS),
  ),
  sentence("whole", "the output of a zone has addresses, subnets and groups", (read, document) => {
    const zones = (outputOf(document, "zones") ?? {}) as Readonly<
      Record<string, Readonly<Record<string, unknown>>>
    >;
    return ZONES.flatMap((zone) => [
      ...same(keysOf(zones[zone]), ["cidrs", "group_ids", "subnet_ids"]),
      ...same(zones[zone]?.["cidrs"], read.addressesOf(zone)),
    ]);
  }),
  sentence("whole", "the output of an endpoint has ids, names and addresses", (_read, document) =>
    ["files", "secrets", "metrics"].flatMap((name) =>
      ["addresses", "dns_names", "ids"].flatMap((key) =>
        unless(keysOf(endpointOutput(document, name)).includes(key), `${name} has no ${key}`),
      ),
    ),
  ),
  sentence(
    "whole",
    "the output of the way out has a proxy and addresses, where there are any",
    (_read, document) => same(keysOf(outputOf(document, "egress")), ["proxy_url", "public_ips"]),
  ),
  sentence("whole", "the output of logs names where flows, names and decisions are kept", (_read, document) =>
    ["flow", "dns", /^(firewall|proxy)/].flatMap((kind) =>
      unless(
        keysOf(outputOf(document, "logs")).some((key) =>
          typeof kind === "string" ? key === kind : kind.test(key),
        ),
        `${kind} is missing`,
      ),
    ),
  ),
  sentence("whole", "versions have a lower bound and an upper one", (_read, document) => {
    const required = (table(document, "terraform")["required_providers"] ?? {}) as Readonly<
      Record<string, { version?: string }>
    >;
    const bounded = /^>= \d+\.\d+\.\d+, < \d+\.0\.0$/;
    return [
      ...unless(keysOf(required).length === 1, "there is not one provider"),
      ...Object.values(required).flatMap(({ version = "" }) =>
        unless(bounded.test(version), `"${version}" has no bounds`),
      ),
    ];
  }),
  sentence("whole", "addresses of resources are words, without hashes", (_read, document) =>
    everyResource(document).flatMap(([address]) =>
      /^[a-z0-9_]+\.[a-z][a-z0-9_]*$/.test(address) ? [] : [address],
    ),
  ),
  sentence("whole", "a plan reads nothing: there are no data sources", (_read, document) =>
    keysOf(document["data"]),
  ),
  sentence("whole", "no credentials stand in the document", (_read, document) =>
    Object.values(table(document, "provider")).flatMap((blocks) =>
      keysOf([blocks].flat()[0]).filter((key) => /key|secret|token|password|credentials/.test(key)),
    ),
  ),
  sentence("whole", "the document says that it is rendered, and by what", (_read, document) =>
    unless(String(document["//"]).includes("ai-enclave"), "it does not"),
  ),
  sentence("whole", "everything that permits says why", (read) => [
    ...unless(
      read.reasons().every((reason) => reason.trim() !== ""),
      "something has no reason",
    ),
    ...[
      "public API",
      "gateway to models",
      "sharded models",
      "queries",
      "archive",
      "trials",
      "model weights",
      "packages",
    ].flatMap((why) => unless(read.reasons().includes(why), `nothing says "${why}"`)),
  ]),
  sentence("whole", "what takes tags carries the enclave's name and the user's tags", (read) =>
    read.untagged(),
  ),
  sentence("whole", "something that serves a zone is tagged with it", (read) =>
    ZONES.flatMap((zone) => unless(read.taggedFor(zone).length > 0, `nothing is tagged ${zone}`)),
  ),
];

export const WHOLE: readonly Sentence[] = [...addresses, ...edges, ...records, ...surface];
