/** The enclaves that the sentences are about, written once for every cloud. */

const HEAD = {
  name: "conform",
  region: { aws: "us-east-1", azure: "eastus2", google: "us-east1" },
  cidr: "10.20.0.0/16",
  availabilityZones: 2,
  tags: { owner: "platform" },
  azure: { locks: true },
  google: { project: "my-project", projectNumber: "123456789012", accessPolicy: "accessPolicies/1234" },
};

const PROVIDERS = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/data/providers";
const ACCOUNTS = `${PROVIDERS}/Microsoft.Storage/storageAccounts`;
const VAULT = `${PROVIDERS}/Microsoft.KeyVault/vaults/corpuskeys`;

/** Everybody in one enclave: two zones that leave, one that could and does not, one that serves, three that are shut in. */
const WHOLE = {
  ...HEAD,
  zones: {
    web: { exposure: "public", prefix: 24, platform: { azure: "application-gateway" } },
    app: { exposure: "private", prefix: 24 },
    batch: { exposure: "private", prefix: 26 },
    idle: { exposure: "private", prefix: 26 },
    db: {
      exposure: "isolated",
      cidr: "10.20.64.0/22",
      interfaces: [{ name: "main", host: 10 }],
      healthChecks: true,
    },
    vault: { exposure: "isolated", prefix: 26, healthChecks: true },
    lab: { exposure: "isolated", prefix: 26 },
  },
  flows: [
    { from: "internet", to: "web", ports: ["443/tcp"], why: "public API" },
    { from: "web", to: "app", ports: ["8080/tcp"], why: "gateway to models" },
    { from: "app", to: "app", ports: ["7000/tcp"], why: "sharded models" },
    { from: "app", to: "db", ports: ["5432/tcp", "8000-8100/udp", "icmp"], why: "queries" },
    { from: "batch", to: "vault", ports: ["any"], why: "archive" },
    { from: "lab", to: "db", ports: ["5432/tcp"], why: "trials" },
  ],
  privateEndpoints: {
    files: {
      service: "object-storage",
      from: ["app"],
      access: "read",
      resources: {
        aws: ["arn:aws:s3:::corpusfiles"],
        azure: [`${ACCOUNTS}/corpusfiles`],
        google: ["corpusfiles"],
      },
    },
    secrets: { service: "secrets", from: ["batch"], access: "read", resources: { azure: [VAULT] } },
    metrics: { service: "metrics", from: ["batch", "db"], access: "write" },
  },
  egress: [
    { from: "app", to: ["*.huggingface.co", "mirror.example.com"], ports: ["443/tcp"], why: "model weights" },
    { from: "batch", to: ["mirror.example.com"], ports: ["80/tcp"], why: "packages" },
    { from: "batch", to: ["registry.example.com"], ports: ["8443/tcp"], why: "images" },
  ],
  dns: { allow: ["time.example.org", "*.pool.example.org"] },
  quarantine: ["lab"],
};

/** Zones and nothing between them. */
const BARE = {
  ...HEAD,
  zones: {
    web: { exposure: "public", prefix: 26 },
    app: { exposure: "private", prefix: 26 },
    db: { exposure: "isolated", prefix: 26 },
  },
};

/** What only some enclaves have: sources, a third party, keys of one's own, inspection of requests. */
const GIVEN = {
  ...BARE,
  flows: [{ from: "internet", to: "web", ports: ["443/tcp"], sources: ["198.51.100.0/24"], why: "partners" }],
  egress: [{ from: "app", to: ["mirror.example.com"], ports: ["443/tcp"], why: "packages" }],
  privateEndpoints: {
    partner: {
      service: "custom",
      from: ["app"],
      ports: ["443/tcp", "5000-5002/tcp"],
      dnsNames: ["x.partner.example.org", "*.x.partner.example.org", "a.example.org"],
      availabilityZones: [1],
      target: {
        aws: { serviceName: "com.amazonaws.vpce.us-east-1.vpce-svc-0123456789abcdef0" },
        azure: {
          privateLinkServiceAlias:
            "partner.00000000-0000-0000-0000-000000000000.eastus2.azure.privatelinkservice",
        },
        google: { serviceAttachment: "projects/partner/regions/us-east1/serviceAttachments/partner" },
      },
    },
  },
  inspection: "request",
  aws: {
    kmsKeyArn: "arn:aws:kms:us-east-1:111122223333:key/given-key",
    inspectionCertificateArn:
      "arn:aws:acm:us-east-1:111122223333:certificate/00000000-0000-0000-0000-000000000000",
  },
  azure: {
    ...HEAD.azure,
    keyVaultKeyId: "https://keys.vault.azure.net/keys/given-key/00000000000000000000000000000000",
    logIdentityId:
      "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/keys/providers/Microsoft.ManagedIdentity/userAssignedIdentities/logs",
    inspectionCertificate: {
      keyVaultSecretId: "https://keys.vault.azure.net/secrets/inspection",
      identityId:
        "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/keys/providers/Microsoft.ManagedIdentity/userAssignedIdentities/inspection",
    },
  },
  google: {
    ...HEAD.google,
    kmsKey: "projects/my-project/locations/us-east1/keyRings/logs/cryptoKeys/given-key",
    inspectionCaPool: "projects/my-project/locations/us-east1/caPools/inspection",
  },
};

/** Two services for two zones, where a cloud that has one address for many is asked for one each. */
const APART = {
  ...BARE,
  privateEndpoints: {
    secrets: { service: "secrets", from: ["app"], access: "read" },
    tasks: { service: "queue", from: ["db"], access: "read" },
  },
  google: { ...HEAD.google, regionalEndpoints: true },
};

/** The same, where one of the services has no address of its own. */
const PREFERRED = {
  ...APART,
  privateEndpoints: {
    secrets: { service: "secrets", from: ["app"], access: "read" },
    model: { service: "model-api", from: ["db"], access: "read" },
  },
  // On Google a name of the model's, in another region.
  dns: { allow: ["us-east5-aiplatform.googleapis.com"] },
  google: { ...HEAD.google, regionalEndpoints: "prefer" },
};

const PERIMETER = {
  projects: ["210987654321"],
  accessLevels: ["accessPolicies/1234/accessLevels/office"],
  ingressFrom: ["serviceAccount:terraform@my-project.iam.gserviceaccount.com"],
};

/** Services that Terraform calls, too, for its state and for logs: it has to come in where others may not. */
const LET_IN = {
  ...BARE,
  privateEndpoints: {
    files: { service: "object-storage", from: ["db"], access: "read" },
    records: { service: "logs", from: ["app"], access: "write" },
  },
  logging: { flowSampling: 0.5, lock: true },
  backend: { type: "gcs", config: { bucket: "tf-state", prefix: "{cloud}" } },
  google: { ...HEAD.google, perimeter: PERIMETER },
};

/** The same, where the perimeter only records. */
const DRY_RUN = {
  ...LET_IN,
  google: { ...HEAD.google, perimeter: { ...PERIMETER, dryRun: true } },
  waive: [{ rule: "google-perimeter", why: "to see first what it would refuse" }],
};

export const SPECS = {
  whole: WHOLE,
  bare: BARE,
  given: GIVEN,
  apart: APART,
  preferred: PREFERRED,
  letIn: LET_IN,
  dryRun: DRY_RUN,
} as const;
export type SpecName = keyof typeof SPECS;
