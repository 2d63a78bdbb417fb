/** Rules on zones with data: no egress, nothing from the internet, and no connection from a sink. */
import type { Diagnostic } from "../diagnostics/diagnostic";
import { joinPath } from "../diagnostics/path";
import { INTERNET } from "../model/enclave";
import { isIn, ROLE_RULES } from "../model/roles";
import { type Rule, reportBreach } from "./judge";

export const storesNoEgress: Rule = ({ zones, egress }, { waived, lineOf }) => {
  const rule = "stores-no-egress";
  const stores = zones.filter(({ role }) => isIn("no-egress", role));
  return stores.flatMap(({ name, role }) =>
    egress
      .filter(({ from }) => from.includes(name) && !waived(rule, [name]))
      .map(({ path, to }) =>
        reportBreach({
          rule,
          path,
          summary: `zone "${name}" (${role}) has a way out`,
          detail: `Zone "${name}" has the role ${role}, and what such a zone holds has no reason to leave: ${ROLE_RULES[rule]}. Line ${lineOf(path)} opens ${to.join(", ")}.`,
          facts: { zone: name },
          remedy: `remove "${name}" from ${path}`,
          scope: { zone: name },
        }),
      ),
  );
};

export const storesNotPublic: Rule = ({ zones, flows }, { waived, lineOf }) => {
  const rule = "stores-not-public";
  const found: Diagnostic[] = [];
  for (const { name, role, path, exposure } of zones.filter((zone) => isIn("not-public", zone.role))) {
    const opening = flows.filter(({ from, to }) => from.includes(INTERNET) && to.includes(name));
    if ((exposure !== "public" && opening.length === 0) || waived(rule, [name])) continue;
    const lines = opening.map((flow) => ` Line ${lineOf(flow.path)} leads from the internet to it.`);
    found.push(
      reportBreach({
        rule,
        path: joinPath(path, "exposure"),
        summary: `zone "${name}" (${role}) is public`,
        detail: `Zone "${name}" has the role ${role}: ${ROLE_RULES[rule]}.${lines.join("")}`,
        facts: { zone: name },
        remedy: "make it `exposure: isolated` and remove its flows from the internet",
        scope: { zone: name },
      }),
    );
  }
  return found;
};

export const sinksInitiateNothing: Rule = (subject, { waived, lineOf }) => {
  const rule = "sinks-initiate-nothing";
  const openings = [
    ...subject.flows,
    ...subject.privateEndpoints.map(({ path, from, name }) => ({ path, from, to: [name], endpoint: name })),
    ...subject.egress,
  ];
  const sinks = subject.zones.filter(({ role }) => isIn("sink", role));
  return sinks.flatMap(({ name, role }) =>
    openings.flatMap((opening): Diagnostic[] => {
      const { path } = opening;
      const endpoint = "endpoint" in opening ? opening.endpoint : undefined;
      // A flow inside the zone opens nothing to others.
      const to = opening.to.filter((each) => each !== name || endpoint !== undefined);
      if (!opening.from.includes(name) || to.length === 0 || waived(rule, [name], endpoint)) return [];
      return [
        reportBreach({
          rule,
          path,
          summary: `zone "${name}" (${role}) opens connections`,
          detail: `Zone "${name}" has the role ${role}: it answers and opens no connections, so that whoever takes it over stays there. Line ${lineOf(path)} lets it open connections to ${to.join(", ")}.`,
          facts: { zone: name, to },
          remedy: `remove "${name}" from ${path}`,
          scope: { zone: name, ...(endpoint === undefined ? {} : { endpoint }) },
        }),
      ];
    }),
  );
};
