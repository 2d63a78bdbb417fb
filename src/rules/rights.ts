/** Rules on rights. A port between zones carries no read or write, so they apply to endpoints alone. */
import { joinPath } from "../diagnostics/path";
import type { PrivateEndpoint } from "../model/enclave";
import { isIn, type NeutralRule } from "../model/roles";
import { type Rule, reportBreach } from "./judge";
import type { JudgedZone } from "./subject";

export const trainingReadsData = readsOnly("training-reads-data", "data", ({ role }) => role === "training");
export const servingReadsArtifacts = readsOnly("serving-reads-artifacts", "artifacts", ({ role }) =>
  isIn("serving", role),
);

function readsOnly(
  rule: NeutralRule,
  holds: NonNullable<PrivateEndpoint["holds"]>,
  isBound: (zone: JudgedZone) => boolean,
): Rule {
  return ({ zones, privateEndpoints }, { waived }) =>
    privateEndpoints.flatMap(({ name, from, path, access, ...endpoint }) => {
      if (endpoint.holds !== holds || access === undefined || access === "read") return [];
      const writers = zones.filter(
        (zone) => from.includes(zone.name) && isBound(zone) && !waived(rule, [zone.name], name),
      );
      return writers.map((zone) =>
        reportBreach({
          rule,
          path: joinPath(path, "access"),
          summary: `zone "${zone.name}" (${zone.role}) may write to "${name}"`,
          detail: `Endpoint "${name}" holds ${holds}, and zone "${zone.name}" has the role ${zone.role}: it may read there, and "${access}" lets it do more. An entry of its own with \`access: read\` leaves the others their right.`,
          facts: { zone: zone.name, endpoint: name, access },
          remedy: `write \`access: read\` on ${path}`,
          scope: { zone: zone.name, endpoint: name },
        }),
      );
    });
}
