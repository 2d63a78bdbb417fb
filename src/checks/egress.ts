/** Egress rules: from private zones, to names, through single TCP ports. */

import { managedServiceOf } from "../clouds/clouds";
import type { Diagnostic } from "../diagnostics/diagnostic";
import { quoted, removing, removingName, replacingPart } from "../diagnostics/edit";
import { error, warning } from "../diagnostics/make";
import { joinPath } from "../diagnostics/path";
import { formatTraffic } from "../model/connections";
import { INTERNET } from "../model/enclave";
import { isIn } from "../model/roles";
import type { Item } from "../spec/read/draft";
import type { EgressSpec, ZoneSpec } from "../spec/schema/schema";
import { entriesOf, known, knownValues, UNKNOWN } from "../spec/unknown";
import { type Context, repeated, unknownName } from "./context";

export function* checkEgress(context: Context): Iterable<Diagnostic> {
  for (const egress of context.draft.egress) {
    yield* checkSources(egress, context);
    yield* checkPorts(egress);
    yield* checkServices(egress);
  }
}

function* checkSources(egress: Item<EgressSpec>, context: Context): Iterable<Diagnostic> {
  const sources = entriesOf(egress.value.from, joinPath(egress.path, "from"));
  for (const source of sources) {
    const { value: name, path } = source;
    const zone = context.zone(name);
    const exposure = known(zone?.value.exposure);
    if (zone === undefined) yield* unknownName(context, source);
    if (zone === undefined || exposure === undefined || exposure === "private") continue;
    const canBePrivate = mayBePrivate(zone, context);
    const reason =
      exposure === "public"
        ? "a public zone answers the internet and opens nothing to it"
        : "an isolated zone has no route to the internet";
    const remedy = `${canBePrivate ? "Make it private, or let" : "Let"} a private zone fetch what it needs.`;
    const line = context.lineOf(joinPath(zone.path, "exposure"));
    const detail = `Zone "${name}" is ${exposure} (line ${line}): ${reason}. ${remedy}`;
    yield error("egress-needs-private", path, `zone "${name}" is ${exposure} and has no egress`, detail, {
      facts: { zone: name, exposure },
      fix: canBePrivate
        ? `zones:\n  ${name}:\n    exposure: private`
        : removingName(name, path, sources.length),
    });
  }
}

/** False if a private zone is refused too: its role has no egress, or a flow comes from the internet. */
function mayBePrivate({ name, value: { role } }: Item<ZoneSpec>, { draft }: Context): boolean {
  if (isIn("no-egress", known(role))) return false;
  return !draft.flows.some(
    ({ value: { from, to } }) => knownValues(from).includes(INTERNET) && knownValues(to).includes(name),
  );
}

function* checkPorts(egress: Item<EgressSpec>): Iterable<Diagnostic> {
  for (const { value: traffic, path } of entriesOf(egress.value.ports, joinPath(egress.path, "ports"))) {
    if (traffic.protocol === "tcp" && traffic.from === traffic.to) continue;
    const detail = `${formatTraffic(traffic)} is given. 80 is HTTP and every other port TLS with a server name: nothing else carries a name that could be checked.`;
    const fix = "ports: [443/tcp]";
    yield error("egress-ports", path, "an egress rule opens single TCP ports", detail, { fix });
  }
}

/** A warning, as some services have no private endpoint. Egress goes around the rights of an endpoint. */
function* checkServices({ path: item, value }: Item<EgressSpec>): Iterable<Diagnostic> {
  const zones = value.from === UNKNOWN ? ["<private>"] : knownValues(value.from);
  const names = entriesOf(value.to, joinPath(item, "to"));
  const twice = repeated(names, (name) => name.value);
  for (const name of names) {
    const managed = twice.includes(name) ? undefined : managedServiceOf(name.value);
    if (managed === undefined) continue;
    const { domain, service } = managed;
    const summary = `${quoted(name.value)} is a cloud's own managed service`;
    const detail = `Managed services of a cloud answer below ${domain}, those of every other customer too. Through this egress rule a zone reaches them with whatever credentials it has, around the rights of private endpoints.`;
    const endpoint = `privateEndpoints:\n  ${service}: { service: ${service}, from: [${zones.join(", ")}] }`;
    yield warning("egress-managed-service", name.path, summary, detail, {
      facts: { domain },
      fix: service === undefined ? removing(name.path) : replacingPart(name.path, endpoint),
    });
  }
}
