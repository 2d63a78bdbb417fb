/** Rules and assertions on what a cloud's network does, where one address answers for several endpoints. */
import type { Cloud } from "../clouds/cloud";
import type { Diagnostic } from "../diagnostics/diagnostic";
import { finding } from "../diagnostics/make";
import type { Waiver } from "../model/enclave";
import type { Join, SharedAddress } from "../model/shared-address";
import { nameOf } from "./chains";
import { brokenIn, reportWaiver } from "./check-rules";
import type { Broken, Judge } from "./judge";
import { joined, type Subject } from "./subject";

/** What holds for the spec and breaks by the joins, each rule and assertion once; reports on waivers. */
export function checkJoins(
  subject: Subject,
  cloud: Cloud,
  shared: SharedAddress,
  lineOf: Judge["lineOf"],
): Diagnostic[] {
  const waivers = subject.waivers.filter(({ rule }) => rule === shared.rule);
  const isOpen = (join: Join) => !waivers.some((waiver) => covers(waiver, join));
  const judge = (joins: readonly Join[]): ReadonlyMap<string, Broken> =>
    new Map(
      brokenIn(joined(subject, [cloud], joins), lineOf)
        .map((each) => [each.name, each] as const)
        .reverse(),
    );
  const alone = judge([]);
  const open = shared.joins.filter(isOpen);
  const found = judge(open);
  const narrowed = shared.narrower && judge(shared.narrower.joins.filter(isOpen));
  const findings = [...found.values()].flatMap((broken) => {
    if (alone.has(broken.name)) return [];
    const isEnded = narrowed !== undefined && !narrowed.has(broken.name);
    return [report(broken, shared, isEnded)];
  });
  const isUsed = (waiver: Waiver): boolean => {
    const more = judge(shared.joins.filter((join) => isOpen(join) || covers(waiver, join)));
    return more.size > found.size;
  };
  return [...findings, ...waivers.flatMap((waiver) => reportWaiver(waiver, isUsed(waiver), subject))];
}

const covers = ({ zone, endpoint }: Waiver, join: Join): boolean =>
  (zone === undefined || zone === join.zone) && (endpoint === undefined || endpoint === join.reached);

function report(
  { name, path, summary, detail, facts, last }: Broken,
  shared: SharedAddress,
  isEnded: boolean,
) {
  const { rule, narrower, otherwise } = shared;
  const scope = last === undefined ? "" : `endpoint: ${nameOf(last.to)}, `;
  const text =
    `${name} holds for the spec, and not for the network: one address answers for several endpoints.\n` +
    `${detail}\n${otherwise} What sets the rule aside: waive: [{ rule: ${rule}, ${scope}why: … }]`;
  const edits = isEnded && narrower !== undefined ? [narrower.edit] : [];
  return finding(rule, path, summary, text, { facts: { ...facts, breaks: name }, edits });
}
