/** Egress to a vendor who can be reached privately on the cloud: a warning, because the way may not be for sale. */
import { CLOUD_FACTS } from "../clouds/clouds";
import { type Vendor, vendorOf } from "../clouds/vendors";
import { enumerate } from "../diagnostics/enumerate";
import { joinPath } from "../diagnostics/path";
import type { Rule } from "./judge";

export const privateWay: Rule = function* ({ egress, clouds }, { waived }) {
  for (const { path, from, to } of egress)
    for (const [index, name] of to.entries()) {
      const vendor = vendorOf(name);
      const on = clouds.filter((cloud) => vendor?.ways[cloud] !== undefined);
      if (vendor === undefined || on.length === 0) continue;
      const zones = from.filter((zone) => !waived([zone]));
      const [zone] = zones;
      if (zone === undefined) continue;
      const places = enumerate(on, "and");
      yield {
        path: joinPath(path, "to", index),
        summary: `"${name}" is ${vendor.name}, which has a private way on ${places}`,
        detail:
          `Requests of ${enumerate(zones, "and")} leave for the internet, and need not. ` +
          `The way is described on ${vendor.source}`,
        facts: { zone, vendor: vendor.name, clouds: [...on] },
        remedy: on.map((cloud) => remedyOn(vendor, cloud)).join("; "),
        scope: { zone },
      };
    }
};

function remedyOn({ name, ways }: Vendor, cloud: keyof typeof CLOUD_FACTS): string {
  const [product = ""] = CLOUD_FACTS[cloud].services["model-api"];
  return ways[cloud] === "model-api"
    ? `on ${cloud} an endpoint with \`service: model-api\` (${product})`
    : `on ${cloud} an endpoint with \`service: custom\`, and as its target and dnsNames what ${name} gives you`;
}
