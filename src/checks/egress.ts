/** Ways out: from private zones, to names, through single TCP ports. */

import { managedServiceOf } from "../clouds/clouds";
import type { Diagnostic } from "../diagnostics/diagnostic";
import { quoted, removing, removingName } from "../diagnostics/edit";
import { error, warning } from "../diagnostics/make";
import { joinPath } from "../diagnostics/path";
import { departuresOf, formatTraffic } from "../model/connections";
import { INTERNET } from "../model/enclave";
import { isIn } from "../model/roles";
import { listOf } from "../spec/read/build";
import type { Item } from "../spec/read/item";
import { soundEgress } from "../spec/read/sound-items";
import type { EgressSpec, ZoneSpec } from "../spec/schema/schema";
import { type Context, repeated, unknownZone } from "./context";
import { partiesOf } from "./references";

export const checkEgress = (context: Context): Diagnostic[] => [
  ...context.draft.egress.flatMap((egress) => [
    ...checkSources(egress, context),
    ...checkPorts(egress),
    ...checkNames(egress),
    ...checkServices(egress),
  ]),
  ...checkRepetitions(context),
];

function checkSources(egress: Item<EgressSpec>, context: Context): Diagnostic[] {
  const sources = partiesOf(egress.value.from, joinPath(egress.path, "from"));
  return sources.flatMap(({ name, path }) => {
    const zone = context.zone(name);
    if (zone === undefined) return unknownZone(context, path, name);
    const { exposure } = zone.value;
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

/** As a private zone it would not be refused for something else: a way out that its role does not have, a flow from the internet. */
function mayBePrivate({ name, value: { role } }: Item<ZoneSpec>, { draft }: Context): boolean {
  if (isIn("no-egress", role)) return false;
  return !draft.flows.some(
    ({ value: { from, to } }) => listOf(from ?? []).includes(INTERNET) && listOf(to ?? []).includes(name),
  );
}

function checkPorts({ path, value }: Item<EgressSpec>): Diagnostic[] {
  return (value.ports ?? []).flatMap((traffic, index) => {
    if (traffic.protocol === "tcp" && traffic.from === traffic.to) return [];
    const detail = `${formatTraffic(traffic)} is given. 80 is HTTP and every other port TLS with a server name: nothing else carries a name that could be checked.`;
    return [
      error("egress-ports", joinPath(path, "ports", index), "a way out is single TCP ports", detail, {
        fix: "ports: [443/tcp]",
      }),
    ];
  });
}

function checkNames({ path, value }: Item<EgressSpec>): Diagnostic[] {
  const names = value.to ?? [];
  return repeated(names).map((index) =>
    warning(
      "egress-repeated",
      joinPath(path, "to", index),
      `"${names[index]}" stands in the list twice`,
      "Once is enough.",
      { fix: removing(joinPath(path, "to", index)) },
    ),
  );
}

/** Valid, because some services have no private endpoint; but where one does, its rights hold only as long as there is no way around. */
function checkServices({ path, value }: Item<EgressSpec>): Diagnostic[] {
  const from = listOf(value.from ?? "<private>")
    .filter(Boolean)
    .join(", ");
  return (value.to ?? []).flatMap((name, index) => {
    const managed = managedServiceOf(name);
    if (managed === undefined || value.to?.indexOf(name) !== index) return [];
    const detail = `Managed services of a cloud answer below ${managed.domain}, those of every other customer too. Through this way out a zone reaches them with whatever credentials it has, around the rights of private endpoints.`;
    const at = joinPath(path, "to", index);
    return [
      warning("egress-managed-service", at, `${quoted(name)} is a cloud's own managed service`, detail, {
        facts: { domain: managed.domain },
        fix:
          managed.service === undefined
            ? removing(at)
            : `# instead of ${at}:\nprivateEndpoints:\n  ${managed.service}: { service: ${managed.service}, from: [${from}] }`,
      }),
    ];
  });
}

/** The same name, port and zone on two lines: valid, but one of the two is not what opens the way. */
function checkRepetitions({ draft, lineOf }: Context): Diagnostic[] {
  return departuresOf({ egress: soundEgress(draft) }).flatMap(
    ({ zone, name, port, because: [first, ...more] }) =>
      more.map(({ path }) => {
        const detail = `Line ${lineOf(first?.path ?? "")} opens the same way. Removing one of the two closes nothing.`;
        return warning("egress-repeated", path, `"${zone}" may reach "${name}" on ${port} already`, detail, {
          fix: removing(path),
        });
      }),
  );
}
