/**
 * One connection through a network as Google would judge it: the rules of the policy and then the classic ones, at the end that
 * sends and at the end that receives, and routes. What no rule decides may leave and may not enter.
 */
import { NOT_INTERNET } from "../../net/cidr";
import { address, block, holds, withLast } from "../replay/blocks";
import type { Host, Path, Verdict } from "../replay/reader";
import { carries, type Packet } from "../replay/traffic";
import type { Direction, Net, Rule } from "./network";

const PRIVATE = NOT_INTERNET.map(withLast);
const isPublic = (at: number): boolean => !PRIVATE.some((range) => holds(range, at));

/** https://docs.cloud.google.com/load-balancing/docs/firewall-rules */
export const FRONT = ["130.211.0.0/22", "35.191.0.0/16"].map(block);
/** One of the addresses from which load balancers bring the internet's connections. */
export const BALANCER = address("130.211.0.7");

/** Finds the rules that name an address at one end, once for each address. */
export type Finder = (direction: Direction, own: number) => readonly Rule[];

export function finderOf({ rules }: Net): Finder {
  const known = new Map<string, readonly Rule[]>();
  return (direction, own) => {
    const key = `${direction} ${own}`;
    const found =
      known.get(key) ??
      rules.filter(
        (rule) =>
          rule.direction === direction &&
          (direction === "EGRESS" ? rule.from : rule.to).some((range) => holds(range, own)),
      );
    known.set(key, found);
    return found;
  };
}

/** Everything but the addresses themselves that a path depends on. */
export interface Walk {
  readonly net: Net;
  readonly find: Finder;
  /** Whether a proxy is reached from the address and leads out. */
  readonly reachesProxy: (from: Host, cut: readonly string[]) => boolean;
}

interface Side {
  readonly rules: readonly Rule[];
  readonly otherwise: boolean;
  readonly by: string;
}

/**
 * Endpoints are no targets of rules, whose last word is at the machine that calls them.
 * Load balancers bring the packets of the internet by paths of Google's own; everything else needs a route.
 */
export function pathBetween(
  { net, find, reachesProxy }: Walk,
  from: Host,
  to: Host,
  cut: readonly string[],
): Path {
  const source = from.kind === "outside" && isPublic(from.address) ? BALANCER : from.address;
  const ends = { from: source, to: to.address };
  const [sending, receiving] = [isMachine(net, ends.from), isMachine(net, ends.to)];
  const out = sideOf(find, "EGRESS", ends);
  const into = sideOf(find, "INGRESS", ends);
  const rules = [...(sending ? out.rules : []), ...(receiving ? into.rules : [])];
  const routed = isRouted(net, ends, sending, receiving);
  const changing = rules.some(({ allow, enabled }) => allow || (enabled.zones.length > 0 && enabled.at([])));
  return {
    ranges: rules.filter(({ allow }) => allow).flatMap(({ ranges }) => ranges),
    dependsOn: new Set(changing ? rules.flatMap(({ enabled }) => enabled.zones) : []),
    led: ledBy(net, to, () => reachesProxy(from, cut)),
    judge: (packet) => {
      const [sends, receives] = [judged(out, packet, cut), judged(into, packet, cut)];
      return {
        ...(sending ? { sends } : {}),
        ...(receiving ? { receives } : {}),
        whole: wholly(routed, sending ? sends : undefined, receiving ? receives : undefined),
      };
    },
  };
}

function wholly(routed: boolean, sends: Verdict | undefined, receives: Verdict | undefined): Verdict {
  if (sends?.passes === false) return sends;
  if (!routed) return { passes: false, by: "google_compute_network.enclave" };
  return receives ?? sends ?? { passes: true, by: "google_compute_global_address" };
}

interface Ends {
  readonly from: number;
  readonly to: number;
}

const isBeyond = ({ beyond }: Net, at: number): boolean => beyond.some((range) => holds(range, at));

function isMachine(net: Net, at: number): boolean {
  for (const range of net.subnets.values()) if (holds(range, at)) return !isBeyond(net, at);
  return false;
}

const isReached = (net: Net, at: number): boolean =>
  isBeyond(net, at) || (net.hasDefaultRoute && isPublic(at));

function isRouted(net: Net, { from, to }: Ends, sending: boolean, receiving: boolean): boolean {
  if (sending && receiving) return true;
  if (sending) return isReached(net, to);
  if (!receiving) return net.exposed.includes(to);
  return FRONT.some((range) => holds(range, from)) || isReached(net, from);
}

function sideOf(find: Finder, direction: Direction, { from, to }: Ends): Side {
  const [own, peer] = direction === "EGRESS" ? [from, to] : [to, from];
  const rules = find(direction, own).filter((rule) =>
    (direction === "EGRESS" ? rule.to : rule.from).some((range) => holds(range, peer)),
  );
  return { rules, otherwise: direction === "EGRESS", by: "google_compute_network.enclave" };
}

function judged({ rules, otherwise, by }: Side, packet: Packet, cut: readonly string[]): Verdict {
  const rule = rules.find(
    (each) => each.enabled.at(cut) && each.ranges.some((range) => carries(range, packet)),
  );
  return { passes: rule?.allow ?? otherwise, by: rule?.resource ?? by };
}

function ledBy(net: Net, to: Host, reachesProxy: () => boolean): Path["led"] {
  if (to.kind !== "outside" || !isPublic(to.address)) return "inside";
  if (net.hasDefaultRoute) return "direct";
  return reachesProxy() ? "inspected" : "nowhere";
}
