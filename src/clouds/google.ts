/** Facts about Google Cloud. */
import * as z from "zod";
import type { CloudFacts } from "./cloud-facts";
import { optional, shaped, text } from "./field-facts";

/** A bucket keeps its entries for 1 to 3650 days: https://docs.cloud.google.com/logging/quotas */
const LONGEST_RETENTION_DAYS = 3650;

const inProject = (kind: string, name: string, example: string) =>
  shaped(
    new RegExp(`^projects/\\S+/${kind}/\\S+$`),
    name,
    `projects/my-project/locations/us-east1/${example}`,
  );

/** https://docs.cloud.google.com/vpc-service-controls/docs/ingress-egress-rules */
const PERIMETER = z.strictObject({
  existing: shaped(
    /^accessPolicies\/\d+\/servicePerimeters\/\w+$/,
    "a service perimeter",
    "accessPolicies/1234/servicePerimeters/ml",
  )
    .optional()
    .meta({
      description:
        "A perimeter that holds the project already. Nothing is rendered: its owner restricts services.",
    }),
  projects: z
    .array(shaped(/^\d{6,20}$/, "a project number", "210987654321"))
    .min(1)
    .optional()
    .meta({
      description: "Numbers of more projects inside, with the buckets or keys that the enclave uses.",
    }),
  accessLevels: z
    .array(
      shaped(
        /^accessPolicies\/\d+\/accessLevels\/\w+$/,
        "an access level",
        "accessPolicies/1234/accessLevels/office",
      ),
    )
    .min(1)
    .optional()
    .meta({
      description: "Access levels that let requests in from outside.",
      absent: "those that the policy's owner adds",
    }),
  ingressFrom: z
    .array(
      shaped(
        /^(?:serviceAccount|user|group|principal|principalSet):[^\s"$%{}]+$/,
        "an identity",
        "serviceAccount:terraform@my-project.iam.gserviceaccount.com",
        (given) =>
          /^[^:@\s]+@[^:@\s]+\.gserviceaccount\.com$/.test(given) ? `serviceAccount:${given}` : undefined,
      ),
    )
    .min(1)
    .optional()
    .meta({
      description: "Who runs Terraform from outside: let in to the services that Terraform itself calls.",
      absent: "nobody",
    }),
  dryRun: optional(z.boolean(), "The perimeter only logs what it would refuse, and closes nothing."),
});

export const GOOGLE = {
  title: "Google Cloud",
  synonyms: ["gcp", "gcloud"],
  backend: "gcs",
  exampleRegion: "us-east1",
  services: {
    "object-storage": ["Cloud Storage", "gcs"],
    "model-api": ["Vertex AI, without dedicated endpoints", "gemini"],
    "ml-platform": ["Vertex AI, as `model-api`: one API", "vertex", "vertex-ai", "aiplatform"],
    "container-registry": ["Artifact Registry", "gcr", "artifact-registry"],
    secrets: ["Secret Manager", "secret-manager"],
    keys: ["Cloud KMS", "cloudkms"],
    logs: ["Cloud Logging"],
    metrics: ["Cloud Monitoring"],
    queue: ["Pub/Sub", "pubsub"],
    "relational-db": [
      "Cloud SQL and AlloyDB, by service attachment; 5432/tcp, other engines by `ports`",
      "cloudsql",
      "cloud-sql",
    ],
    "vector-search": ["Vector Search, by service attachment"],
    custom: ["a published service by service attachment"],
  },
  // https://cloud.google.com/vpc/docs/configure-private-google-access
  domains: ["gcr.io", "googleapis.com", "pkg.dev"],
  labels: {
    "object-storage": /^storage$/,
    "model-api": /^(?:[a-z0-9-]+-)?aiplatform$/,
    "container-registry": /^(?:gcr|pkg)$/,
    secrets: /^secretmanager$/,
  },
  rules: {
    "google-perimeter":
      "judged for Google only: endpoints of Google APIs are inside a perimeter, of " +
      "`google.accessPolicy` and `projectNumber`; " +
      "without one they reach the resources of every customer",
    "google-health-checks":
      "judged for Google only: rules and assertions hold, too, where `healthChecks: true` lets a load balancer " +
      "that somebody adds lead the internet into a zone",
    "google-shared-address":
      "judged for Google only: rules and assertions hold, too, where a zone reaches every API that " +
      "answers at one address",
  },
  // Zones in Google's documentation of 2026-11-21. A subnetwork spans its whole region, so the names only say
  // where workloads of a slot belong; they still have to exist.
  // https://docs.cloud.google.com/compute/docs/regions-zones
  regions: {
    codes: { unlisted: "google-zones-unknown", zones: "google-zones-unknown", zone: "google-zone-elsewhere" },
    table: {
      abc: `africa-south1 asia-east1 asia-east2 asia-northeast1 asia-northeast2 asia-northeast3 asia-south1
        asia-south2 asia-southeast1 asia-southeast2 australia-southeast1 australia-southeast2
        europe-central2 europe-north1 europe-north2 europe-southwest1 europe-west10 europe-west12
        europe-west2 europe-west3 europe-west4 europe-west6 europe-west8 europe-west9 me-central1
        me-central2 me-west1 northamerica-northeast1 northamerica-northeast2 northamerica-south1
        southamerica-east1 southamerica-west1 us-east4 us-east5 us-south1 us-west1 us-west2 us-west3
        us-west4`,
      abcf: "us-central1",
      bcd: "europe-west1 us-east1",
    },
    zoneStart: "{region}-",
    zoneEnd: /^[a-z0-9]+$/,
    ends: "abc",
    form: /^[a-z]+-[a-z]+\d+$/,
    zonesDiffer: true,
  },
  names: {
    code: "google-name",
    form: /^default$/,
    why: "Each new project of Google has a network of this name.",
  },
  // https://docs.cloud.google.com/compute/docs/labeling-resources. The plugin sends no label without a value.
  tags: {
    code: "google-label",
    countCode: "google-label",
    keys: {
      refused: [
        [
          /^[^\p{Ll}\p{Lo}]|[^\p{Ll}\p{Lo}\p{N}_-]|^$/u,
          "The key of a label begins with a lower-case letter and has lower-case letters, digits, _ and -.",
        ],
      ],
      longest: 63,
    },
    values: {
      refused: [
        [
          /[^\p{Ll}\p{Lo}\p{N}_-]|^$/u,
          "The value of a label has lower-case letters, digits, _ and -, and is not empty.",
        ],
      ],
      longest: 63,
    },
    most: { on: "A resource", all: 64, own: 2 },
  },
  retention: {
    most: {
      code: "google-retention",
      days: LONGEST_RETENTION_DAYS,
      why:
        `A log bucket of Google keeps its entries for ${LONGEST_RETENTION_DAYS} days at most, and ` +
        "never for ever.",
    },
    longer: [],
    // https://docs.cloud.google.com/logging/docs/buckets#locking-logs-buckets
    lock: {
      holds: true,
      why:
        "Whoever may delete the project takes the bucket with it. The retention of a locked bucket cannot be changed, and made longer neither: an apply with another " +
        "log_retention_days fails. The bucket can be deleted only once it is empty. Before `terraform destroy`, " +
        "take it out of the state: terraform state rm google_logging_project_bucket_config.enclave",
    },
  },
  inspection: {
    setting: "inspectionCaPool",
    needs: "a CA pool",
    why:
      "Secure Web Proxy decrypts with certificates from a pool of Certificate Authority Service. " +
      "Clients have to trust it.",
  },
  platforms: ["proxy-only", "network-attachment"],
  quotas: { most: "google-quota", normal: "google-quota", holder: "A project" },
  resource: text,
  withoutResources: "all that the perimeter holds",
  action: text,
  consumer: text.meta({ examples: ["partner-project"] }),
  link: z.strictObject({
    network: text.meta({
      description: "Self link or id of the network to peer with.",
      examples: ["projects/my-project/global/networks/corp"],
    }),
  }),
  target: z.strictObject({
    serviceAttachment: shaped(
      /^(?:https:\/\/\S+\/)?projects\/\S+\/serviceAttachments\/\S+$/,
      "a service attachment",
      "projects/partner/regions/us-east1/serviceAttachments/index",
    ),
  }),
  logging: z.strictObject({}),
  settings: z
    .strictObject({
      project: shaped(/^(?:[a-z0-9.-]+:)?[a-z][a-z0-9-]{4,28}[a-z0-9]$/, "a project id", "my-project")
        .optional()
        .meta({ description: "Id of the project to build in.", absent: "the provider's own project" }),
      projectNumber: shaped(/^\d{6,20}$/, "a project number", "123456789012")
        .optional()
        .meta({ description: "Number of the project, for the perimeter around Google APIs." }),
      accessPolicy: shaped(/^accessPolicies\/\d+$/, "an access policy", "accessPolicies/1234", (given) =>
        /^\d+$/.test(given) ? `accessPolicies/${given}` : undefined,
      )
        .optional()
        .meta({ description: "Access policy of the organization, for the perimeter around Google APIs." }),
      perimeter: PERIMETER.optional().meta({
        description: "The perimeter around Google APIs, where it is not one of the project alone.",
        absent: "a perimeter around the project, with no way in",
      }),
      kmsKey: inProject("cryptoKeys", "a KMS key", "keyRings/enclave/cryptoKeys/logs")
        .optional()
        .meta({ description: "The KMS key that encrypts logs.", absent: "Google's own key" }),
      inspectionCaPool: inProject("caPools", "a CA pool", "caPools/inspection")
        .optional()
        .meta({ description: "The certificate authority pool for `inspection: request`." }),
      regionalEndpoints: optional(
        z.union([z.boolean(), z.literal("prefer")]),
        "For requests to Google APIs that have to stay in the region. " +
          "Each service gets an address and a name of its own (`storage.us-east1.rep.googleapis.com`), and " +
          "its global names do not resolve. With `true`, a service without a regional endpoint is refused. " +
          "With `prefer`, it stays at the address that Google APIs share.",
      ),
    })
    .meta({ dependsOn: ["waive"], affects: ["privateEndpoints"] }),
} as const satisfies CloudFacts;
