/**
 * One connection through a network as Google would judge it: the rules of the policy and then the classic ones, at the end that
 * sends and at the end that receives, and routes. What no rule decides may leave and may not enter.
 */
import { NOT_INTERNET } from "../../net/cidr";
import { address, block, holds, withLast } from "../replay/blocks";
import type { Host, Passage, Path, Verdict } from "../replay/reader";
import { ANY, carries, type Packet } from "../replay/traffic";
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
export function pathBetween(walk: Walk, from: Host, to: Host): Path {
  const { net, find } = walk;
  const source = from.kind === "outside" && isPublic(from.address) ? BALANCER : from.address;
  const ends = { from: source, to: to.address };
  const out = isMachine(net, ends.from) ? sideOf(find, "EGRESS", ends) : undefined;
  const into = isMachine(net, ends.to) ? sideOf(find, "INGRESS", ends) : undefined;
  const way = { out, into, routed: isRouted(net, ends, out !== undefined, into !== undefined) };
  const rules = [...(out?.rules ?? []), ...(into?.rules ?? [])];
  return {
    dependsOn: new Set(canChange(rules) ? rules.flatMap(({ enabled }) => enabled.zones) : []),
    under: (cut) => passageOf(way, cut, () => ledBy(walk, from, to, cut)),
  };
}

/** What is closed by rules that stay is closed whatever comes beside them. */
const canChange = (rules: readonly Rule[]): boolean =>
  rules.some(({ allow, enabled }) => allow || (enabled.zones.length > 0 && enabled.at([])));

interface Way {
  /** Absent where no rule applies. */
  readonly out: Side | undefined;
  readonly into: Side | undefined;
  readonly routed: boolean;
}

function passageOf({ out, into, routed }: Way, cut: readonly string[], led: () => Passage["led"]): Passage {
  const now = [out, into].map((side) => (side === undefined ? undefined : enabledIn(side, cut)));
  const rules = now.flatMap((side) => side?.rules ?? []).filter(({ allow }) => allow);
  return {
    shut: rules.length === 0 && out !== into && now.every((side) => side === undefined || isClosed(side)),
    ranges: rules.flatMap(({ ranges }) => ranges),
    get led() {
      return led();
    },
    judge: (packet) => {
      const [sends, receives] = now.map((side) => (side === undefined ? undefined : judged(side, packet)));
      return {
        ...(sends === undefined ? {} : { sends }),
        ...(receives === undefined ? {} : { receives }),
        whole: wholly(routed, sends, receives),
      };
    },
  };
}

const enabledIn = (side: Side, cut: readonly string[]): Side => ({
  ...side,
  rules: side.rules.filter(({ enabled }) => enabled.at(cut)),
});

/** Some rule denies everything. */
const isClosed = ({ rules, otherwise }: Side): boolean =>
  !otherwise || rules.some(({ allow, ranges }) => !allow && ranges.some(({ protocol }) => protocol === ANY));

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

function judged({ rules, otherwise, by }: Side, packet: Packet): Verdict {
  const rule = rules.find((each) => each.ranges.some((range) => carries(range, packet)));
  return { passes: rule?.allow ?? otherwise, by: rule?.resource ?? by };
}

function ledBy({ net, reachesProxy }: Walk, from: Host, to: Host, cut: readonly string[]): Passage["led"] {
  if (to.kind !== "outside" || !isPublic(to.address)) return "inside";
  if (net.hasDefaultRoute) return "direct";
  return reachesProxy(from, cut) ? "inspected" : "nowhere";
}
