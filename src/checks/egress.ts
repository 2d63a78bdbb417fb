/** Egress rules: from private zones, to names, through single TCP ports. */

import { managedServiceOf } from "../clouds/clouds";
import type { Diagnostic, SpecPath } from "../diagnostics/diagnostic";
import { quoted } from "../diagnostics/edit";
import { error, warning } from "../diagnostics/make";
import { joinPath } from "../diagnostics/path";
import { formatTraffic } from "../model/connections";
import { INTERNET } from "../model/enclave";
import { isIn } from "../model/roles";
import type { Item } from "../spec/read/draft";
import type { EgressSpec, ZoneSpec } from "../spec/schema/schema";
import { entriesOf, known, knownValues } from "../spec/unknown";
import { type Context, repeated } from "./context";

export function* checkEgress(context: Context): Iterable<Diagnostic> {
  for (const egress of context.draft.egress) {
    yield* checkSources(egress, context);
    yield* checkPorts(egress);
    yield* checkServices(egress);
  }
}

function* checkSources(egress: Item<EgressSpec>, context: Context): Iterable<Diagnostic> {
  for (const { value: name, path } of entriesOf(egress.value.from, joinPath(egress.path, "from"))) {
    const zone = context.zone(name);
    const exposure = known(zone?.value.exposure);
    if (zone === undefined || exposure === undefined || exposure === "private") continue;
    const reason =
      exposure === "public"
        ? "a public zone answers the internet and opens nothing to it"
        : "an isolated zone has no route to the internet";
    const remedy =
      `${mayBePrivate(zone, context) ? "Make it private, or let" : "Let"} a private zone fetch what it ` +
      "needs.";
    const line = context.lineOf(joinPath(zone.path, "exposure"));
    const detail = `Zone "${name}" is ${exposure} (line ${line}): ${reason}. ${remedy}`;
    yield error("egress-needs-private", path, `zone "${name}" is ${exposure} and has no egress`, detail, {
      facts: { zone: name, exposure },
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
    if (traffic.protocol === "tcp" && traffic.from === traffic.to) {
      yield* checkProtocol(traffic.from, path);
      continue;
    }
    const detail =
      `${formatTraffic(traffic)} is given. 80 is HTTP and every other port TLS with a server name: ` +
      "nothing else carries a name that could be checked.";
    yield error("egress-ports", path, "an egress rule opens single TCP ports", detail);
  }
}

/**
 * Protocols that clients begin without TLS, if they speak it at all.
 * https://www.iana.org/assignments/service-names-port-numbers/service-names-port-numbers.xhtml
 */
const WITHOUT_TLS: Readonly<Record<number, string>> = {
  21: "FTP",
  22: "SSH",
  25: "SMTP",
  110: "POP3",
  143: "IMAP",
  389: "LDAP",
  587: "SMTP",
  1433: "SQL Server",
  1521: "Oracle",
  3306: "MySQL",
  5432: "PostgreSQL",
  6379: "Redis",
  27017: "MongoDB",
};

/** A warning: a client may begin with TLS on any port. */
function* checkProtocol(port: number, path: SpecPath): Iterable<Diagnostic> {
  const protocol = WITHOUT_TLS[port];
  if (protocol === undefined) return;
  const summary = `port ${port} is usually ${protocol}, which does not begin with TLS`;
  const detail =
    "What leaves on a port other than 80 has to begin with TLS and a server name, or it is dropped. " +
    "A client that speaks TLS from its first packet passes. Where the way out is a proxy that clients " +
    "tell the name, any protocol passes.";
  yield warning("egress-without-tls", path, summary, detail, { facts: { port, protocol } });
}

/** A warning, as some services have no private endpoint. Egress goes around the rights of an endpoint. */
function* checkServices({ path: item, value }: Item<EgressSpec>): Iterable<Diagnostic> {
  const names = entriesOf(value.to, joinPath(item, "to"));
  const twice = repeated(names, (name) => name.value).map(({ later }) => later);
  for (const name of names) {
    const managed = twice.includes(name) ? undefined : managedServiceOf(name.value);
    if (managed === undefined) continue;
    const { domain, service } = managed;
    const summary = `${quoted(name.value)} is a cloud's own managed service`;
    const instead =
      service === undefined
        ? ""
        : ` A private endpoint of the service \`${service}\` leads to your own resources alone.`;
    const detail =
      `Managed services of a cloud answer below ${domain}, those of every other customer too. ` +
      "Through this egress rule a zone reaches them with whatever credentials it has, around the " +
      `rights of private endpoints.${instead}`;
    yield warning("egress-managed-service", name.path, summary, detail, { facts: { domain } });
  }
}
