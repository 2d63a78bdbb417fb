/** The shape of the network's parts: zones, external networks, flows, endpoints, egress rules, published services. */
import * as z from "zod";
import { CLOUDS, type Cloud } from "../../clouds/cloud";
import type { CloudFacts } from "../../clouds/cloud-facts";
import { byCloud, CLOUD_FACTS, SERVICE_WORDS } from "../../clouds/clouds";
import { type NamedPart, text } from "../../clouds/field-facts";
import { SERVICE_NAMES } from "../../clouds/services";
import { ACCESSES, EXPOSURES } from "../../model/enclave";
import { keysOf } from "../../model/lookup";
import { ROLES } from "../../model/roles";
import { block, hostName, hostPattern, name, sourceBlock, traffic, why } from "./scalars";

/** A reference is checked against the names that exist, so its form says nothing more. */
export const reference = (description: string, ...refersTo: NamedPart[]) =>
  text.meta({ description, refersTo, sample: "<zone>" });

const references = (description: string, ...refersTo: NamedPart[]) => {
  const one = text.meta({ refersTo });
  return z.union([one, z.array(one).min(1)]).meta({ description, refersTo, sample: "<zone>" });
};

/** A mapping with one optional key for each cloud. */
export const perCloud = <S extends z.ZodType>(of: (cloud: Cloud, facts: CloudFacts) => S) =>
  z.strictObject(byCloud((cloud, facts) => of(cloud, facts).optional())).meta({ byCloud: true });

export const FROM = { synonyms: ["source", "src"] };
export const TO = { synonyms: ["destination", "dest", "dst", "target", "targets", "domains"] };
const PORTS = { sample: "[443/tcp]", synonyms: ["port", "protocol", "protocols"] };
export const CIDR_SYNONYMS = ["subnet", "block", "range", "network"];

const interfaceShape = z
  .strictObject({
    name: name.meta({ sample: "interface" }),
    host: z
      .int()
      .min(1)
      .meta({
        description: "Offset from the network address of each of the zone's subnets, at least 4.",
        sample: "4",
      }),
  })
  .meta({ description: "A network interface with a fixed address in every availability zone." });

