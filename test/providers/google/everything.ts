/** A small enclave with everything that is ever rendered on Google, but for endpoints of the region, which are in place of others. */
import { spec } from "./rendered";

export const EVERYTHING = spec(`flows:
  - { from: internet, to: web, ports: [443/tcp], why: "public" }
  - { from: web, to: app, ports: [8080/tcp, 100-200/udp, icmp], why: "requests" }
  - { from: app, to: db, ports: [any], why: "all" }
privateEndpoints:
  corpus: { service: object-storage, from: [app] }
  records: { service: logs, from: [app] }
  users: { service: relational-db, from: [app] }
  index: { service: custom, from: [app], ports: [443/tcp], dnsNames: [x.example.com, "*.x.example.com"], target: { google: { serviceAttachment: projects/p/regions/us-east1/serviceAttachments/s } } }
egress:
  - { from: app, to: ["*.huggingface.co", mirror.example.com], ports: [443/tcp, 80/tcp], why: "packages" }
dns: { allow: [time.example.org] }
inspection: request
quarantine: [db]
`).replace(
  "google: {",
  "google: { perimeter: { projects: ['210987654321'], accessLevels: [accessPolicies/1234/accessLevels/office], ingressFrom: ['user:ada@example.com'] }, kmsKey: projects/p/locations/us-east1/keyRings/r/cryptoKeys/k, inspectionCaPool: projects/p/locations/us-east1/caPools/p,",
);

/** With a perimeter that only records. */
export const IN_THE_REGION = spec(`privateEndpoints:
  credentials: { service: secrets, from: [app] }
  records: { service: logs, from: [db] }
waive: [{ rule: google-perimeter, why: "a trial" }]
`).replace(
  "google: {",
  "google: { perimeter: { dryRun: true, accessLevels: [accessPolicies/1234/accessLevels/office], ingressFrom: ['user:ada@example.com'] }, regionalEndpoints: true,",
);
