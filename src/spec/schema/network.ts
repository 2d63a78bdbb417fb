/** The shape of what the network is made of: zones, networks outside, flows, endpoints, ways out, published services. */
import { z } from "zod";
import { ACCESSES, EXPOSURES, ROLES, SERVICES } from "../../model/enclave";
import { block, hostName, hostPattern, name, shaped, sourceBlock, traffic, why } from "./scalars";

const words = z.string().min(1);

/** A reference is checked against the names that exist, so its form says nothing more. */
const reference = (description: string) => z.string().min(1).meta({ description });
const references = (description: string) =>
  z.union([z.string().min(1), z.array(z.string().min(1)).min(1)]).meta({ description });

/** A bucket by its name or address is an ARN of S3. */
const awsArn = shaped(
  /^arn:[a-z0-9-]+:[^\s]+$/,
  "an Amazon resource name",
  "arn:aws:s3:::rag-corpus",
  (text) => {
    const [, bucket] = /^(?:s3:\/\/)?([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?:\/.*)?$/.exec(text) ?? [];
    return bucket && `arn:aws:s3:::${bucket}`;
  },
);
const azureId = shaped(
  /^\/subscriptions\/[^\s]+$/i,
  "an Azure resource id",
  "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rag",
);

const interfaceShape = z
  .strictObject({
    name,
    host: z
      .int()
      .min(1)
      .meta({ description: "Offset from the network address of each of the zone's subnets, at least 4." }),
  })
  .meta({ description: "A network interface with a fixed address in every availability zone." });

export const zoneShape = z
  .strictObject({
    exposure: z
      .enum(EXPOSURES)
      .meta({
        description:
          "public: receives declared flows from the internet and opens nothing to it. private: nothing comes in from the internet, egress by name only. isolated: no route to or from the internet.",
      }),
    role: z.enum(ROLES).optional().meta({ description: "What the zone is for; the role rules judge by it." }),
    hosts: z.int().min(1).optional().meta({ description: "Usable addresses per availability zone." }),
    prefix: z
      .int()
      .min(1)
      .max(28)
      .optional()
      .meta({ description: "Prefix length of the subnet in each availability zone." }),
    cidr: block.optional().meta({ description: "The whole zone: four availability-zone slots." }),
    interfaces: z.array(interfaceShape).optional().meta({ description: "Fixed network interfaces." }),
    was: name.optional().meta({ description: "Former name: the zone is renamed, its addresses stay." }),
  })
  .meta({
    description:
      "A part of the network whose members may do the same. Its size is exactly one of hosts, prefix and cidr.",
    oneOf: [{ required: ["hosts"] }, { required: ["prefix"] }, { required: ["cidr"] }],
  });

export const externalShape = z
  .strictObject({
    cidrs: z
      .array(block)
      .min(1)
      .meta({ description: "Private blocks, disjoint from the enclave's and from all others." }),
    aws: z
      .strictObject({
        transitGatewayId: shaped(/^tgw-[0-9a-f]+$/, "a transit gateway id", "tgw-0123456789abcdef0"),
      })
      .optional(),
    azure: z.strictObject({ virtualNetworkId: azureId }).optional(),
    google: z
      .strictObject({ network: words.meta({ description: "Self link or id of the network to peer with." }) })
      .optional(),
  })
  .meta({ description: "A private network outside the enclave, reachable by a link that exists already." });

export const flowShape = z
  .strictObject({
    from: references("A zone, a list of zones, an external network, or internet."),
    to: references("A zone, a list of zones, or an external network."),
    ports: z.array(traffic).min(1).meta({ description: "What may be opened." }),
    sources: z
      .array(sourceBlock)
      .min(1)
      .optional()
      .meta({ description: "Public blocks that narrow internet." }),
    why,
  })
  .meta({ description: "Connections that may be opened; replies come back, nothing else does." });

export const endpointShape = z
  .strictObject({
    service: z
      .enum(SERVICES)
      .meta({ description: "Which managed service; custom is one of somebody else's." }),
    from: references("The zones that use it."),
    access: z
      .enum(ACCESSES)
      .optional()
      .meta({
        description: "What its users may do. Default: write for logs and metrics, read for the others.",
      }),
    holds: z
      .enum(["data", "artifacts"])
      .optional()
      .meta({ description: "What lies there; the role rules judge by it." }),
    ports: z
      .array(traffic)
      .min(1)
      .optional()
      .meta({ description: "TCP ports, where the service does not fix them." }),
    resources: z
      .strictObject({
        aws: z.array(awsArn).optional(),
        azure: z.array(azureId).optional(),
        google: z.array(words).optional(),
      })
      .optional()
      .meta({ description: "The only resources that the endpoint gives access to, by cloud." }),
    dnsName: hostName
      .optional()
      .meta({ description: "Name of a custom service, resolved to its private address." }),
    target: z
      .strictObject({
        aws: z
          .strictObject({
            serviceName: shaped(
              /^com\.amazonaws\.[a-z0-9.-]+$/,
              "an endpoint service name",
              "com.amazonaws.vpce.us-east-1.vpce-svc-0123456789abcdef0",
            ),
          })
          .optional(),
        azure: z
          .strictObject({
            privateLinkServiceAlias: shaped(
              /^[A-Za-z0-9._-]+$/,
              "a private link service alias",
              "pls.00000000-0000-0000-0000-000000000000.eastus2.azure.privatelinkservice",
            ),
          })
          .optional(),
        google: z
          .strictObject({
            serviceAttachment: shaped(
              /^(?:https:\/\/\S+\/)?projects\/\S+\/serviceAttachments\/\S+$/,
              "a service attachment",
              "projects/partner/regions/us-east1/serviceAttachments/index",
            ),
          })
          .optional(),
      })
      .optional()
      .meta({ description: "The custom service, by cloud." }),
  })
  .meta({ description: "A managed or third-party service inside the enclave's own address space." });

export const egressShape = z
  .strictObject({
    from: references("A private zone, or a list of them."),
    to: z.array(hostPattern).min(1).meta({ description: "Exact names, and *.x for the names below x." }),
    ports: z
      .array(traffic)
      .min(1)
      .meta({ description: "Single TCP ports: 80 is HTTP, every other is TLS with a server name." }),
    why,
  })
  .meta({ description: "A way out by name. Port and name are enforced together." });

export const publishShape = z
  .strictObject({
    zone: reference("The zone that serves it."),
    port: z.int().min(1).max(65535).meta({ description: "TCP port." }),
    consumers: z
      .strictObject({
        aws: z.array(words).optional(),
        azure: z.array(words).optional(),
        google: z.array(words).optional(),
      })
      .meta({ description: "Who may connect, by cloud: principals, subscription ids, projects." }),
  })
  .meta({ description: "A service that others reach by private link." });
