/** Rules on rights. A port between zones carries no read or write, so they apply to endpoints alone. */
import { joinPath } from "../diagnostics/path";
import type { PrivateEndpoint } from "../model/enclave";
import { isIn } from "../model/roles";
import type { Rule } from "./judge";
import { mayShare } from "./resources";
import type { JudgedZone } from "./subject";

export const trainingReadsData = readsOnly("data", ({ role }) => role === "training");
export const servingReadsArtifacts = readsOnly("artifacts", ({ role }) => isIn("serving", role));

function readsOnly(holds: PrivateEndpoint["holds"], isBound: (zone: JudgedZone) => boolean): Rule {
  return function* ({ zones, privateEndpoints, clouds }, { waived }) {
    for (const endpoint of privateEndpoints) {
      const { name, from, path, access } = endpoint;
      if (access === undefined || access === "read") continue;
      const same = privateEndpoints.filter((each) => each === endpoint || mayShare(each, endpoint, clouds));
      const holder = same.find((each) => each.holds === holds);
      if (holder === undefined) continue;
      const users = zones.filter((zone) => from.includes(zone.name) && isBound(zone));
      for (const zone of users.filter((each) => !waived([each.name], name)))
        yield {
          path: joinPath(path, "access"),
          summary: `zone "${zone.name}" (${zone.role}) may write to "${name}"`,
          detail:
            `Endpoint "${holder.name}" holds ${holds}, and zone "${zone.name}" has the role ${zone.role}: ` +
            `it may read there, and "${access}" lets it do more. An entry of its own with \`access: ` +
            `read\` leaves the others their right.`,
          facts: { zone: zone.name, endpoint: name, access },
          remedy: `write \`access: read\` on ${path}`,
          scope: { zone: zone.name, endpoint: name },
        };
    }
  };
}
