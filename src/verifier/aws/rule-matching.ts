/**
 * What the firewall's rules do to traffic: they are read in their order, and the first that passes or drops decides.
 * https://docs.aws.amazon.com/network-firewall/latest/developerguide/suricata-rule-evaluation-order.html
 */
import { type Block, holds } from "../replay/blocks";
import { type Content, isNameOf, type Rule, type Side } from "./suricata";

/** A packet that reaches the firewall, with all that its connection brought before. */
export interface Traffic {
  readonly from: number | "internet";
  /** `private`: an address that is in no zone, and no part of the internet. */
  readonly to: number | "internet" | "private";
  readonly protocol: string;
  readonly port: number;
  /** What is recognised; absent: nothing is. */
  readonly application?: "tls" | "http" | "http2";
  /** A ClientHello or a request that has come to its end, with the name that it says. */
  readonly said?: { readonly name: string | undefined };
  /** A request that the engine gives up. */
  readonly tooLong?: boolean;
  /** Octets that the client sent. */
  readonly size: number;
  readonly icmp?: { readonly type: number; readonly code: number };
}

/** Blocks of a set; nothing where there is no such set. */
export type SetsNow = (name: string) => readonly Block[];

/** EXTERNAL_NET is everything but HOME_NET, which has to be what is no internet; else nobody knows what it is. */
export interface Sides {
  readonly sets: SetsNow;
  readonly homeIsPrivate: boolean;
}

export function isAtSource({ source }: Rule, from: Traffic["from"], sides: Sides): boolean {
  return isAt(source, from, sides);
}

export const isAtTarget = ({ target }: Rule, to: Traffic["to"], sides: Sides): boolean =>
  isAt(target, to, sides);

function isAt({ sets, others }: Side, party: Traffic["to"], { sets: now, homeIsPrivate }: Sides): boolean {
  if (sets.length === 0) return true;
  const held = sets.some((set) => {
    if (set === "EXTERNAL_NET") return homeIsPrivate && party === "internet";
    if (set === "HOME_NET") return homeIsPrivate && party !== "internet";
    return typeof party === "number" && now(set).some((range) => holds(range, party));
  });
  return held !== others;
}

export const isOnPort = ({ ports, others }: Rule, port: number): boolean =>
  ports === "any" || ports.includes(port) !== others;

const isOfProtocol = ({ protocol: asked }: Rule, { protocol, application }: Traffic): boolean =>
  asked === "ip" ||
  asked === protocol ||
  asked === application ||
  (asked === "http" && application === "http2");

/** Of each buffer: whether the text is in it. Nothing is in a buffer that the message does not fill. */
function isIn(content: Content, { application, said }: Traffic): boolean | undefined {
  if (said === undefined) return undefined;
  const isTls = application === "tls";
  switch (content.buffer) {
    case "tls.sni":
      return isTls && said.name !== undefined ? isNameOf(content, said.name) : undefined;
    case "http.host":
      return !isTls && said.name !== undefined ? isNameOf(content, said.name) : undefined;
    case "ja4.hash":
      return isTls ? true : undefined;
    default:
      // Headers of a request, of HTTP/1 or HTTP/2: whether there is one that names a host.
      return application === (content.buffer === "http.start" ? "http" : "http2")
        ? said.name !== undefined
        : undefined;
  }
}

function hasContent(content: Content, traffic: Traffic): boolean {
  const found = isIn(content, traffic);
  return found !== undefined && found !== content.not;
}

function holdsCondition(condition: string, traffic: Traffic, marks: ReadonlySet<string>): boolean {
  const [word = "", value = ""] = condition.split(/:(.*)/);
  switch (word) {
    case "itype":
      return traffic.icmp?.type === Number(value);
    case "icode":
      return traffic.icmp?.code === Number(value);
    case "ip_proto":
      return traffic.protocol !== "tcp";
    case "dsize":
      return traffic.size > 0;
    case "stream_size":
      return traffic.size > Number(value.split(",")[2]);
    case "app-layer-event":
      return traffic.tooLong === true;
    case "flowbits":
      return value.startsWith("set,") || !marks.has(value.slice("isnotset,".length));
    default:
      // What comes here is sent by who opened the connection, and a record says nothing of what passes.
      return word === "flow" || word === "noalert";
  }
}

const matches = (rule: Rule, traffic: Traffic, marks: ReadonlySet<string>): boolean =>
  isOfProtocol(rule, traffic) &&
  isOnPort(rule, traffic.port) &&
  rule.contents.every((content) => hasContent(content, traffic)) &&
  rule.conditions.every((condition) => holdsCondition(condition, traffic, marks));

const marksIn = ({ conditions }: Rule): string[] =>
  conditions.flatMap((condition) =>
    condition.startsWith("flowbits:set,") ? [condition.slice("flowbits:set,".length)] : [],
  );

export interface Decision<R extends Rule> {
  /** The rule that passes or drops; absent where none does. */
  readonly by: R | undefined;
  /** What the connection is known by from now on. */
  readonly marks: ReadonlySet<string>;
}

/** Of rules that hold both ends. `known`: the marks that earlier packets left. */
export function decide<R extends Rule>(
  rules: readonly R[],
  traffic: Traffic,
  known: ReadonlySet<string> = new Set(),
): Decision<R> {
  const marks = new Set(known);
  for (const rule of rules) {
    if (!matches(rule, traffic, marks)) continue;
    if (rule.action !== "alert") return { by: rule, marks };
    for (const mark of marksIn(rule)) marks.add(mark);
  }
  return { by: undefined, marks };
}
