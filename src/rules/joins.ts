/** Rules and assertions on what a cloud's network does, where it joins what the spec separates. */
import type { Cloud } from "../clouds/cloud";
import type { Diagnostic } from "../diagnostics/diagnostic";
import { finding } from "../diagnostics/make";
import type { Waiver } from "../model/enclave";
import { isAddressJoin, type Join, type Joined } from "../model/joins";
import { nameOf } from "./chains";
import { brokenIn, reportWaiver } from "./check-rules";
import type { Broken, Judge } from "./judge";
import { joined, type Subject } from "./subject";

/** What holds for the spec and breaks by the joins, each rule and assertion once; reports on waivers. */
export function checkJoins(
  subject: Subject,
  cloud: Cloud,
  all: readonly Joined[],
  lineOf: Judge["lineOf"],
): Diagnostic[] {
  const judge = (joins: readonly Join[]): Findings =>
    new Map(
      brokenIn(joined(subject, [cloud], joins), lineOf)
        .map((each) => [each.name, each] as const)
        .reverse(),
    );
  return all.flatMap((each, index) => {
    // A chain may need joins of several kinds. It is told once, by the last of them.
    const before = all.slice(0, index).flatMap((other) => openOf(subject, other, other.joins));
    return checkKind(subject, each, (joins) => judge([...before, ...joins]));
  });
}

/** Broken rules and assertions by their names. */
type Findings = ReadonlyMap<string, Broken>;

function checkKind(subject: Subject, kind: Joined, judge: (joins: readonly Join[]) => Findings) {
  const waivers = waiversOf(subject, kind);
  const alone = judge([]);
  const open = openOf(subject, kind, kind.joins);
  const found = judge(open);
  const narrowed = kind.narrower && judge(openOf(subject, kind, kind.narrower.joins));
  const findings = [...found.values()].flatMap((broken) => {
    if (alone.has(broken.name)) return [];
    const isEnded = narrowed !== undefined && !narrowed.has(broken.name);
    const opener = open.find((join) => !isAddressJoin(join) && judge([join]).has(broken.name));
    return [report(broken, kind, isEnded, opener)];
  });
  const isUsed = (waiver: Waiver): boolean => {
    const more = judge(kind.joins.filter((join) => open.includes(join) || covers(waiver, join)));
    return more.size > found.size;
  };
  return [...findings, ...waivers.flatMap((waiver) => reportWaiver(waiver, isUsed(waiver), subject))];
}

const waiversOf = ({ waivers }: Subject, { rule }: Joined): Waiver[] =>
  waivers.filter((waiver) => waiver.rule === rule);

/** The joins that no waiver covers. */
const openOf = (subject: Subject, kind: Joined, joins: readonly Join[]): Join[] =>
  joins.filter((join) => !waiversOf(subject, kind).some((waiver) => covers(waiver, join)));

const covers = ({ zone, endpoint }: Waiver, join: Join): boolean =>
  (zone === undefined || zone === join.zone) &&
  (endpoint === undefined || (isAddressJoin(join) && endpoint === join.reached));

function report(
  { name, path, summary, detail, facts, last }: Broken,
  { rule, narrower, because, otherwise }: Joined,
  isEnded: boolean,
  opener: Join | undefined,
) {
  const target = last === undefined ? "" : `endpoint: ${nameOf(last.to)}, `;
  const scope = opener === undefined ? target : `zone: ${opener.zone}, `;
  const text =
    `${name} holds for the spec, and not for the network: ${because}.\n` +
    `${detail}\n${otherwise} What sets the rule aside: waive: [{ rule: ${rule}, ${scope}why: … }]`;
  const edits = isEnded && narrower !== undefined ? [narrower.edit] : [];
  return finding(rule, path, summary, text, { facts: { ...facts, breaks: name }, edits });
}
