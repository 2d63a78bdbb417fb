/**
 * What every cloud has to build, decided once: plain frozen data in spec order, complete, with no word of any cloud but the
 * keys under which the spec itself gave values for one. What is not in the plan does not happen. Replies to a permitted
 * connection are implied by its permit, and nothing else is.
 */
import type { Block } from "../addresses/address";
import type { Site } from "../addresses/addresses";
import type { ByCloud } from "../clouds/cloud";
import type { Because } from "../model/connections";
import type {
  Access,
  Backend,
  CloudSettings,
  Exposure,
  Role,
  Service,
  Traffic,
  Waiver,
} from "../model/enclave";
import type { Cidr } from "../net/cidr";

export interface NetworkPlan {
  readonly name: string;
  readonly regions: ByCloud<string>;
  /** Slots in use: availability zones asked for, 1 to 3. */
  readonly slots: number;
  readonly slotNames: ByCloud<readonly string[]>;
  readonly tags: Readonly<Record<string, string>>;
  /** The enclave's whole range, as a block of itself. */
  readonly range: Block;
  readonly zones: readonly PlannedZone[];
  readonly sites: Readonly<Record<Site, Block>>;
  readonly externals: readonly External[];
  readonly ways: readonly Way[];
  readonly endpoints: readonly Endpoint[];
  readonly departures: readonly PlannedDeparture[];
  readonly resolvable: readonly NameRule[];
  readonly published: readonly Published[];
  readonly inspection: "connection" | "request";
  /** Zones cut off from the start; the variable of the same name changes it later. */
  readonly quarantine: readonly string[];
  readonly retentionDays: number;
  readonly backend?: Backend;
  /** Which major of Terraform's provider is asked for, where two are current. */
  readonly providerMajors: ByCloud<number>;
  readonly settings: CloudSettings;
  /** Role rules set aside; one of them only a provider can judge. */
  readonly waivers: readonly Waiver[];
}

export interface PlannedZone {
  readonly name: string;
  /** Name as a Terraform address takes it. */
  readonly id: string;
  readonly exposure: Exposure;
  readonly role?: Role;
  /** All four slots: one block covers the zone. */
  readonly block: Block;
  /** The slots in use, in availability-zone order. */
  readonly subnets: readonly Block[];
  readonly interfaces: readonly PlannedInterface[];
  readonly ordinal: number;
  readonly because: readonly Because[];
}

export interface PlannedInterface {
  readonly name: string;
  readonly id: string;
  /** Offset from the network address of each subnet. */
  readonly host: number;
  readonly because: readonly Because[];
}

export interface External {
  readonly name: string;
  readonly id: string;
  readonly cidrs: readonly Cidr[];
  readonly links: ByCloud<Readonly<Record<string, string>>>;
  readonly ordinal: number;
  readonly because: readonly Because[];
}

/**
 * One end of a way. `internet` is every address outside the enclave, RFC 1918, RFC 6598, link-local and external networks. `names`
 * are hosts of the internet behind the inspected path out.
 */
export type End =
  | { readonly kind: "zone"; readonly zone: string }
  | { readonly kind: "external"; readonly external: string }
  /** `sources` empty: all of it. */
  | { readonly kind: "internet"; readonly sources: readonly Cidr[] }
  | { readonly kind: "endpoint"; readonly endpoint: string }
  | { readonly kind: "names"; readonly port: number; readonly departures: readonly PlannedDeparture[] };

/** One connection that may be opened, with its replies: what each provider turns into rules, and what quotas and names count. */
export interface Way {
  /** `ingress_to_inference_8080_tcp`, `inference_to_model`, `loader_to_internet_443_tcp`: as a Terraform address takes it. */
  readonly id: string;
  /** Within its kind, which is that of `to`: flows, endpoint uses and exits are numbered apart. */
  readonly ordinal: number;
  readonly from: End;
  readonly to: End;
  /** Empty: the endpoint's service decides, which the provider knows. */
  readonly traffic: readonly Traffic[];
  /** Zones whose quarantine cuts the way. */
  readonly zones: readonly string[];
  readonly because: readonly Because[];
}

/** One end of a flow. */
export type Party = Extract<End, { readonly kind: "zone" | "external" | "internet" }>;

/** A managed or third-party service inside the enclave's own address space, open to its consumers only. */
export interface Endpoint {
  readonly name: string;
  readonly id: string;
  readonly service: Service;
  readonly consumers: readonly Consumer[];
  readonly access?: Access;
  /** Empty: the service's own, which the provider knows. */
  readonly ports: readonly Traffic[];
  readonly resources: ByCloud<readonly string[]>;
  readonly target: ByCloud<Readonly<Record<string, string>>>;
  readonly dnsName?: string;
  /** Its own, for what there is one of however many zones use it. */
  readonly ordinal: number;
  /** That of its service, where the spec asks for regional endpoints and the service is an API of the cloud. */
  readonly regionalOrdinal?: number;
  readonly because: readonly Because[];
}

export interface Consumer {
  readonly zone: string;
  readonly ordinal: number;
}

/** The only way out: one zone, one name pattern, one port. Port 80 is HTTP with a host, every other port TLS with a server name. */
export interface PlannedDeparture {
  /** `inference_to_any_huggingface_co_443` */
  readonly id: string;
  readonly zone: string;
  readonly name: string;
  readonly protocol: "http" | "tls";
  readonly port: number;
  readonly ordinal: number;
  /** Shared by all names that the zone reaches on this port. */
  readonly exitOrdinal: number;
  readonly because: readonly Because[];
}

/** A name that must resolve although all others do not. Names of managed services are the provider's to add, per endpoint. */
export interface NameRule {
  readonly pattern: string;
  readonly purpose: "departure" | "endpoint" | "explicit";
  readonly because: readonly Because[];
}

export interface Published {
  readonly name: string;
  readonly id: string;
  readonly zone: string;
  readonly port: number;
  readonly consumers: ByCloud<readonly string[]>;
  readonly because: readonly Because[];
}
