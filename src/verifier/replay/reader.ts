/**
 * The questions that a document answers, in words that mean the same on every cloud. A reader answers from
 * the document alone: it knows neither the spec nor the plan, and calls nothing of the provider that rendered
 * it. Promises put the questions.
 */
import type { CloudLogging, CloudSettings, PrivateEndpoint } from "../../model/enclave";
import type { Block } from "./blocks";
import type { Fault } from "./fault";
import type { Host, Path, Verdict } from "./paths";
import type { Packet, PortRange } from "./traffic";

/** The protocol inside a connection. */
export type Application = "tls" | "http" | "other";

/** A request that leaves. */
export interface Request {
  readonly name: string;
  readonly port: number;
  readonly application: Application;
}

/** `cut` are the zones in quarantine. */
export interface Reader extends Packets, Exits, Names, Places, Endpoints, Edges, Logs, Surface {}

export interface Packets {
  /**
   * Behind `balancers` the internet's connections come from the addresses of health checks, and a filter
   * cannot tell them apart.
   */
  readonly entersBy: "packets" | "balancers";
  /**
   * Of each slot of a zone, and each piece of infrastructure: one for each piece of its addresses that rules
   * tell apart.
   */
  hosts(): readonly Host[];
  /**
   * One for each piece of all addresses outside the given range that rules or the given sets of blocks tell
   * apart.
   */
  outside(own: Block, told: readonly (readonly Block[])[]): readonly Host[];
  path(from: Host, to: Host): Path;
}

export interface Exits {
  /** Workloads open connections to the internet themselves, or ask a proxy for them. */
  readonly exitsBy: "packets" | "proxy";
  /** Those that the inspected path tells apart; one where it does not look. */
  readonly applications: readonly Application[];
  /** The verdict of the inspected path alone on a request from the host. */
  inspects(from: Host, request: Request, cut: readonly string[]): Verdict;
  /** The verdict of the permitting rules alone, as if no rule refused before them. */
  letsPass(from: Host, request: Request, cut: readonly string[]): Verdict;
  /** Whether a connection to the internet may begin, before there is a name to judge. */
  begins(from: Host, packet: Packet, cut: readonly string[]): Verdict;
  /** Names and ports of the rules of the inspected path that hold the host. */
  exitPatterns(
    from: Host,
    cut: readonly string[],
  ): { readonly names: readonly string[]; readonly ports: readonly number[] };
  /** Type of what inspects. */
  readonly inspector: string;
  /** Terraform addresses of everything that the way out is made of. */
  inspectors(): readonly string[];
  /** The way out is another's, stands in another place, or does not read its rules as they are written. */
  inspectionFaults(): readonly Fault[];
  decrypts(): boolean;
  exitSpansZones(): boolean;
}

export interface Names {
  resolves(name: string): Verdict;
  /** Names and wildcards of the rules that decide what resolves. */
  namePatterns(): readonly string[];
  /**
   * Names by which clients call an endpoint of the spec; a wildcard stands for any label. `allowed` are names
   * that the spec lets resolve, of which some may be the endpoint's.
   */
  namesOf(endpoint: PrivateEndpoint, allowed: readonly string[]): readonly string[];
  /**
   * Inside the enclave the names of these endpoints lead to the endpoint, and never to an address of the
   * internet.
   */
  leadsOutside(endpoint: PrivateEndpoint, allowed: readonly string[]): readonly Fault[];
  /** Below it the network's own machines have names that Terraform has to let resolve; none where it need not. */
  hostDomain(): string | undefined;
  /** Resolvers that are asked besides the one that is filtered. */
  otherResolvers(): readonly Fault[];
}

/** Values of the spec for one cloud. */
export interface Given {
  readonly region: string;
  /** Availability zones by name; undefined where the spec leaves them to tables or to the cloud. */
  readonly zoneNames: readonly string[] | undefined;
  readonly settings: CloudSettings;
  readonly logging: CloudLogging;
  /** By zone, as a Terraform address takes it, the service of the cloud that stands there. */
  readonly platforms: ReadonlyMap<string, string>;
  readonly endpoints: readonly PrivateEndpoint[];
  readonly flowSampling: number;
  readonly logsAreLocked: boolean;
  /** The type of the backend, if there is one. */
  readonly stateIn: string | undefined;
}

export interface Platform {
  /** The zone is one subnet, its whole block. */
  readonly isOneSubnet: boolean;
  /** The cloud itself looks after it so, whatever the flows open. */
  readonly probes: readonly PortRange[];
}

