/** Hosts, the way from one to another, and the verdict on a packet of it, in words that mean the same on every cloud. */
import type { Packet, PortRange } from "./traffic";

/**
 * Somebody who could send or receive a packet. Found once: two questions about one host name the same object.
 */
export interface Host {
  /**
   * `site`: infrastructure. `balancer`: load balancers' health checks. `proxy`: the way out, where clients
   * call it.
   */
  readonly kind: "zone" | "site" | "endpoint" | "proxy" | "balancer" | "outside";
  /** The zone's name as a Terraform address takes it; otherwise words for messages. */
  readonly name: string;
  /** Counts from 1; 0 for hosts that are in no zone. */
  readonly slot: number;
  readonly address: number;
  /**
   * Equal for hosts that rules, routes and the inspected path judge alike, as long as their peer lies in
   * another subnet.
   */
  readonly likeness: string;
  /** Terraform address of the subnet or the endpoint; empty outside. */
  readonly resource: string;
  /** Terraform name of the subnet; absent outside. */
  readonly subnet?: string;
  /** Terraform names of the groups that the host's interface is in. */
  readonly groups?: readonly string[];
  /** Of a proxy: where it listens. */
  readonly ports?: readonly PortRange[];
}

export interface Verdict {
  readonly passes: boolean;
  /** Terraform address of what decides. */
  readonly by: string;
}

export interface Judgement {
  /** The filter at the sender alone, and at the receiver alone; absent where there is none. */
  readonly sends?: Verdict;
  readonly receives?: Verdict;
  /** Filters, routes and replies together. Names behind addresses of the internet are not judged here. */
  readonly whole: Verdict;
}

/** The way from one host to another: found once, then asked about each quarantine. */
export interface Path {
  /** Zones whose quarantine can change an answer; none where nothing passes whatever the quarantine. */
  readonly dependsOn: ReadonlySet<string>;
  /** `cut` are the zones in quarantine. */
  under(cut: readonly string[]): Passage;
}

/** A path under one quarantine. */
export interface Passage {
  /** Nothing passes at either end. */
  readonly shut: boolean;
  /** Ports at which an answer can change: of every rule that names both ends. */
  readonly ranges: readonly PortRange[];
  /** The path of packets to the internet, whether or not a rule admits them. */
  readonly led: "inside" | "nowhere" | "inspected" | "direct";
  judge(packet: Packet): Judgement;
}
