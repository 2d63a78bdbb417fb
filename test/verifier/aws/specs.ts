/** Enclaves whose documents are spoiled: the example, one with everything that it has not, and one that is closed. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { EVERYTHING } from "../../providers/aws/everything";
import { type Rendered, render } from "../../support/rendered";

const EXAMPLE = readFileSync(join(__dirname, "../rag.enclave.yaml"), "utf8");

/** Gateway endpoints, a range wider than a VPC takes, interfaces in each slot, no way out. */
const GATEWAYS = {
  name: "other",
  region: "us-east-1",
  cidr: "10.32.0.0/15",
  zones: {
    front: { exposure: "public", hosts: 20, interfaces: [{ name: "gate", host: 10 }] },
    store: { exposure: "isolated", cidr: "10.33.0.0/24" },
  },
  flows: [{ from: "internet", to: "front", ports: ["443/tcp"], why: "a test" }],
  privateEndpoints: {
    one: { service: "object-storage", from: ["front"], access: "read" },
    repo: {
      service: "object-storage",
      from: ["front"],
      anonymous: true,
      resources: { aws: ["arn:aws:s3:::repo"] },
    },
    two: { service: "object-storage", from: ["store"], access: "write" },
    search: { service: "vector-search", from: ["store"] },
    reports: { service: "logs", from: ["store"] },
    partner: {
      service: "custom",
      from: ["store"],
      ports: ["443/tcp"],
      dnsNames: [
        "partner.example.com",
        "*.partner.example.com",
        "*.eu.partner.example.com",
        "ocsp.example.org",
      ],
      availabilityZones: [2],
      target: { aws: { serviceName: "com.amazonaws.vpce.us-east-1.vpce-svc-0123456789abcdef0" } },
    },
  },
};

const CLOSED = {
  name: "closed",
  region: "us-east-1",
  cidr: "10.20.0.0/16",
  zones: { store: { exposure: "isolated", hosts: 20 } },
};

/** Calls that come from low ports: by a port of its own, and inside a range. */
const LOW = {
  name: "low",
  region: "us-east-1",
  cidr: "10.20.0.0/16",
  zones: {
    a: { exposure: "isolated", prefix: 28 },
    files: { exposure: "isolated", prefix: 28 },
    old: { exposure: "isolated", prefix: 28 },
  },
  flows: [
    { from: "a", to: "files", ports: ["443/tcp", "2049/tcp"], why: "a test" },
    { from: "a", to: "old", ports: ["2000-2100/udp"], why: "a test" },
  ],
  privateEndpoints: {
    store: {
      service: "custom",
      from: ["a"],
      ports: ["443/tcp", "988/tcp"],
      dnsNames: ["store.example.com"],
      target: { aws: { serviceName: "com.amazonaws.vpce.us-east-1.vpce-svc-0123456789abcdef0" } },
    },
  },
};

/** What has no ports, and what is any protocol. */
const PORTLESS = {
  name: "portless",
  region: "us-east-1",
  cidr: "10.20.0.0/16",
  zones: {
    a: { exposure: "isolated", prefix: 28 },
    b: { exposure: "isolated", prefix: 28 },
    c: { exposure: "isolated", prefix: 28 },
  },
  flows: [
    { from: "a", to: "b", ports: ["icmp"], why: "a test" },
    { from: "a", to: "c", ports: ["any"], why: "a test" },
  ],
};

export const example = (): Rendered => render("aws", EXAMPLE);
export const everything = (): Rendered => render("aws", EVERYTHING);
export const gateways = (): Rendered => render("aws", GATEWAYS);
export const closed = (): Rendered => render("aws", CLOSED);
export const portless = (): Rendered => render("aws", PORTLESS);
export const low = (): Rendered => render("aws", LOW);
