/**
 * The enclave as the user meant it: the spec after its shape and its meaning were checked, in spec order, frozen, without
 * defaults left open. Every item carries the path of the spec item it came from, which is what errors, rule descriptions and
 * proofs quote.
 */

import type { ByCloud, Cloud } from "../clouds/cloud";
import type { SpecPath } from "../diagnostics/diagnostic";
import type { Cidr } from "../net/cidr";

export const EXPOSURES = ["public", "private", "isolated"] as const;
export type Exposure = (typeof EXPOSURES)[number];

export const ROLES = [
  "ingress",
  "gateway",
  "app",
  "inference",
  "training",
  "data",
  "vector-store",
  "artifacts",
  "logging",
  "proxy",
  "redaction",
  "tools",
] as const;
export type Role = (typeof ROLES)[number];

export const SERVICES = [
  "object-storage",
  "model-api",
  "ml-platform",
  "container-registry",
  "secrets",
  "keys",
  "logs",
  "metrics",
  "queue",
  "relational-db",
  "vector-search",
  "custom",
] as const;
export type Service = (typeof SERVICES)[number];

export const ACCESSES = ["read", "write", "read-write"] as const;
export type Access = (typeof ACCESSES)[number];

/** What packets a flow admits. Port ranges are inclusive; `icmp` is all of ICMPv4, `any` every protocol. */
export type Traffic =
  | { readonly protocol: "tcp" | "udp"; readonly from: number; readonly to: number }
  | { readonly protocol: "icmp" }
  | { readonly protocol: "any" };

/** Addresses asked for: `hosts` are usable ones per availability zone, `prefix` is per availability zone, `cidr` is all four slots. */
export type ZoneSize =
  | { readonly kind: "hosts"; readonly hosts: number }
  | { readonly kind: "prefix"; readonly prefix: number }
  | { readonly kind: "cidr"; readonly cidr: Cidr };

export interface NetworkInterface {
  readonly name: string;
  /** Offset from the network address of each of the zone's subnets. */
  readonly host: number;
  readonly path: SpecPath;
}

export interface Zone {
  readonly name: string;
  readonly exposure: Exposure;
  readonly role?: Role;
  readonly size: ZoneSize;
  readonly interfaces: readonly NetworkInterface[];
  /** The zone's former name; the lock file's entries follow the rename. */
  readonly was?: string;
  readonly path: SpecPath;
}

export interface ExternalNetwork {
  readonly name: string;
  readonly cidrs: readonly Cidr[];
  /** How the network is reached, in each cloud's own keys. */
  readonly links: ByCloud<Readonly<Record<string, string>>>;
  readonly path: SpecPath;
}

export interface Flow {
  /** Zone or external network names, or the single entry `internet` (from only). Lists as the spec gives them. */
  readonly from: readonly string[];
  readonly to: readonly string[];
  readonly traffic: readonly Traffic[];
  /** Narrows `internet`; empty means all of it. */
  readonly sources: readonly Cidr[];
  readonly why: string;
  readonly path: SpecPath;
}

export interface PrivateEndpoint {
  readonly name: string;
  readonly service: Service;
  readonly from: readonly string[];
  /** Absent where a right has no meaning (relational-db, vector-search, custom). */
  readonly access?: Access;
  readonly holds?: "data" | "artifacts";
  /** TCP ports as the spec gives them; empty: the service's own. */
  readonly traffic: readonly Traffic[];
  readonly resources: ByCloud<readonly string[]>;
  readonly dnsName?: string;
  readonly target: ByCloud<Readonly<Record<string, string>>>;
  readonly path: SpecPath;
}

export interface Egress {
  readonly from: readonly string[];
  /** Exact names and `*.x` (one or more labels below x), lower case. */
  readonly to: readonly string[];
  readonly ports: readonly number[];
  readonly why: string;
  readonly path: SpecPath;
}

