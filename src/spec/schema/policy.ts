/** The shape of what is asserted, set aside, recorded and configured around the network. */
import { z } from "zod";
import { BACKENDS, ROLE_RULES } from "../../model/enclave";
import { shaped, why } from "./scalars";

const words = z.string().min(1);

export const assertionShape = z
  .strictObject({
    never: z
      .strictObject({
        from: words.meta({ description: "A zone, an external network, or internet." }),
        to: words.meta({ description: "A zone, an endpoint, or an external network." }),
        hops: z
          .int()
          .min(1)
          .optional()
          .meta({ description: "Chains of at most so many flows; absent: of any length." }),
      })
      .optional()
      .meta({ description: "No chain of flows leads from one to the other." }),
    through: z
      .strictObject({
        from: words.meta({ description: "A zone, an external network, or internet." }),
        to: words.meta({ description: "A zone, an endpoint, or an external network." }),
        via: words.meta({ description: "The zone that every chain has to pass." }),
      })
      .optional()
      .meta({ description: "Every chain from one to the other passes the waypoint." }),
  })
  .meta({
    description: "What has to stay true: exactly one of never and through.",
    minProperties: 1,
    maxProperties: 1,
  });

export const waiverShape = z
  .strictObject({
    rule: z.enum(ROLE_RULES).meta({ description: "The rule to set aside." }),
    zone: words.optional().meta({ description: "Only where this zone is concerned." }),
    endpoint: words.optional().meta({ description: "Only where this endpoint is concerned." }),
    why,
  })
  .meta({ description: "A role rule set aside; printed on every run." });

/** Names as Kubernetes takes them. */
const kubernetesName = shaped(/^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/, "a Kubernetes name", "model-server");

const workloadShape = z.strictObject({
  name: kubernetesName,
  namespace: kubernetesName,
  serviceAccount: kubernetesName,
  labels: z.record(z.string().min(1), z.string()).meta({ description: "Labels that select its pods." }),
});

export const meshShape = z
  .strictObject({
    kind: z.enum(["istio", "linkerd"]),
    workloads: z
      .record(z.string(), z.array(workloadShape).min(1))
      .meta({ description: "Workloads by zone." }),
  })
  .meta({ description: "The service mesh inside the zones." });

export const backendShape = z
  .strictObject({
    type: z.enum(BACKENDS),
    config: z
      .record(z.string().min(1), z.json())
      .default({})
      .meta({ description: "Arguments of the backend block." }),
  })
  .meta({ description: "Where Terraform keeps its state." });

const keyVaultSecret = shaped(
  /^https:\/\/[a-z0-9-]+\.vault\.[a-z0-9.]+\/(?:secrets|certificates)\/\S+$/,
  "a key vault secret id",
  "https://vault-name.vault.azure.net/secrets/inspection",
);
const keyVaultKey = shaped(
  /^https:\/\/[a-z0-9-]+\.vault\.[a-z0-9.]+\/keys\/\S+$/,
  "a key vault key id",
  "https://vault-name.vault.azure.net/keys/enclave",
);

export const awsShape = z.strictObject({
  kmsKeyArn: shaped(
    /^arn:[a-z0-9-]+:kms:\S+$/,
    "a KMS key ARN",
    "arn:aws:kms:us-east-1:111122223333:key/00000000-0000-0000-0000-000000000000",
  ).optional(),
  inspectionCertificateArn: shaped(
    /^arn:[a-z0-9-]+:acm:\S+$/,
    "an ACM certificate ARN",
    "arn:aws:acm:us-east-1:111122223333:certificate/00000000-0000-0000-0000-000000000000",
  ).optional(),
});

export const azureShape = z.strictObject({
  resourceGroup: shaped(
    /^[A-Za-z0-9_().-]{0,89}[A-Za-z0-9_()-]$/,
    "a resource group name",
    "existing-rg",
  ).optional(),
  keyVaultKeyId: keyVaultKey.optional(),
  inspectionCertificate: z
    .strictObject({
      keyVaultSecretId: keyVaultSecret,
      identityId: shaped(
        /^\/subscriptions\/\S+$/i,
        "an identity's resource id",
        "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rag/providers/Microsoft.ManagedIdentity/userAssignedIdentities/inspector",
      ),
    })
    .optional(),
});

export const googleShape = z.strictObject({
  project: shaped(/^(?:[a-z0-9.-]+:)?[a-z][a-z0-9-]{4,28}[a-z0-9]$/, "a project id", "my-project").optional(),
  projectNumber: shaped(/^\d{6,20}$/, "a project number", "123456789012").optional(),
  accessPolicy: shaped(/^accessPolicies\/\d+$/, "an access policy", "accessPolicies/1234", (text) =>
    /^\d+$/.test(text) ? `accessPolicies/${text}` : undefined,
  ).optional(),
  kmsKey: shaped(
    /^projects\/\S+\/cryptoKeys\/\S+$/,
    "a KMS key",
    "projects/my-project/locations/us-east1/keyRings/enclave/cryptoKeys/logs",
  ).optional(),
  inspectionCaPool: shaped(
    /^projects\/\S+\/caPools\/\S+$/,
    "a CA pool",
    "projects/my-project/locations/us-east1/caPools/inspection",
  ).optional(),
  regionalEndpoints: z
    .boolean()
    .optional()
    .meta({
      description:
        "Google APIs by endpoints of the region, each with an address of its own; nothing by the global bundle.",
    }),
});
