/** Who may only read. A port between zones carries no read or write, so these rules judge endpoints alone. */
import { finding } from "../diagnostics/make";
import { joinPath } from "../diagnostics/path";
import type { PrivateEndpoint, Role, RoleRule } from "../model/enclave";
import { orWaive, type Rule } from "./judge";

/** Zones that only use what others prepared. */
export const SERVING: readonly Role[] = ["inference", "app", "gateway"];

export const trainingReadsData = readsOnly("training-reads-data", ["training"], "data");
export const servingReadsArtifacts = readsOnly("serving-reads-artifacts", SERVING, "artifacts");

function readsOnly(
  rule: RoleRule,
  roles: readonly Role[],
  holds: NonNullable<PrivateEndpoint["holds"]>,
): Rule {
  return ({ zones, privateEndpoints }, { waived }) =>
    privateEndpoints
      .filter(
        (endpoint) => endpoint.holds === holds && endpoint.access !== undefined && endpoint.access !== "read",
      )
      .flatMap(({ name, from, path, access }) => {
        const writers = zones.filter(
          (zone) =>
            from.includes(zone.name) &&
            zone.role !== undefined &&
            roles.includes(zone.role) &&
            !waived(rule, [zone.name], name),
        );
        return writers.map((zone) => {
          const detail = `Endpoint "${name}" holds ${holds}, and zone "${zone.name}" has the role ${zone.role}: it may read there, and "${access}" lets it do more. An entry of its own with \`access: read\` leaves the others their right.`;
          const fix = orWaive(`write \`access: read\` on ${path}`, rule, { zone: zone.name, endpoint: name });
          return finding(
            rule,
            joinPath(path, "access"),
            `zone "${zone.name}" (${zone.role}) may write to "${name}"`,
            detail,
            { facts: { zone: zone.name, endpoint: name, access: access ?? "" }, fix },
          );
        });
      });
}
