/** Egress rules: from private zones, to names, through single TCP ports. */

import { managedServiceOf } from "../clouds/clouds";
import type { Diagnostic } from "../diagnostics/diagnostic";
import { quoted, removing, removingName } from "../diagnostics/edit";
import { error, warning } from "../diagnostics/make";
import { joinPath } from "../diagnostics/path";
import { formatTraffic } from "../model/connections";
import { INTERNET } from "../model/enclave";
import { isIn } from "../model/roles";
import type { Item } from "../spec/read/draft";
import type { EgressSpec, ZoneSpec } from "../spec/schema/schema";
import { entriesOf, known, knownOf, UNKNOWN } from "../spec/unknown";
import { type Context, repeated, unknownName } from "./context";

export const checkEgress = (context: Context): Diagnostic[] =>
  context.draft.egress.flatMap((egress) => [
    ...checkSources(egress, context),
    ...checkPorts(egress),
    ...checkServices(egress),
  ]);

function checkSources(egress: Item<EgressSpec>, context: Context): Diagnostic[] {
  const sources = entriesOf(egress.value.from, joinPath(egress.path, "from"));
  return sources.flatMap((source) => {
    const { value: name, path } = source;
    const zone = context.zone(name);
    if (zone === undefined) return unknownName(context, source);
    const exposure = known(zone.value.exposure);
    if (exposure === undefined || exposure === "private") return [];
    const possible = mayBePrivate(zone, context);
    const reason =
      exposure === "public"
        ? "a public zone answers the internet and opens nothing to it"
        : "an isolated zone has no route to the internet";
    const detail = `Zone "${name}" is ${exposure} (line ${context.lineOf(joinPath(zone.path, "exposure"))}): ${reason}. ${possible ? "Make it private, or let" : "Let"} a private zone fetch what it needs.`;
    return [
      error("egress-needs-private", path, `zone "${name}" is ${exposure} and has no way out`, detail, {
        facts: { zone: name, exposure },
        fix: possible
          ? `zones:\n  ${name}:\n    exposure: private`
          : removingName(name, path, sources.length),
      }),
    ];
  });
}

/** As a private zone it would not be refused for something else: its role has no egress, or a flow comes from the internet. */
function mayBePrivate({ name, value: { role } }: Item<ZoneSpec>, { draft }: Context): boolean {
  if (isIn("no-egress", known(role))) return false;
  return !draft.flows.some(
    ({ value: { from, to } }) => knownOf(from).includes(INTERNET) && knownOf(to).includes(name),
  );
}

function checkPorts(egress: Item<EgressSpec>): Diagnostic[] {
  return entriesOf(egress.value.ports, joinPath(egress.path, "ports")).flatMap(({ value: traffic, path }) => {
    if (traffic.protocol === "tcp" && traffic.from === traffic.to) return [];
    const detail = `${formatTraffic(traffic)} is given. 80 is HTTP and every other port TLS with a server name: nothing else carries a name that could be checked.`;
    return [
      error("egress-ports", path, "an egress rule opens single TCP ports", detail, {
        fix: "ports: [443/tcp]",
      }),
    ];
  });
}

/** Valid, because some services have no private endpoint; where one does, its rights hold only as long as there is no way around. */
function checkServices({ path, value }: Item<EgressSpec>): Diagnostic[] {
  const zones = value.from === UNKNOWN ? ["<private>"] : knownOf(value.from);
  const names = entriesOf(value.to, joinPath(path, "to"));
  const twice = repeated(names, (each) => each.value);
  return names.flatMap((entry) => {
    const managed = managedServiceOf(entry.value);
    if (managed === undefined || twice.includes(entry)) return [];
    const detail = `Managed services of a cloud answer below ${managed.domain}, those of every other customer too. Through this egress rule a zone reaches them with whatever credentials it has, around the rights of private endpoints.`;
    const endpoint = `${managed.service}: { service: ${managed.service}, from: [${zones.join(", ")}] }`;
    const summary = `${quoted(entry.value)} is a cloud's own managed service`;
    return [
      warning("egress-managed-service", entry.path, summary, detail, {
        facts: { domain: managed.domain },
        fix:
          managed.service === undefined
            ? removing(entry.path)
            : `# instead of ${entry.path}:\nprivateEndpoints:\n  ${endpoint}`,
      }),
    ];
  });
}
