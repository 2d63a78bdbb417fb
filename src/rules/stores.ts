/** Rules on zones with data: no egress, and no connection from a sink. */
import { isIn, ROLE_RULES } from "../model/roles";
import type { Rule } from "./judge";

export const storesNoEgress: Rule = function* ({ zones, egress }, { waived, lineOf }) {
  for (const { name, role } of zones.filter((zone) => isIn("no-egress", zone.role)))
    for (const { path, to } of egress.filter(({ from }) => from.includes(name) && !waived([name])))
      yield {
        path,
        summary: `zone "${name}" (${role}) has a way out`,
        detail:
          `Zone "${name}" has the role ${role}, and what such a zone holds has no reason to leave: ` +
          `${ROLE_RULES["stores-no-egress"]}. Line ${lineOf(path)} opens ${to.join(", ")}.`,
        facts: { zone: name },
        remedy: `remove "${name}" from ${path}`,
        scope: { zone: name },
      };
};

export const sinksInitiateNothing: Rule = function* (subject, { waived, lineOf }) {
  const openings = [
    ...[...subject.flows, ...subject.egress].map((each) => ({ ...each, endpoint: undefined })),
    ...subject.privateEndpoints.map((each) => ({ ...each, to: [each.name], endpoint: each.name })),
  ];
  for (const { name, role } of subject.zones.filter((zone) => isIn("sink", zone.role)))
    for (const { path, from, to: targets, endpoint } of openings) {
      // A flow inside the zone opens nothing to others.
      const to = targets.filter((each) => each !== name || endpoint !== undefined);
      if (!from.includes(name) || to.length === 0 || waived([name], endpoint)) continue;
      yield {
        path,
        summary: `zone "${name}" (${role}) opens connections`,
        detail:
          `Zone "${name}" has the role ${role}: it answers and opens no connections, so that whoever ` +
          `takes it over stays there. Line ${lineOf(path)} lets it open connections to ` +
          `${to.join(", ")}.`,
        facts: { zone: name, to },
        remedy: `remove "${name}" from ${path}`,
        scope: { zone: name, ...(endpoint === undefined ? {} : { endpoint }) },
      };
    }
};
