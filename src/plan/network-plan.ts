/**
 * Everything that a cloud has to build, decided once: plain frozen data in spec order, complete, with no word of any cloud but the
 * keys under which the spec itself gave values for one. An item of the plan is the item of the model, with its names, numbers and
 * blocks. An item that is not in the plan does not happen. Replies to a permitted connection are implied by its way, and nothing
 * else is.
 */
import type { Block } from "../addresses/address";
import type { Site } from "../addresses/addresses";
import type { Because, Departure } from "../model/connections";
import type {
  Enclave,
  ExternalNetwork,
  NetworkInterface,
  PrivateEndpoint,
  PublishedService,
  Traffic,
  Zone,
} from "../model/enclave";
import type { Cidr } from "../net/cidr";

/** The parts of the model that the plan lowers, and those that only earlier passes read. */
type Lowered =
  | "cloud"
  | "regionIsShared"
  | "range"
  | "externalNetworks"
  | "flows"
  | "privateEndpoints"
  | "egress"
  | "assertions"
  | "dnsAllow"
  | "mesh";

export interface NetworkPlan extends Omit<Enclave, Lowered> {
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
}

/** A name as a Terraform address takes it. */
interface Identified {
  readonly id: string;
}

export interface PlannedZone extends Zone, Identified {
  /** All four slots: one block covers the zone. */
  readonly block: Block;
  /** The slots in use, in availability-zone order. */
  readonly subnets: readonly Block[];
  readonly interfaces: readonly (NetworkInterface & Identified)[];
  readonly ordinal: number;
}

export interface External extends ExternalNetwork, Identified {
  readonly ordinal: number;
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

/** A managed or third-party service inside the enclave's own address space, open to its own zones only. */
export interface Endpoint extends PrivateEndpoint, Identified {
  /** Each zone once. */
  readonly from: readonly string[];
  /** Its own, for what there is one of however many zones use it. */
  readonly ordinal: number;
  /** That of its service, where the spec asks for regional endpoints and the service is an API of the cloud. */
  readonly regionalOrdinal: number | undefined;
}

/** The only way out: one zone, one name pattern, one port. Its id is like `inference_to_any_huggingface_co_443`. */
export interface PlannedDeparture extends Departure, Identified {
  /** Port 80 is HTTP with a host, every other port TLS with a server name. */
  readonly protocol: "http" | "tls";
  readonly ordinal: number;
}

/** A name that must resolve although all others do not. Names of managed services are the provider's to add, per endpoint. */
export interface NameRule {
  readonly pattern: string;
  readonly purpose: "departure" | "endpoint" | "explicit";
  readonly because: readonly Because[];
}

export type Published = PublishedService & Identified;
