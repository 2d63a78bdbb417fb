/** The shape of zones, external networks, flows, endpoints, egress rules and published services. */
import * as z from "zod";
import { CLOUDS, type Cloud } from "../../clouds/cloud";
import type { CloudFacts } from "../../clouds/cloud-facts";
import { byCloud, CLOUD_FACTS, SERVICE_WORDS } from "../../clouds/clouds";
import { type FieldFacts, field, optional, text } from "../../clouds/field-facts";
import { SERVICE_NAMES } from "../../clouds/services";
import { ACCESSES, EXPOSURES } from "../../model/enclave";
import { keysOf } from "../../model/lookup";
import { ROLES } from "../../model/roles";
import { block, count, hostPattern, name, sourceBlock, traffic, why } from "./scalars";

/** A mapping with one optional key for each cloud. */
export const perCloud = <S extends z.ZodType>(of: (cloud: Cloud, facts: CloudFacts) => S) =>
  z.strictObject(byCloud((cloud, facts) => of(cloud, facts).optional())).meta({ byCloud: true });

/** One name or several, in any form: a check compares references with the existing names. */
export function names(description: string, facts: FieldFacts) {
  const one = text.meta({ ...facts });
  return field(z.union([one, z.array(one).min(1)]), description, facts);
}

/** The ends of flows and chains. */
export const FROM = { synonyms: ["source", "src"] };
export const TO = { synonyms: ["destination", "dest", "dst", "target", "targets", "domains"] };
export const ZONES = { refersTo: ["zones"] } as const;
export const PARTIES = { refersTo: ["zones", "externalNetworks"] } as const;
const PORTS = { synonyms: ["port", "protocol", "protocols"] };
export const CIDR_SYNONYMS = ["subnet", "block", "range", "network"];

const ports = z.array(traffic).min(1);

const PLATFORM_NAMES = CLOUDS.flatMap((cloud) => {
  const { platforms } = CLOUD_FACTS[cloud];
  return platforms.length === 0 ? [] : [`${cloud}: \`${platforms.join("`, `")}\``];
}).join("; ");

const interfaceShape = z.strictObject({
  name,
  host: field(count, "Offset from the network address of each of the zone's subnets, at least 4."),
});

const was = (meaning: string) => optional(name, `The former name: ${meaning}`, { refersTo: [] });

export const zoneShape = z
  .strictObject({
    exposure: field(
      z.enum(keysOf(EXPOSURES)),
      Object.entries(EXPOSURES)
        .map(([exposure, description]) => `\`${exposure}\`: ${description}`)
        .join(" "),
      { synonyms: ["visibility", "tier"] },
    ),
    role: optional(
      z.enum(keysOf(ROLES)),
      `What the zone is for: \`${keysOf(ROLES).join("`, `")}\`. The role rules judge by it.`,
      { words: ROLES },
    ),
    hosts: optional(
      count,
      "Usable addresses in each availability zone; five more are reserved in each subnet.",
      { synonyms: ["size", "nodes"] },
    ),
    prefix: optional(count.max(28), "Prefix length of the subnet in each availability zone, 28 at most."),
    cidr: optional(block, "The whole zone: four slots, of which one is used for each availability zone.", {
      synonyms: CIDR_SYNONYMS,
    }),
    interfaces: optional(
      z.array(interfaceShape),
      "Network interfaces with a fixed address: `[{ name: pgvector, host: 10 }]`. " +
        "`host` is an offset in each subnet, from 4 to its third to last address: " +
        "the others are reserved on some cloud.",
    ),
    healthChecks: optional(
      z.boolean(),
      "Health checks of the cloud's load balancers reach the TCP ports that flows open into the zone.",
      { absent: "where the cloud's own host checks, `true`; else only ports open to the internet" },
    ),
    platform: optional(
      // A word for a cloud that has none is refused with the reason.
      perCloud((_, { platforms }) => (platforms.length === 0 ? text : z.enum(platforms))),
      "A service of the cloud that stands in the zone, which gets its subnet and rules: " +
        `${PLATFORM_NAMES}. A cloud says of which it has none in this version.`,
    ),
    was: was(
      "its block and its numbers stay, or come back if it was removed, and Terraform replaces nothing.",
    ),
  })
  .meta({
    description: "A part of the network whose members may do the same.",
    exactlyOne: ["hosts", "prefix", "cidr"],
    mainField: "exposure",
  });