export const zoneShape = z
  .strictObject({
    exposure: z.enum(keysOf(EXPOSURES)).meta({
      description: Object.entries(EXPOSURES)
        .map(([exposure, { description }]) => `\`${exposure}\`: ${description}`)
        .join(" "),
      sample: "isolated",
      synonyms: ["visibility", "tier"],
      words: EXPOSURES,
    }),
    role: z
      .enum(keysOf(ROLES))
      .optional()
      .meta({
        description: `What the zone is for: ${keysOf(ROLES)
          .map((role) => `\`${role}\``)
          .join(", ")}. The role rules judge by it.`,
        words: ROLES,
      }),
    hosts: z
      .int()
      .min(1)
      .optional()
      .meta({
        description: "Usable addresses in each availability zone; five more are reserved in each subnet.",
        sample: "50",
        synonyms: ["size", "nodes"],
      }),
    prefix: z
      .int()
      .min(1)
      .max(28)
      .optional()
      .meta({
        description: "Prefix length of the subnet in each availability zone, 28 at most.",
        sample: "26",
      }),
    cidr: block
      .optional()
      .meta({
        description: "The whole zone: four slots, of which one is used for each availability zone.",
        sample: "<block>",
        synonyms: CIDR_SYNONYMS,
      }),
    interfaces: z
      .array(interfaceShape)
      .optional()
      .meta({
        description:
          "Network interfaces with a fixed address: `[{ name: pgvector, host: 10 }]`. `host` is an offset in each subnet, from 4 to its third to last address: the others are reserved on some cloud.",
      }),
    was: name
      .optional()
      .meta({
        description:
          "The zone's former name: its block and its numbers stay. Resources are called after their zone, so Terraform makes them anew.",
        refersTo: [],
      }),
  })
  .meta({
    description:
      "A part of the network whose members may do the same. Its size is exactly one of hosts, prefix and cidr.",
    exactlyOne: ["hosts", "prefix", "cidr"],
    mainField: "exposure",
  });

export const externalShape = z
  .strictObject({
    cidrs: z
      .array(block)
      .min(1)
      .meta({
        description: "Private blocks, disjoint from the enclave's and from all others.",
        sample: "[<network>]",
      }),
    ...byCloud((_, { link }) => link.optional()),
  })
  .meta({ description: "A private network outside the enclave, reachable by a link that exists already." });

export const flowShape = z
  .strictObject({
    from: references(
      "A zone, a list of zones, an external network, or `internet`, alone and towards public zones only.",
      "zones",
      "externalNetworks",
    ).meta(FROM),
    to: references("A zone, a list of zones, or an external network.", "zones", "externalNetworks").meta(TO),
    ports: z
      .array(traffic)
      .min(1)
      .meta({
        description:
          "`443/tcp`, `8000-8100/udp`, `icmp` (all of ICMPv4), `any` (every protocol; a warning, and refused from `internet`).",
        ...PORTS,
      }),
    sources: z
      .array(sourceBlock)
      .min(1)
      .optional()
      .meta({
        description: "Public blocks that narrow `internet`.",
        absent: "all of the internet",
        narrows: true,
      }),
    why,
  })
  .meta({ description: "Connections that may be opened; replies come back, nothing else does." });

export const endpointShape = z
  .strictObject({
    service: z
      .enum(SERVICE_NAMES)
      .meta({
        description: "Which managed service; `custom` is one of somebody else's.",
        sample: "object-storage",
        words: SERVICE_WORDS,
      }),
    from: references("The zones that use it; no other can reach it.", "zones").meta(FROM),
    access: z
      .enum(keysOf(ACCESSES))
      .optional()
      .meta({
        description: "What all of `from` may do: `read`, `write` or `read-write`.",
        absent: "`write` for `logs` and `metrics`, `read` for the others",
        words: ACCESSES,
      }),
    holds: z
      .enum(["data", "artifacts"])
      .optional()
      .meta({ description: "`data` or `artifacts`: what lies there. The role rules judge by it." }),
    ports: z
      .array(traffic)
      .min(1)
      .optional()
      .meta({
        description: "TCP ports, for `custom` (required), `vector-search` and `relational-db`.",
        absent: "443/tcp, on some clouds also what databases and queues speak",
        ...PORTS,
      }),
    resources: perCloud((_, { resource }) => z.array(resource))
      .optional()
      .meta({
        description: "The only resources that it leads to, by cloud.",
        absent: CLOUDS.map((cloud) => `${cloud}: ${CLOUD_FACTS[cloud].withoutResources}`).join("; "),
        narrows: true,
      }),
    dnsName: hostName
      .optional()
      .meta({ description: "Name of a `custom` service, resolved to its private address." }),
    target: perCloud((_, { target }) => target)
      .optional()
      .meta({ description: "How a `custom` service is found, by cloud.", sample: "{ <target> }" }),
  })
  .meta({
    description: "A managed or third-party service inside the enclave's own address space.",
    mainField: "service",
  });

export const egressShape = z
  .strictObject({
    from: references("A private zone, or a list of them.", "zones").meta({ ...FROM, sample: "<private>" }),
    to: z
      .array(hostPattern)
      .min(1)
      .meta({
        description:
          "Exact names, and `*.x` for one or more labels below x (not x itself); `*`, `*.com` and addresses are refused.",
        sample: '["*.example.com"]',
        ...TO,
      }),
    ports: z
      .array(traffic)
      .min(1)
      .meta({
        description: "Single TCP ports: 80 is HTTP, every other is TLS with a server name.",
        ...PORTS,
      }),
    why,
  })
  .meta({ description: "A way out by name. Port and name are enforced together." });

export const publishShape = z
  .strictObject({
    zone: reference("The zone that serves it.", "zones"),
    port: z.int().min(1).max(65535).meta({ description: "TCP port.", sample: "443" }),
    consumers: perCloud((_, { consumer }) => z.array(consumer)).meta({
      description: "Who may connect, by cloud: principals, subscription ids, projects.",
      sample: "{ <consumers> }",
    }),
  })
  .meta({ description: "A service that others reach by private link." });
