/**
 * Who may open a connection to whom. Every ordered pair of hosts is asked, and of each pair one packet of
 * every piece into which the spec and the document's own rules cut all traffic: the answers are those of
 * every packet there is. The filter at each end is asked alone, too, so that no end relies on the other.
 */
import { idOf } from "../../model/ids";
import type { Fault } from "../replay/fault";
import type { Host, Passage, Verdict } from "../replay/paths";
import { carries, formatPacket, type Packet, type PortRange, packetsAmong } from "../replay/traffic";
import { isInternet } from "./declared";
import { type Asked, type EnclavePromise, promise } from "./promise";

/** Each kind of fault of a pair, with the title of the promise that it breaks. */
const TITLES = {
  flow: "a declared flow is admitted at both ends, in every availability zone",
  beside: "a flow opens its own ports and protocols, and nothing else",
  undeclared: "zones without a flow between them open nothing to each other",
  within: "hosts of one zone reach each other only by a declared flow",
  entrance: "the internet reaches a zone on the ports that are declared",
  entrances: "the internet reaches a zone on the declared ports alone",
  inside: "the internet reaches no zone that takes nothing from it",
  sources: "a flow from some sources of the internet admits no others",
  private: "private ranges outside the enclave are not the internet",
  exit: "a zone leaves by the ports that it declares",
  exits: "a zone leaves by no other port or protocol",
  staying: "a zone without a way out opens nothing to the internet",
  probe: "load balancers look after what they may serve",
  probes: "load balancers look after nothing else",
  use: "an endpoint is open to each of its consumers",
  uses: "an endpoint is open to zones that use it, and on its ports alone",
  endpoint: "an endpoint opens nothing itself",
  stranger: "no endpoint is reached from outside the enclave",
  site: "infrastructure opens nothing and receives nothing",
  cut: "a zone in quarantine opens nothing and receives nothing",
  others: "quarantine of a zone cuts no other zone, and opens none",
} as const;
type Kind = keyof typeof TITLES;

interface Finding extends Fault {
  readonly kind: Kind;
}

/** All pairs are walked once, whichever promise asks first. */
const known = new WeakMap<Asked, readonly Finding[]>();

function findings(asked: Asked): readonly Finding[] {
  const found = known.get(asked) ?? walkAll(asked);
  known.set(asked, found);
  return found;
}

export const PACKETS: readonly EnclavePromise[] = Object.entries(TITLES).map(([kind, title]) =>
  promise(title, (asked) => findings(asked).filter((each) => each.kind === kind)),
);

function walkAll(asked: Asked): Finding[] {
  const { read, enclave, declared } = asked;
  const hosts = [...read.hosts(), ...asked.outside];
  const names = new Map(enclave.zones.map(({ name }) => [idOf(name), name]));
  const all = [...names.values()];
  const first = new Map([...hosts].reverse().map((host) => [`${host.name} ${host.likeness}`, host]));
  const found: Finding[] = [];
  for (const from of hosts)
    for (const to of hosts) {
      if (!couldMeet(from, to) || isRepeated(first, from, to)) continue;
      const ranges = declared.between(from, to);
      const path = read.path(from, to);
      found.push(
        ...differences(asked, { from, to, ranges, passage: path.under(NOBODY), cut: NOBODY, isCut: false }),
      );
      if (path.dependsOn.size + ranges.length === 0) continue;
      const zones = [from, to].map((host) => (host.kind === "zone" ? names.get(host.name) : undefined));
      const ends = [...new Set(zones.flatMap((zone) => zone ?? []))];
      for (const cut of quarantines(path.dependsOn, ends, all)) {
        const [source, target] = zones.map((zone) => zone !== undefined && cut.includes(zone));
        const pair = { from, to, ranges: source || target ? [] : ranges, cut, isCut: target === true };
        found.push(...differences(asked, { ...pair, passage: path.under(cut) }));
      }
    }
  const weak = enclave.zones.flatMap(({ name }) => read.weakQuarantine(name));
  return [...found, ...weak.map((fault): Finding => ({ kind: "cut", ...fault }))];
}

const NOBODY: readonly string[] = [];

/** Each end alone, each other zone that could change an answer, and all zones at once. */
function quarantines(
  depending: ReadonlySet<string>,
  ends: readonly string[],
  all: readonly string[],
): (readonly string[])[] {
  const alone = [...new Set([...ends, ...depending])].map((zone) => [zone]);
  return ends.length === 0 ? alone : [...alone, all];
}

/** Whoever is outside, or an endpoint, opens nothing to others like it. */
function couldMeet(from: Host, to: Host): boolean {
  if (from.kind === "proxy" || to.kind === "balancer") return false;
  if (from.kind === "site" && to.kind === "site") return false;
  return isInside(from) || isInside(to) || (to.kind === "endpoint" && from.kind === "outside");
}