export const externalShape = z
  .strictObject({
    cidrs: field(z.array(block).min(1), "Private blocks, disjoint from the enclave's and from all others."),
    ...byCloud((_, { link }) => link.optional()),
  })
  .meta({ description: "A private network outside the enclave, reachable by a link that exists already." });

export const flowShape = z
  .strictObject({
    from: names(
      "A zone, a list of zones, an external network, or `internet`, alone and towards public zones only.",
      { ...PARTIES, ...FROM },
    ),
    to: names("A zone, a list of zones, or an external network.", { ...PARTIES, ...TO }),
    ports: field(
      ports,
      "`443/tcp`, `8000-8100/udp`, `icmp` (all of ICMPv4), `any` (every protocol; " +
        "a warning, and refused from `internet`).",
      PORTS,
    ),
    sources: optional(z.array(sourceBlock).min(1), "Public blocks that narrow `internet`.", {
      absent: "all of the internet",
    }),
    why,
  })
  .meta({ description: "Connections that may be opened; replies come back, nothing else does." });

export const endpointShape = z
  .strictObject({
    service: field(z.enum(SERVICE_NAMES), "Which managed service; `custom` is one of somebody else's.", {
      words: SERVICE_WORDS,
    }),
    from: names("The zones that use it; no other can reach it.", { ...ZONES, ...FROM }),
    access: optional(
      z.enum(keysOf(ACCESSES)),
      "What all of `from` may do: `read`, `write` or `read-write`.",
      { absent: "`write` for `logs` and `metrics`, `read` for the others", words: ACCESSES },
    ),
    holds: optional(
      z.enum(["data", "artifacts"]),
      "`data` or `artifacts`: what lies there. The role rules judge by it.",
    ),
    ports: optional(ports, "TCP ports, for `custom` (required), `vector-search` and `relational-db`.", {
      absent: "443/tcp, on some clouds also what databases and queues speak",
      ...PORTS,
    }),
    resources: optional(
      perCloud((_, { resource }) => z.array(resource)),
      "The only resources that it leads to, by cloud.",
      { absent: CLOUDS.map((cloud) => `${cloud}: ${CLOUD_FACTS[cloud].withoutResources}`).join("; ") },
    ),
    actions: optional(
      perCloud((_, { action }) => z.array(action).min(1)),
      "Single actions beside those of `access`, by cloud, where a policy names actions. Told on every run.",
      { synonyms: ["permissions"] },
    ),
    anonymous: optional(
      z.boolean(),
      "`true`: reads that nobody signed pass, too. For `object-storage` with `access: read` and buckets by name.",
      { absent: "`false`, where a policy can tell" },
    ),
    availabilityZones: optional(
      z.array(count.max(3)).min(1),
      "Numbers of the availability zones in which the service exists: `[1, 2]`. Where endpoints are regional, " +
        "it changes nothing.",
      { absent: "all of the enclave", synonyms: ["zones", "slots"] },
    ),
    dnsNames: optional(
      z.array(hostPattern).min(1),
      "Names of a `custom` service, resolved to its private address: exact ones, and `*.x` for one or more " +
        "labels below x.",
      { synonyms: ["dnsName", "hostname", "hostnames", "dns"] },
    ),
    target: optional(
      perCloud((_, { target }) => target),
      "How a `custom` service is found, by cloud.",
    ),
    was: was("its numbers stay, or come back if it was removed, and Terraform replaces nothing."),
  })
  .meta({
    description: "A managed or third-party service inside the enclave's own address space.",
    mainField: "service",
  });

export const egressShape = z
  .strictObject({
    from: names("A private zone, or a list of them.", { ...ZONES, ...FROM }),
    to: field(
      z.array(hostPattern).min(1),
      "Exact names, and `*.x` for one or more labels below x (not x itself); " +
        "`*`, `*.com` and addresses are refused.",
      TO,
    ),
    ports: field(ports, "Single TCP ports: 80 is HTTP, every other is TLS with a server name.", PORTS),
    why,
  })
  .meta({ description: "A way out by name. Port and name are enforced together." });

export const publishShape = z
  .strictObject({
    zone: field(text, "The zone that serves it.", ZONES),
    port: field(count.max(65535), "TCP port."),
    consumers: field(
      perCloud((_, { consumer }) => z.array(consumer)),
      "Who may connect, by cloud: principals, subscription ids, projects.",
    ),
    was: was("Terraform replaces nothing."),
  })
  .meta({ description: "A service that others reach by private link." });
