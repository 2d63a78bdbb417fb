/**
 * One connection through a network as Google would judge it: rules at the end that sends and at the end that
 * receives, and routes.
 * https://docs.cloud.google.com/vpc/docs/routes
 */
import { idOf } from "../../model/ids";
import { NOT_INTERNET } from "../../net/cidr";
import { address, type Block, block, holds, withLast } from "../replay/blocks";
import { type Fault, faults } from "../replay/fault";
import type { Host, Passage, Path, Verdict } from "../replay/paths";
import { carries, type Packet } from "../replay/traffic";
import { DIRECTIONS, type Direction, deniesAll, type Rule } from "./firewall";
import type { Net } from "./network";
import { ENCLAVE, TYPE } from "./resources";

const PRIVATE = NOT_INTERNET.map(withLast);
const isPublic = (at: number): boolean => !PRIVATE.some((range) => holds(range, at));

/** https://docs.cloud.google.com/load-balancing/docs/firewall-rules */
export const BALANCERS: readonly Block[] = ["130.211.0.0/22", "35.191.0.0/16"].map(block);
/** From elsewhere no packet of the internet may come. */
export const EXPECTED: readonly Block[] = [...BALANCERS, ...PRIVATE];
/** One of the addresses from which load balancers bring the internet's connections. */
const BALANCER = address("130.211.0.7");

/** Everything but the ends themselves that a path depends on. */
export interface Walk {
  readonly net: Net;
  /** The rules that name an address at its own end; absent for what is no machine of the enclave's. */
  readonly rulesAt: (direction: Direction, own: number) => readonly Rule[] | undefined;
  /** Absent where none leads out. */
  readonly proxy: Host | undefined;
}

/** Each address is looked up once. */
export function walkOf(net: Net, proxy: Host | undefined): Walk {
  const known = new Map<string, readonly Rule[] | undefined>();
  const find = (direction: Direction, own: number): Rule[] | undefined => {
    const isMachine = !isBeyond(net, own) && [...net.subnets.values()].some((range) => holds(range, own));
    if (!isMachine) return undefined;
    return net.rules.all.filter(
      (rule) => rule.direction === direction && rule.own.some((range) => holds(range, own)),
    );
  };
  const rulesAt: Walk["rulesAt"] = (direction, own) => {
    const key = `${direction} ${own}`;
    const found = known.has(key) ? known.get(key) : find(direction, own);
    known.set(key, found);
    return found;
  };
  return { net, rulesAt, proxy };
}

/** One end: the rules that name both. What no rule decides may leave and may not enter. */
interface Side {
  readonly rules: readonly Rule[];
  readonly otherwise: boolean;
}

/**
 * Endpoints are no targets of rules, whose last word is at the machine that calls them.
 * Load balancers bring the packets of the internet by paths of Google's own; everything else needs a route.
 */
export function pathBetween(walk: Walk, from: Host, to: Host): Path {
  const source = from.kind === "outside" && isPublic(from.address) ? BALANCER : from.address;
  const out = sideOf(walk.rulesAt("EGRESS", source), to.address, true);
  const into = sideOf(walk.rulesAt("INGRESS", to.address), source, false);
  const isLed = isRouted(walk.net, source, to.address, out !== undefined, into !== undefined);
  const unrouted = isLed
    ? unanswered(walk.net, source, to.address)
    : to.kind === "proxy"
      ? TYPE.peering
      : ENCLAVE;
  const rules = [...(out?.rules ?? []), ...(into?.rules ?? [])];
  // A packet that a lasting rule denies stays denied with any further rules.
  const changes = rules.some(({ allow, enabled }) => allow || (enabled.zones.length > 0 && enabled.at([])));
  return {
    dependsOn: changes ? new Set(rules.flatMap(({ enabled }) => enabled.zones)) : NOBODY,
    under: (cut) => ({
      ...passageOf(out && underOf(out, cut), into && underOf(into, cut), unrouted),
      get led() {
        return ledBy(walk, from, to, cut);
      },
    }),
  };
}

const NOBODY: ReadonlySet<string> = new Set();

function sideOf(own: readonly Rule[] | undefined, peer: number, otherwise: boolean): Side | undefined {
  const rules = own?.filter(({ peers }) => peers.some((range) => holds(range, peer)));
  return rules && { rules, otherwise };
}