export interface PublishedService {
  readonly name: string;
  readonly zone: string;
  readonly port: number;
  readonly consumers: ByCloud<readonly string[]>;
  readonly path: SpecPath;
}

export type Assertion =
  /** `hops` absent: no chain of any length. */
  | {
      readonly kind: "never";
      readonly from: string;
      readonly to: string;
      readonly hops?: number;
      readonly path: SpecPath;
    }
  | {
      readonly kind: "through";
      readonly from: string;
      readonly to: string;
      readonly via: string;
      readonly path: SpecPath;
    };

export const ROLE_RULES = [
  "stores-no-egress",
  "stores-not-public",
  "sinks-initiate-nothing",
  "training-reads-data",
  "serving-reads-artifacts",
  "serving-not-to-training",
  "redaction-between",
  "google-perimeter",
] as const;
export type RoleRule = (typeof ROLE_RULES)[number];

export interface Waiver {
  readonly rule: RoleRule;
  /** Absent, with `endpoint` absent too: the rule is set aside everywhere. */
  readonly zone?: string;
  readonly endpoint?: string;
  readonly why: string;
  readonly path: SpecPath;
}

export interface Mesh {
  readonly kind: "istio" | "linkerd";
  readonly workloads: Readonly<Record<string, readonly MeshWorkload[]>>;
  readonly path: SpecPath;
}

export interface MeshWorkload {
  readonly name: string;
  readonly namespace: string;
  readonly serviceAccount: string;
  readonly labels: Readonly<Record<string, string>>;
}

export const BACKENDS = ["s3", "azurerm", "gcs", "remote", "cloud", "local"] as const;

export interface Backend {
  readonly type: (typeof BACKENDS)[number];
  readonly config: Readonly<Record<string, unknown>>;
  readonly path: SpecPath;
}

export interface AwsSettings {
  readonly kmsKeyArn?: string;
  readonly inspectionCertificateArn?: string;
}

export interface AzureSettings {
  readonly resourceGroup?: string;
  readonly keyVaultKeyId?: string;
  readonly inspectionCertificate?: { readonly keyVaultSecretId: string; readonly identityId: string };
}

export interface GoogleSettings {
  readonly project?: string;
  readonly projectNumber?: string;
  readonly accessPolicy?: string;
  readonly kmsKey?: string;
  readonly inspectionCaPool?: string;
  /** Google APIs by endpoints of the region instead of the global bundle. */
  readonly regionalEndpoints?: boolean;
}

export interface CloudSettings {
  readonly aws: AwsSettings;
  readonly azure: AzureSettings;
  readonly google: GoogleSettings;
}

export interface Enclave {
  readonly name: string;
  /** What the spec's `cloud` line says; flag, environment and context come first. */
  readonly cloud?: Cloud;
  /** A region given as one string stands for every cloud here, and `regionIsShared` says so: it can serve a single cloud only. */
  readonly regions: ByCloud<string>;
  readonly regionIsShared: boolean;
  readonly range: Cidr;
  readonly availabilityZones: 1 | 2 | 3;
  readonly zoneNames: ByCloud<readonly string[]>;
  readonly tags: Readonly<Record<string, string>>;
  readonly zones: readonly Zone[];
  readonly externalNetworks: readonly ExternalNetwork[];
  readonly flows: readonly Flow[];
  readonly privateEndpoints: readonly PrivateEndpoint[];
  readonly egress: readonly Egress[];
  readonly inspection: "connection" | "request";
  readonly published: readonly PublishedService[];
  readonly assertions: readonly Assertion[];
  readonly waivers: readonly Waiver[];
  readonly quarantine: readonly string[];
  readonly retentionDays: number;
  readonly dnsAllow: readonly string[];
  readonly mesh?: Mesh;
  readonly backend?: Backend;
  readonly azurermMajor: 4 | 5;
  readonly settings: CloudSettings;
}

/** A chain's end that is no zone: only ever the source of a flow. */
export const INTERNET = "internet";
