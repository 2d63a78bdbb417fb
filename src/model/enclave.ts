/** The enclave that the user means: the checked spec, in spec order, frozen, with all defaults filled in. */
import type { ByCloud, Cloud } from "../clouds/cloud";
import type { CloudLogging, CloudSettings } from "../clouds/clouds";
import type { Service } from "../clouds/services";
import type { SpecPath } from "../diagnostics/diagnostic";
import type { Cidr } from "../net/cidr";
import type { BackendType } from "./backend";
import type { Role, RoleRule } from "./roles";

export type { CloudLogging, CloudSettings, Role, RoleRule, Service };

export const EXPOSURES = {
  public: "receives declared flows from `internet`, through load balancers, and opens no connection to it.",
  private: "nothing comes in from the internet, and what goes out goes by `egress`.",
  isolated: "no route to or from the internet, no `egress`.",
} as const;
export type Exposure = keyof typeof EXPOSURES;

export const ACCESSES = {
  read: { synonyms: ["ro", "readonly", "read-only", "get"] },
  write: { synonyms: ["wo", "put", "write-only"] },
  "read-write": { synonyms: ["rw", "readwrite"] },
} as const;
export type Access = keyof typeof ACCESSES;

/** The packets of a flow. Port ranges are inclusive; `icmp` is all of ICMPv4, `any` every protocol. */
export type Traffic =
  | { readonly protocol: "tcp" | "udp"; readonly from: number; readonly to: number }
  | { readonly protocol: "icmp" }
  | { readonly protocol: "any" };

/** Size of a zone: usable `hosts` or a `prefix` per availability zone, or a `cidr` for all four slots. */
export type ZoneSize =
  | { readonly kind: "hosts"; readonly hosts: number }
  | { readonly kind: "prefix"; readonly prefix: number }
  | { readonly kind: "cidr"; readonly cidr: Cidr };

/** Errors, rule descriptions and proofs quote the path. */
interface Item {
  readonly path: SpecPath;
}

interface Named extends Item {
  readonly name: string;
}

export interface NetworkInterface extends Named {
  /** Offset from the network address of each of the zone's subnets. */
  readonly host: number;
}

export interface Zone extends Named {
  readonly exposure: Exposure;
  readonly role?: Role;
  readonly size: ZoneSize;
  readonly interfaces: readonly NetworkInterface[];
  /** Absent: as the cloud's load balancers need it. */
  readonly healthChecks?: boolean;
  /** By cloud, the service of the cloud that stands in the zone. */
  readonly platform: ByCloud<string>;
  /** The former name; the lock file's entries follow the rename. */
  readonly was?: string;
}

export interface ExternalNetwork extends Named {
  readonly cidrs: readonly Cidr[];
  /** The link to the network, in each cloud's own keys. */
  readonly links: ByCloud<Readonly<Record<string, string>>>;
}

export interface Flow extends Item {
  /** Zones or external networks, or the single entry `internet` (from only), as the spec lists them. */
  readonly from: readonly string[];
  readonly to: readonly string[];
  readonly traffic: readonly Traffic[];
  /** Narrows `internet`; empty means all of it. */
  readonly sources: readonly Cidr[];
  readonly why: string;
}

export interface PrivateEndpoint extends Named {
  readonly service: Service;
  readonly from: readonly string[];
  /** Absent where a right has no meaning (relational-db, vector-search, custom). */
  readonly access?: Access;
  readonly holds?: "data" | "artifacts";
  /** TCP ports as the spec gives them; empty: the service's own. */
  readonly traffic: readonly Traffic[];
  readonly resources: ByCloud<readonly string[]>;
  /** Beside those of the right. */
  readonly actions: ByCloud<readonly string[]>;
  /** Numbers of the availability zones in which it has an address; empty: all. */
  readonly slots: readonly number[];
  /** Whether reads that nobody signed pass, too. */
  readonly anonymous: boolean;
  /** Exact names and `*.x`, of a custom service; empty for every other. */
  readonly dnsNames: readonly string[];
  readonly target: ByCloud<Readonly<Record<string, string>>>;
  /** As of a zone. */
  readonly was?: string;
}

export interface Egress extends Item {
  readonly from: readonly string[];
  /** Exact names and `*.x` (one or more labels below x), lower case. */
  readonly to: readonly string[];
  readonly ports: readonly number[];
  readonly why: string;
}

export interface PublishedService extends Named {
  readonly zone: string;
  readonly port: number;
  readonly consumers: ByCloud<readonly string[]>;
  /** As of a zone. */
  readonly was?: string;
}

interface Chain extends Item {
  readonly from: string;
  /** A zone, an external network or an endpoint; of `never`, also a name of `egress`. */
  readonly to: string;
}

export type Assertion =
  /** Without `hops`, no chain of any length is allowed. */
  | (Chain & { readonly kind: "never"; readonly hops?: number })
  | (Chain & { readonly kind: "through"; readonly via: string })
  /** No chain from anybody else leads there. */
  | (Item & { readonly kind: "only"; readonly from: readonly string[]; readonly to: string });

export interface Waiver extends Item {
  readonly rule: RoleRule;
  /** Absent, with `endpoint` absent too: the waiver holds everywhere. */
  readonly zone?: string;
  readonly endpoint?: string;
  readonly why: string;
}

export interface Mesh extends Item {
  readonly kind: "istio" | "linkerd";
  readonly workloads: Readonly<Record<string, readonly MeshWorkload[]>>;
}

export interface MeshWorkload {
  readonly name: string;
  readonly namespace: string;
  readonly serviceAccount: string;
  readonly labels: Readonly<Record<string, string>>;
}

export interface Backend extends Item {
  readonly type: BackendType;
  readonly config: Readonly<Record<string, unknown>>;
}

export interface Enclave {
  readonly name: string;
  /** From the spec's `cloud` line. Flag, environment and context come first. */
  readonly cloud?: Cloud;
  /** A single region stands for every cloud here; with `regionIsShared` it can serve a single cloud only. */
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
  /** Above 0, at most 1. */
  readonly flowSampling: number;
  /** Where the cloud can, and says so elsewhere. */
  readonly logsAreLocked: boolean;
  readonly dnsAllow: readonly string[];
  readonly mesh?: Mesh;
  readonly backend?: Backend;
  readonly azurermMajor: 4 | 5;
  readonly logging: CloudLogging;
  readonly settings: CloudSettings;
}

/** A chain's end that is no zone. It is always the source of a flow. */
export const INTERNET = "internet";