export interface Places {
  /** Address blocks of the zone's subnets, slot by slot. */
  addressesOf(zone: string): readonly string[];
  /** IPv4 blocks of the network itself; none where networks have none. */
  networkRanges(): readonly { readonly resource: string; readonly range: string }[];
  /** Address blocks of everything in the enclave's network, by Terraform address. */
  allAddresses(): ReadonlyMap<string, string>;
  /**
   * Fixed addresses of a zone's interfaces, in the order of the document. A zone is named as a Terraform
   * address takes it.
   */
  interfacesOf(zone: string): readonly string[];
  /**
   * Terraform expression that places each slot of a zone in an availability zone; empty where nothing does.
   */
  placementOf(zone: string): readonly string[];
  /** Resources outside the region, or without a value that the spec gives for the cloud. */
  notAsGiven(given: Given): readonly Fault[];
  /** The ids that the output of a zone has to name as its groups. */
  groupIdsOf(zone: string): readonly string[];
  /** What it has to say of its subnets: their ids, or the list that holds them. */
  subnetIdsOf(zone: string): readonly string[] | string;
  /** What a service of the cloud demands of the zone that it stands in; undefined for one that it has not. */
  platform(name: string): Platform | undefined;
  /** Interfaces that forward for others, or that the zone's own filter does not hold. */
  looseInterfaces(): readonly Fault[];
}

export interface Endpoints {
  /** Those among the hosts by which an endpoint of the spec is used. */
  endpointsFor(endpoint: PrivateEndpoint): readonly Host[];
  /** Endpoints outside their own subnets, or held by another filter than their own. */
  misplacedEndpoints(endpoints: readonly PrivateEndpoint[]): readonly Fault[];
  /** Whoever is let in to an address is held there to what its own endpoint gives. */
  readonly separates: boolean;
  /** Ports of the endpoint, or its service's own. */
  portsOf(endpoint: PrivateEndpoint): readonly PortRange[];
  /** Rights that an endpoint gives and nobody behind it is given by the spec, or that it lacks. */
  wrongRights(endpoints: readonly PrivateEndpoint[]): readonly Fault[];
  /** Resources that an endpoint leads to and the spec does not name, or that it lacks. */
  wrongResources(endpoints: readonly PrivateEndpoint[]): readonly Fault[];
  /** Endpoints through which resources of other customers can be reached. */
  openToStrangers(endpoints: readonly PrivateEndpoint[], settings: CloudSettings): readonly Fault[];
}

/** Ways into the enclave, out of it, or around its filters. */
export interface Edges {
  /** Public addresses of anything but the way out. */
  publicAddresses(): readonly Fault[];
  ipv6(): readonly Fault[];
  /** Links to networks that are not the enclave's own. */
  foreignLinks(): readonly Fault[];
  /** Resources that offer something of the enclave to others. */
  offers(): readonly Fault[];
  /** Ways to services of the cloud or to the internet around endpoints and inspection. */
  bypasses(): readonly Fault[];
  /** Subnets to which no filter applies. */
  unfiltered(): readonly Fault[];
  /** Routes that lead anywhere but along the way out, whoever they are for. */
  strayRoutes(): readonly Fault[];
  /** Rules that the cloud refuses, or of which one undoes another. */
  unsoundRules(): readonly Fault[];
  /** Things that the cloud makes by itself and that still admit something. */
  openDefaults(): readonly Fault[];
}

/** Records: of which events, where, for how long and under whose key. */
export interface Logs {
  unloggedFlows(): readonly Fault[];
  unloggedQueries(): readonly Fault[];
  /** Only where something leaves. */
  unloggedExits(): readonly Fault[];
  /** Denials that leave no record. */
  unloggedDenials(): readonly Fault[];
  /** Stores of logs whose retention does not follow the variable. */
  otherRetention(): readonly Fault[];
  /** Stores of logs under the platform's key. */
  withoutOwnKey(): readonly Fault[];
  /** The stores of flow logs are under another key than this. */
  flowLogsUnderOther(key: string): readonly Fault[];
  /** Stores of logs that somebody outside could read or write. */
  openStores(): readonly Fault[];
}

export interface Surface {
  /** Resources whose protection by the cloud itself does not follow the variable `deletion_protection`. */
  unprotected(what: "exits" | "logs"): readonly Fault[];
  /** Permits whose existence, not value, depends on the quarantine. */
  permitsThatComeAndGo(): readonly Fault[];
  /** Of several things that cut a zone off, those that would not do it alone. */
  weakQuarantine(zone: string): readonly Fault[];
  /** Connections of the zone that were open when its quarantine began may go on. */
  connectionsThatGoOn(zone: string): readonly Fault[];
  /** Variables that take more than the cloud and these endpoints let them take. */
  unheldVariables(endpoints: readonly PrivateEndpoint[]): readonly Fault[];
  /** Outputs that name something else than what stands in the document. */
  misleadingOutputs(endpoints: readonly PrivateEndpoint[]): readonly Fault[];
  /** Everything that permits something, with its description. */
  permits(): readonly { readonly resource: string; readonly reason: string }[];
  /** Resources that take tags and lack the enclave's or the user's, or have those of another. */
  untagged(enclave: string): readonly Fault[];
  /** Zones with which some resource is tagged. */
  taggedZones(): ReadonlySet<string>;
}
