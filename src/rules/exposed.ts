/** Rules on what faces others: models and tools face no internet, stores and records admit few. */
import { joinPath } from "../diagnostics/path";
import { INTERNET } from "../model/enclave";
import { isIn, isStore, ROLE_RULES } from "../model/roles";
import { party } from "./chains";
import type { Judge, Rule } from "./judge";
import type { JudgedZone, Subject } from "./subject";

export const exposedInference: Rule = function* (subject, judge) {
  for (const zone of subject.zones.filter(({ role }) => isIn("not-exposed", role)))
    yield* exposed(zone, "exposed-inference", subject, judge);
};

export const storesNotPublic: Rule = function* (subject, judge) {
  for (const zone of subject.zones.filter(({ role }) => isIn("not-public", role)))
    yield* exposed(zone, "stores-not-public", subject, judge);
};

function* exposed(
  { name, role, path, exposure }: JudgedZone,
  rule: "exposed-inference" | "stores-not-public",
  { network }: Subject,
  { waived, lineOf }: Judge,
) {
  const hops = network.hopsFrom.get(party(INTERNET)) ?? [];
  const opening = [
    ...new Map(hops.filter(({ to }) => to === party(name)).map((hop) => [hop.path, hop])).values(),
  ];
  if ((exposure !== "public" && opening.length === 0) || waived([name])) return;
  const lines = opening.map((hop) => ` Line ${lineOf(hop.path)} leads from the internet to it.`);
  yield {
    path: joinPath(path, "exposure"),
    summary: `zone "${name}" (${role}) is public`,
    detail: `Zone "${name}" has the role ${role}: ${ROLE_RULES[rule]}.${lines.join("")}`,
    facts: { zone: name },
    remedy: "make it `exposure: isolated` and remove its flows from the internet",
    scope: { zone: name },
  };
}

export const storesAdmit: Rule = function* ({ zones, flows }, { waived }) {
  const roleOf = (name: string) => zones.find((zone) => zone.name === name)?.role;
  for (const { name, role } of zones.filter((zone) => isStore(zone.role)))
    for (const { path, from, to, traffic } of flows) {
      if (!to.includes(name)) continue;
      // No rule judges a zone without a role, and a flow from the internet breaks a rule of its own.
      const strangers = from.filter((source) => {
        const known = roleOf(source);
        return source !== name && source !== INTERNET && known !== undefined && !isIn("reader", known);
      });
      const isAny = traffic.some(({ protocol }) => protocol === "any") && from.some((each) => each !== name);
      if ((strangers.length === 0 && !isAny) || waived([name, ...strangers])) continue;
      const [stranger = name] = strangers;
      const who = strangers.map((each) => `"${each}" (${roleOf(each)})`).join(", ");
      yield {
        path,
        summary:
          strangers.length === 0
            ? `zone "${name}" (${role}) admits every port`
            : `zone "${name}" (${role}) admits ${who}`,
        detail: `${ROLE_RULES["stores-admit"]}.`,
        facts: { zone: name, from: strangers },
        remedy:
          strangers.length === 0
            ? `name the ports on ${path}`
            : `remove ${strangers.join(", ")} from ${path}`,
        scope: { zone: stranger },
      };
    }
};

export const loggingOnlyWritten: Rule = function* ({ zones, flows }, { waived }) {
  for (const { name } of zones.filter(({ role }) => role === "logging"))
    for (const { path, from, to, traffic } of flows) {
      const others = from.filter((each) => each !== name);
      const isAny = traffic.some(({ protocol }) => protocol === "any");
      if (!isAny || others.length === 0 || !to.includes(name) || waived([name])) continue;
      yield {
        path,
        summary: `zone "${name}" (logging) admits every port`,
        detail: `${ROLE_RULES["logging-only-written"]}.`,
        facts: { zone: name, from: others },
        remedy: `name the ports on ${path}`,
        scope: { zone: name },
      };
    }
};
