/**
 * What the rules of the firewall have to do with traffic that no declared name speaks of: of each zone that they name,
 * on each port that they give it. Rules alone are asked: a default action may stand behind them.
 */
import { type Fault, faults } from "../replay/fault";
import { decide, isAtSource, isAtTarget, type Sides, type Traffic } from "./rule-matching";
import type { Content, Rule } from "./suricata";

export interface RuleGroup {
  readonly resource: string;
  readonly rules: readonly Rule[];
  /** Sets of the group itself, one for each zone that leaves, with one address of each. */
  readonly zones: ReadonlyMap<string, number>;
  readonly sides: Sides;
}

/** More than one record of TLS. */
const ENDLESS = 16384 + 1;
const UPLOAD = 10_000_000;
const HELLO = 500;

export const ruleFaults = (group: RuleGroup): Fault[] => {
  const found = [...group.zones].flatMap(([set, address]) => [
    ...errorFaults(group, address),
    ...exitsOf(group.rules, set).flatMap((exit) => [
      ...dropFaults(group, address, exit.port),
      ...exitFaults(group, address, exit),
    ]),
  ]);
  return faults([group.resource], [...new Set(found)].join("; ")).filter(({ detail }) => detail !== "");
};

/** One name that a rule about the zone lets go. */
interface Exit {
  readonly port: number;
  readonly name: string;
  readonly application: "tls" | "http";
}

const exitsOf = (rules: readonly Rule[], set: string): Exit[] =>
  rules.flatMap(({ source, ports, contents }) =>
    source.others || !source.sets.includes(set) || ports === "any"
      ? []
      : contents
          .filter(isAllowed)
          .flatMap(({ text, buffer }) =>
            ports.map((port) => ({
              port,
              name: text.startsWith(".") ? `a${text}` : text,
              application: buffer === "tls.sni" ? ("tls" as const) : ("http" as const),
            })),
          ),
  );

const isAllowed = ({ buffer, not }: Content): boolean =>
  !not && (buffer === "tls.sni" || buffer === "http.host");

type Judge = (traffic: Traffic, known?: ReadonlySet<string>) => ReturnType<typeof decide>;

const judgeOf =
  ({ rules, sides }: RuleGroup): Judge =>
  (traffic, known) =>
    decide(
      rules.filter((rule) => isAtSource(rule, traffic.from, sides) && isAtTarget(rule, traffic.to, sides)),
      traffic,
      known,
    );

const isDropped = (judged: ReturnType<typeof decide>): boolean => judged.by?.action === "drop";

/** That a packet was too large comes back; nothing else does, and no such packet goes. */
function errorFaults(group: RuleGroup, zone: number): string[] {
  const judge = judgeOf(group);
  const icmp = (type: number, code: number): Traffic => ({
    from: "internet",
    to: zone,
    protocol: "icmp",
    port: 0,
    size: HELLO,
    icmp: { type, code },
  });
  const others = [icmp(3, 1), icmp(0, 0), icmp(8, 0), { ...icmp(3, 4), to: "private" as const }];
  return [
    ...(judge(icmp(3, 4)).by?.action === "pass" ? [] : ["no zone learns that a packet was too large"]),
    ...(others.every((each) => isDropped(judge(each))) ? [] : ["messages of ICMP come in"]),
  ];
}

const APPLICATIONS = ["tls", "http", "http2"] as const;

/** Whatever the port is for. */
function dropFaults(group: RuleGroup, from: number, port: number): string[] {
  const judge = judgeOf(group);
  const begun: Traffic = { from, to: "internet", protocol: "tcp", port, size: HELLO };
  const passing: readonly (readonly [detail: string, ...traffic: readonly Traffic[]])[] = [
    ["it passes what nobody recognises", begun],
    [
      "it passes what says no name",
      ...APPLICATIONS.map((application) => ({ ...begun, application, said: { name: undefined } })),
    ],
    [
      "it passes a beginning without an end",
      ...APPLICATIONS.map((application) => ({ ...begun, application, size: ENDLESS })),
    ],
  ];
  return passing.flatMap(([detail, ...traffic]) =>
    traffic.every((each) => isDropped(judge(each))) ? [] : [detail],
  );
}

/** A name that is allowed, from its first packet to the next request. */
function exitFaults(group: RuleGroup, zone: number, { port, name, application }: Exit): string[] {
  const judge = judgeOf(group);
  const begun: Traffic = { from: zone, to: "internet", protocol: "tcp", port, application, size: HELLO };
  const allowed: Traffic = { ...begun, said: { name } };
  const first = judge(allowed);
  const other: Traffic = { ...begun, said: { name: "other.invalid" } };
  const passing = first.by?.action === "pass";
  const goes = (ends: Partial<Traffic>): boolean =>
    [begun, allowed].some((each) => !isDropped(judge({ ...each, ...ends })));
  const found: readonly (readonly [detail: string, isWrong: boolean])[] = [
    ["it drops a beginning in two packets", isDropped(judge(begun))],
    ["it passes to private addresses", goes({ to: "private" })],
    ["it passes zones that do not leave", goes({ from: "internet" })],
    ...(application === "tls"
      ? []
      : ([
          ["it judges the first request of a connection and no other", passing],
          ["it passes a later request to another host", !isDropped(judge(other, first.marks))],
          [
            "it passes a request that is too long to be read",
            !isDropped(judge({ ...begun, tooLong: true }, first.marks)),
          ],
          ["it cuts a long request", isDropped(judge({ ...begun, size: UPLOAD }, first.marks))],
        ] as const)),
  ];
  return found.flatMap(([detail, isWrong]) => (isWrong ? [detail] : []));
}
