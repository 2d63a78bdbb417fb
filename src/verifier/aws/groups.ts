/** Rules of security groups, found by the two ends that they could name under any quarantine. */
import { type Block, block, holds } from "../replay/blocks";
import type { Host } from "../replay/paths";
import { type Dependent, dependent } from "../replay/quarantine";
import { ANY, hasPorts, LAST_PORT, type PortRange } from "../replay/traffic";
import { type Attributes, resourcesOf, type TerraformDocument } from "../terraform/document";
import { evaluate, type Inputs, nameIn, type Value } from "../terraform/expressions";

export const INGRESS = "aws_vpc_security_group_ingress_rule";
export const EGRESS = "aws_vpc_security_group_egress_rule";

/** One end as rules see it. */
export type End = Pick<Host, "address" | "subnet" | "groups">;

/** Stands for what a gateway endpoint's prefix list holds: no host of any spec has it. */
export const STORAGE_ADDRESS = 0x34d80001; // 52.216.0.1

/** One of `peerGroup`, `peerBlock`, `peerList` is the peer. */
export interface GroupRule extends PortRange {
  readonly resource: string;
  readonly group: string;
  readonly peerGroup?: string;
  readonly peerBlock?: Block;
  /** Name of an own prefix list, or of the gateway endpoint whose list it is. */
  readonly peerList?: string;
}

/** Blocks of own prefix lists by name. */
export type Lists = ReadonlyMap<string, readonly Block[]>;

export interface Rules {
  /** Those of the host's groups that name the peer under some quarantine. */
  candidates(host: End, peer: End): readonly Dependent<GroupRule>[];
  /** Those among them that name the peer now. */
  matching(candidates: readonly Dependent<GroupRule>[], peer: End, cut: readonly string[]): GroupRule[];
  /** Every set of blocks that a rule names. */
  readonly told: readonly (readonly Block[])[];
}

interface OfGroup {
  readonly byPeer: Map<string, Dependent<GroupRule>[]>;
  readonly byAddress: Dependent<GroupRule>[];
}

export function rulesIn(document: TerraformDocument, type: string, lists: Lists): Rules {
  const all = [...resourcesOf(document, type)].map(([name, body]) => readRule(type, name, body));
  const groups = indexed(all);
  return {
    candidates: (host, peer) => {
      const found: Dependent<GroupRule>[] = [];
      for (const group of host.groups ?? []) {
        const own = groups.get(group);
        if (own === undefined) continue;
        for (const other of peer.groups ?? []) found.push(...(own.byPeer.get(other) ?? []));
        for (const rule of own.byAddress)
          if (rule.variants().some((each) => namesAddress(lists, each, peer.address))) found.push(rule);
      }
      return found;
    },
    matching: (candidates, peer, cut) =>
      candidates.map((rule) => rule.at(cut)).filter((rule) => names(lists, rule, peer)),
    told: all.flatMap((rule) =>
      rule.variants().flatMap(({ peerBlock }) => (peerBlock === undefined ? [] : [[peerBlock]])),
    ),
  };
}

function indexed(all: readonly Dependent<GroupRule>[]): ReadonlyMap<string, OfGroup> {
  const groups = new Map<string, OfGroup>();
  for (const rule of all) {
    const variants = rule.variants();
    for (const group of new Set(variants.map((each) => each.group))) {
      const own: OfGroup = groups.get(group) ?? { byPeer: new Map(), byAddress: [] };
      groups.set(group, own);
      for (const peer of new Set(variants.flatMap((each) => each.peerGroup ?? []))) {
        const known = own.byPeer.get(peer);
        if (known === undefined) own.byPeer.set(peer, [rule]);
        else known.push(rule);
      }
      if (variants.some(({ peerGroup }) => peerGroup === undefined)) own.byAddress.push(rule);
    }
  }
  return groups;
}

const names = (lists: Lists, rule: GroupRule, peer: End): boolean =>
  rule.peerGroup === undefined
    ? namesAddress(lists, rule, peer.address)
    : peer.groups?.includes(rule.peerGroup) === true;

function namesAddress(lists: Lists, { peerBlock, peerList }: GroupRule, address: number): boolean {
  if (peerBlock !== undefined) return holds(peerBlock, address);
  if (peerList === undefined) return false;
  const own = lists.get(peerList);
  return own === undefined ? address === STORAGE_ADDRESS : own.some((range) => holds(range, address));
}

export function readRule(type: string, name: string, body: Attributes): Dependent<GroupRule> {
  const fixed = {
    resource: `${type}.${name}`,
    ...rangeOf(body, String(body["ip_protocol"]), { type: body["from_port"], code: body["to_port"] }),
  };
  return dependent(body, (inputs: Inputs) => {
    const read = (argument: string): Value | undefined =>
      body[argument] === undefined ? undefined : evaluate(body[argument], inputs);
    const group = read("referenced_security_group_id");
    const range = read("cidr_ipv4");
    const list = read("prefix_list_id");
    return {
      ...fixed,
      group: nameIn(read("security_group_id") ?? ""),
      ...(group === undefined ? {} : { peerGroup: nameIn(group) }),
      ...(range === undefined ? {} : { peerBlock: block(String(range)) }),
      ...(list === undefined ? {} : { peerList: nameIn(list) }),
    };
  });
}

/** By number, too: https://www.iana.org/assignments/protocol-numbers/protocol-numbers.xhtml */
const NAMES: Readonly<Record<string, string>> = {
  "-1": ANY,
  "1": "icmp",
  "6": "tcp",
  "17": "udp",
  "47": "gre",
};

interface Icmp {
  readonly type: unknown;
  readonly code: unknown;
}

/** Ports, or the types of ICMP, of which -1 is all; what holds one code alone is a protocol of its own. */
export function rangeOf(body: Attributes, named: string, icmp: Icmp): PortRange {
  const protocol = NAMES[named] ?? named;
  if (protocol === "icmp") {
    const [type, code] = [Number(icmp.type ?? -1), Number(icmp.code ?? -1)];
    const types = type === -1 ? { from: 0, to: 255 } : { from: type, to: type };
    return { protocol: code === -1 ? protocol : `icmp/${code}`, ...types };
  }
  if (!hasPorts(protocol)) return { protocol, from: 0, to: LAST_PORT };
  return { protocol, from: Number(body["from_port"] ?? 0), to: Number(body["to_port"] ?? LAST_PORT) };
}
