/** Every argument that is ever rendered, in an enclave as small as can be: where each value is changed once, that counts. */
import type { Spec } from "./rendered";

const storage = (from: string, access: string, aws: readonly string[]) => ({
  service: "object-storage",
  from: [from],
  access,
  resources: { aws },
});

export const EVERYTHING: Spec = {
  name: "all",
  region: "us-east-1",
  cidr: "10.32.0.0/15",
  availabilityZones: 1,
  zones: {
    front: { exposure: "public", prefix: 27 },
    app: { exposure: "private", prefix: 27 },
    store: { exposure: "isolated", cidr: "10.33.0.0/24", interfaces: [{ name: "primary", host: 10 }] },
  },
  flows: [
    {
      from: "internet",
      to: "front",
      ports: ["443/tcp"],
      sources: ["198.51.100.0/24", "203.0.113.0/25"],
      why: "partners",
    },
    { from: "front", to: "app", ports: ["8000-8100/tcp", "53/udp"], why: "in" },
    { from: "app", to: "app", ports: ["icmp"], why: "peers" },
    { from: "app", to: "store", ports: ["any"], why: "all" },
  ],
  privateEndpoints: {
    files: storage("app", "read", ["arn:aws:s3:::files", "arn:aws:s3:::files-*", "arn:aws:s3:::more/part"]),
    repo: { ...storage("app", "read", ["arn:aws:s3:::repo"]), anonymous: true },
    archive: { ...storage("store", "write", []), actions: { aws: ["s3:PutObjectAcl"] } },
    reports: {
      service: "logs",
      from: ["app"],
      access: "read-write",
      actions: { aws: ["logs:PutRetentionPolicy", "logs:TestMetricFilter"] },
    },
    search: { service: "vector-search", from: ["store"] },
    partner: {
      service: "custom",
      from: ["store"],
      ports: ["443/tcp", "5000-5002/tcp"],
      dnsNames: ["x.svc.example.com", "*.x.svc.example.com"],
      target: { aws: { serviceName: "com.amazonaws.vpce.us-east-1.vpce-svc-0123456789abcdef0" } },
    },
  },
  egress: [{ from: "app", to: ["*.huggingface.co"], ports: ["443/tcp", "80/tcp"], why: "weights" }],
  inspection: "request",
  dns: { allow: ["time.example.com"] },
  aws: {
    kmsKeyArn: "arn:aws:kms:us-east-1:111122223333:key/00000000-0000-0000-0000-000000000000",
    inspectionCertificateArn:
      "arn:aws:acm:us-east-1:111122223333:certificate/00000000-0000-0000-0000-000000000000",
  },
};

/** And those that are rendered only where no request is judged. */
export const TLS_ALONE: Spec = {
  name: "tls",
  region: "us-east-1",
  cidr: "10.20.0.0/16",
  availabilityZones: 1,
  zones: { app: { exposure: "private", prefix: 27 } },
  privateEndpoints: { reports: { service: "logs", from: ["app"] } },
  egress: [{ from: "app", to: ["*.huggingface.co"], ports: ["443/tcp"], why: "weights" }],
  aws: { kmsKeyArn: "arn:aws:kms:us-east-1:111122223333:key/00000000-0000-0000-0000-000000000000" },
};
