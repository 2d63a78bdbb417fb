/** Specs in which nothing is wrong by itself, to be made wrong. */

/** Every part of a spec twice where it can be, so that a mistake in one leaves another. */
export const SOUND = {
  name: "private-rag",
  region: { aws: "us-east-1", azure: "eastus2", google: "us-east1" },
  cidr: "10.20.0.0/16",
  tags: { owner: "ml", "cost-centre": "42" },
  zones: {
    web: { exposure: "public", hosts: 100 },
    app: { exposure: "private", hosts: 200 },
    work: { exposure: "private", prefix: 26 },
    db: { exposure: "isolated", cidr: "10.20.64.0/22", interfaces: [{ name: "pg", host: 10 }] },
    files: { exposure: "isolated", hosts: 30 },
  },
  flows: [
    { from: "internet", to: "web", ports: ["443/tcp"], why: "public" },
    { from: "web", to: "app", ports: ["8080/tcp"], why: "requests" },
    { from: ["app", "work"], to: "db", ports: ["5432/tcp"], why: "queries" },
  ],
  privateEndpoints: {
    corpus: { service: "object-storage", from: ["app"], resources: { aws: ["arn:aws:s3:::corpus"] } },
    images: { service: "container-registry", from: ["app", "work"] },
    token: { service: "secrets", from: ["work"] },
    index: {
      service: "custom",
      from: ["app"],
      ports: ["443/tcp"],
      dnsNames: ["x.example.com"],
      target: {
        aws: { serviceName: "com.amazonaws.vpce.us-east-1.vpce-svc-0123456789abcdef0" },
        azure: {
          privateLinkServiceAlias: "v.00000000-0000-0000-0000-000000000000.eastus2.azure.privatelinkservice",
        },
        google: { serviceAttachment: "projects/p/regions/us-east1/serviceAttachments/s" },
      },
    },
  },
  egress: [
    { from: "app", to: ["*.huggingface.co"], ports: ["443/tcp"], why: "models" },
    { from: "work", to: ["mirror.example.com"], ports: ["443/tcp"], why: "packages" },
  ],
  waive: [{ rule: "google-perimeter", why: "no organisation" }] as object[],
};

/** Everything that a spec can have, and that a cloud may not have. */
export const FULL = {
  ...SOUND,
  availabilityZones: 2,
  zoneNames: { aws: ["us-east-1a", "us-east-1b"] },
  zones: {
    ...SOUND.zones,
    db: {
      exposure: "isolated",
      role: "data",
      cidr: "10.20.64.0/22",
      interfaces: [
        { name: "pg", host: 10 },
        { name: "replica", host: 11 },
      ],
    },
    work: { exposure: "private", role: "training", prefix: 26, was: "job" },
  },
  externalNetworks: {
    corp: { cidrs: ["172.16.0.0/16"], aws: { transitGatewayId: "tgw-0123456789abcdef0" } },
  },
  flows: [
    ...SOUND.flows,
    { from: "corp", to: ["app", "web"], ports: ["443/tcp", "8000-8100/tcp"], why: "staff" },
    {
      from: "internet",
      to: "web",
      ports: ["80/tcp"],
      sources: ["8.8.8.0/24", "9.9.9.9/32"],
      why: "partners",
    },
  ],
  publish: { api: { zone: "app", port: 8443, consumers: { google: ["partner-project"] } } },
  assertions: [
    { never: { from: "internet", to: "db", hops: 1 } },
    { through: { from: "web", to: "db", via: "app" } },
  ],
  inspection: "request",
  quarantine: ["work"],
  dns: { allow: ["*.example.org"] },
  google: { project: "my-project", accessPolicy: "accessPolicies/1" },
  backend: { type: "s3", config: { bucket: "b", list: ["a", { key: "x" }] } },
  mesh: {
    kind: "istio",
    workloads: { app: [{ name: "a", namespace: "b", serviceAccount: "c", labels: { app: "d" } }] },
  },
};

export const encode = (spec: object): Uint8Array => new TextEncoder().encode(JSON.stringify(spec));