/**
 * Hosts that are judged alike are asked once, but for the peers of their own zone, which may lie in the same
 * subnet.
 */
function isRepeated(first: ReadonlyMap<string, Host>, from: Host, to: Host): boolean {
  if (from.name === to.name || from.subnet === undefined || to.subnet === undefined) return false;
  return [from, to].some((host) => first.get(`${host.name} ${host.likeness}`) !== host);
}

const isInside = ({ kind }: Host): boolean => kind === "zone" || kind === "site";

interface Pair {
  readonly from: Host;
  readonly to: Host;
  /** Traffic that may be open. */
  readonly ranges: readonly PortRange[];
  readonly passage: Passage;
  readonly cut: readonly string[];
  /** The receiver is in quarantine. */
  readonly isCut: boolean;
}

/** One finding for each kind and each resource at fault. */
function differences(asked: Asked, pair: Pair): Finding[] {
  const { ranges, passage } = pair;
  if (passage.shut && ranges.length === 0) return [];
  const found = new Map<string, Finding>();
  const note = (verdict: Verdict, packet: Packet, wanted: boolean, where: string): void => {
    if (verdict.passes === wanted) return;
    const kind = kindOf(asked, pair, wanted);
    const key = `${kind} ${verdict.by}`;
    if (!found.has(key))
      found.set(key, { kind, resource: verdict.by, detail: words(pair, packet, verdict) + where });
  };
  const received = receivable(asked, pair);
  for (const packet of packetsOf(ranges, passage.ranges)) {
    const wanted = ranges.some((range) => carries(range, packet));
    const { sends, receives, whole } = passage.judge(packet);
    note(whole, packet, wanted, "");
    if (sends !== undefined) note(sends, packet, wanted, " at the sender's end");
    if (receives === undefined) continue;
    const admitted = wanted || received.some((range) => carries(range, packet));
    if (wanted || !admitted) note(receives, packet, wanted, " at the receiver's end");
  }
  return [...found.values()];
}

const NO_PACKETS = packetsAmong([]);

const packetsOf = (ranges: readonly PortRange[], ofRules: readonly PortRange[]): readonly Packet[] =>
  ranges.length + ofRules.length === 0 ? NO_PACKETS : packetsAmong([...ranges, ...ofRules]);

/**
 * The end of a zone that serves the internet may take its neighbours for a part of it: the other end does
 * not.
 */
function receivable({ declared }: Asked, { from, to, isCut }: Pair): readonly PortRange[] {
  return isCut || from.subnet === undefined || to.kind !== "zone" ? [] : declared.fromInternet(to.name);
}

const words = ({ from, to, cut }: Pair, packet: Packet, { passes }: Verdict): string => {
  const where = cut.length === 0 ? "" : `, with ${cut.length > 2 ? "all zones" : cut.join()} in quarantine,`;
  return `${nameOf(from)} to ${nameOf(to)} ${formatPacket(packet)}${where} is ${passes ? "open" : "closed"}`;
};

const nameOf = ({ name, slot }: Host): string => (slot === 0 ? name : `${name} ${slot}`);

function kindOf(asked: Asked, pair: Pair, wanted: boolean): Kind {
  const { from, to, cut } = pair;
  if (cut.length > 0) return wanted || pair.ranges.length > 0 ? "others" : "cut";
  if (from.kind === "site" || to.kind === "site") return "site";
  if (from.kind === "balancer") return wanted ? "probe" : "probes";
  if (to.kind === "proxy") return kindOutwards(pair, wanted);
  if (to.kind === "endpoint") {
    if (from.kind === "outside") return "stranger";
    return wanted ? "use" : "uses";
  }
  if (from.kind === "endpoint") return "endpoint";
  if (from.kind === "zone" && to.kind === "zone") return kindInside(pair, wanted);
  if (![from, to].some(isInternet)) return "private";
  return from.kind === "zone" ? kindOutwards(pair, wanted) : kindInwards(asked, pair, wanted);
}

function kindInside({ from, to, ranges }: Pair, wanted: boolean): Kind {
  if (wanted) return "flow";
  if (from.name === to.name) return "within";
  return ranges.length > 0 ? "beside" : "undeclared";
}

function kindOutwards({ ranges }: Pair, wanted: boolean): Kind {
  if (wanted) return "exit";
  return ranges.length > 0 ? "exits" : "staying";
}

function kindInwards({ declared }: Asked, { to, ranges }: Pair, wanted: boolean): Kind {
  if (wanted) return "entrance";
  const taken = declared.fromInternet(to.name);
  if (taken.length === 0) return "inside";
  return taken.length > ranges.length ? "sources" : "entrances";
}
