/**
 * Everything that a cloud has to build, and nothing else: plain frozen data in spec order. Items are those of
 * the model, with their ids, numbers and blocks. A way implies the replies to its connections.
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
export interface Identified {
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
 * One end of a way. `internet` is every address outside the enclave, RFC 1918, RFC 6598, link-local and
 * external networks. `names` are hosts of the internet behind the inspected path out.
 */
export type End =
  | { readonly kind: "zone"; readonly zone: string }
  | { readonly kind: "external"; readonly external: string }
  /** Empty `sources`: all of the internet. */
  | { readonly kind: "internet"; readonly sources: readonly Cidr[] }
  | { readonly kind: "endpoint"; readonly endpoint: string }
  | { readonly kind: "names"; readonly port: number; readonly departures: readonly PlannedDeparture[] };

/** One permitted connection with its replies. Providers make rules of it; quotas and names count it. */
export interface Way {
  /** For Terraform addresses: `app_to_db_5432_tcp`, `inference_to_model`, `loader_to_internet_443_tcp`. */
  readonly id: string;
  /** Within its kind, which is that of `to`: flows, endpoint uses and exits have separate numbers. */
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
  /** Its own, for things that exist once for any number of zones. */
  readonly ordinal: number;
  /** That of its service, if the spec asks for regional endpoints and the service is an API of the cloud. */
  readonly regionalOrdinal: number | undefined;
}

/** The only way out: a zone, a name pattern, a port. Its id is like `inference_to_any_huggingface_co_443`. */
export interface PlannedDeparture extends Departure, Identified {
  /** Port 80 is HTTP with a host, every other port TLS with a server name. */
  readonly protocol: "http" | "tls";
  readonly ordinal: number;
}

/** A name that must resolve although all others do not. Providers add the names of managed services. */
export interface NameRule {
  readonly pattern: string;
  readonly purpose: "departure" | "endpoint" | "explicit";
  readonly because: readonly Because[];
}

export type Published = PublishedService & Identified;