const underOf = ({ rules, otherwise }: Side, cut: readonly string[]): Side => ({
  rules: rules.filter(({ enabled }) => enabled.at(cut)),
  otherwise,
});

const isClosed = ({ rules, otherwise }: Side): boolean => !otherwise || rules.some(deniesAll);

/**
 * A zone in quarantine is closed by the end of each permit, and by a denial of everything before all of them:
 * none of the two relies on the other.
 */
export function weakQuarantine({ rulesAt }: Walk, hosts: readonly Host[], zone: string): Fault[] {
  const own = hosts.filter(({ kind, name }) => kind === "zone" && name === idOf(zone));
  const sides = own.flatMap(({ address: at }) => DIRECTIONS.map((direction) => rulesAt(direction, at) ?? []));
  const isDenial = (rule: Rule): boolean =>
    deniesAll(rule) && rule.enabled.at([zone]) && rule.peers.some(({ prefix }) => prefix === 0);
  const lasting = sides.map((rules) => rules.find(({ allow, enabled }) => allow && enabled.at([zone])));
  const first = sides.map((rules) =>
    rules.find((rule) => (rule.allow ? rule.enabled.at([]) : isDenial(rule))),
  );
  const faultyOf = (rules: readonly (Rule | undefined)[]): Set<string> =>
    new Set(rules.flatMap((rule) => (rule?.allow === true ? [rule.resource] : [])));
  return [
    ...faults(faultyOf(lasting), `a permit of ${zone} does not end`),
    ...faults(faultyOf(first), `no denial of ${zone} comes before its permits`),
  ];
}

function passageOf(out: Side | undefined, into: Side | undefined, unrouted: string | undefined) {
  const sides = [out, into].filter((side) => side !== undefined);
  const permits = sides.flatMap(({ rules }) => rules.filter(({ allow }) => allow));
  return {
    shut: sides.length > 0 && permits.length === 0 && sides.every(isClosed),
    ranges: permits.flatMap(({ ranges }) => ranges),
    judge: (packet: Packet) => {
      const sends = out && judged(out, packet);
      const receives = into && judged(into, packet);
      const whole = wholly(unrouted, sends, receives);
      return { ...(sends && { sends }), ...(receives && { receives }), whole };
    },
  };
}

function judged({ rules, otherwise }: Side, packet: Packet): Verdict {
  const rule = rules.find((each) => each.ranges.some((range) => carries(range, packet)));
  return { passes: rule?.allow ?? otherwise, by: rule?.resource ?? ENCLAVE };
}

function wholly(unrouted: string | undefined, sends?: Verdict, receives?: Verdict): Verdict {
  if (sends?.passes === false) return sends;
  if (unrouted !== undefined) return { passes: false, by: unrouted };
  return receives ?? sends ?? { passes: true, by: TYPE.globalAddress };
}

/** The subnetwork whose machines the endpoint of Google APIs does not answer. */
const unanswered = ({ apis, unanswered: without }: Net, from: number, to: number): string | undefined =>
  apis !== undefined && holds(apis, to)
    ? [...without].find(([, range]) => holds(range, from))?.[0]
    : undefined;

const isBeyond = ({ beyond }: Net, at: number): boolean => beyond.some((range) => holds(range, at));

const isReached = (net: Net, at: number): boolean =>
  isBeyond(net, at) || (net.hasDefaultRoute && isPublic(at));

function isRouted(net: Net, from: number, to: number, sending: boolean, receiving: boolean): boolean {
  if (sending && receiving) return true;
  if (sending) return isReached(net, to);
  if (!receiving) return net.exposed.includes(to);
  return BALANCERS.some((range) => holds(range, from)) || isReached(net, from);
}

function ledBy(walk: Walk, from: Host, to: Host, cut: readonly string[]): Passage["led"] {
  const { net, proxy } = walk;
  if (to.kind !== "outside" || !isPublic(to.address)) return "inside";
  if (net.hasDefaultRoute) return "direct";
  if (proxy === undefined) return "nowhere";
  const asking = { protocol: "tcp", port: proxy.ports?.[0]?.from ?? 0 };
  return pathBetween(walk, from, proxy).under(cut).judge(asking).whole.passes ? "inspected" : "nowhere";
}
