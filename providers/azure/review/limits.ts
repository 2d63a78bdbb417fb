/** Numbers of a plan that Azure does not take. */
import type { Printer } from "../../../src/addresses/address";
import type { Diagnostic } from "../../../src/diagnostics/diagnostic";
import { error, info, warning } from "../../../src/diagnostics/make";
import { RESERVED_PER_SLOT } from "../../../src/model/slots";
import { cidr, sizeOf } from "../../../src/net/cidr";
import type { NetworkPlan } from "../../../src/plan/network-plan";
import { leavingZones, pathOf } from "../../shared/questions";
import { type Direction, isAddress, PERMITS } from "../render/ways";
import type { Group } from "./quotas";

export function* reviewLimits(
  plan: NetworkPlan,
  printer: Printer,
  groups: readonly Group[],
): Iterable<Diagnostic> {
  for (const group of groups)
    for (const direction of ["Inbound", "Outbound"] as const) yield* reviewPriorities(group, direction);
  yield* reviewExitPorts(plan);
  yield* reviewResolver(plan);
  yield* reviewTranslation(plan, printer);
}

/**
 * Of each public address on each of the two instances at least that a firewall has; there is one address.
 * https://learn.microsoft.com/en-us/azure/firewall/firewall-known-issues
 */
const TRANSLATED_PORTS = 2 * 2496;

/** Connections of all machines to one address and port of the internet share the ports of the firewall. */
function* reviewTranslation(plan: NetworkPlan, printer: Printer): Iterable<Diagnostic> {
  const zones = leavingZones(plan);
  const machines = zones
    .flatMap(({ subnets }) => subnets.map((block) => sizeOf(cidr(printer.cidr(block))) - RESERVED_PER_SLOT))
    .reduce((all, each) => all + each, 0);
  if (machines === 0) return;
  const each = Math.floor(TRANSLATED_PORTS / machines);
  const names = zones.map(({ name }) => name);
  const summary = `machines that leave share ${TRANSLATED_PORTS} connections to one address at a time`;
  const detail =
    `The firewall has one public address, with 2,496 ports on each of two instances, for each address and port ` +
    `that it connects to. ${names.join(", ")} have room for ${machines} machines: ${each} connections each. ` +
    "It adds instances under load, up to 20. Bring what many machines need into the network once, by one of them.";
  const report = each === 0 ? warning : info;
  yield report("azure-translation", "egress", summary, detail, {
    facts: { machines, ports: TRANSLATED_PORTS, each },
  });
}

/** Priorities follow from ordinals of the lock. When they do not fit a group, only a new count helps. */
function* reviewPriorities({ what, path, rules }: Group, direction: Direction): Iterable<Diagnostic> {
  const { first, last } = PERMITS;
  const permits = rules.filter(
    (rule) => rule.direction === direction && rule.access !== "Deny" && rule.from.every(isAddress),
  );
  const misplaced = permits.find(
    ({ priority }, index) => priority < first || priority > last || priority === permits[index - 1]?.priority,
  );
  if (misplaced === undefined) return;
  const { name, priority } = misplaced;
  const summary = `${direction.toLowerCase()} rules of ${what} have no priorities left`;
  const detail =
    `Rule ${name} would have ${priority}, which is taken or not between ${first} and ${last}. ` +
    "Numbers of flows that are gone are not reused without --reclaim. " +
    "Run synth with it, or split the enclave.";
  yield error("azure-priorities-full", path, summary, detail, { facts: { priority, first, last } });
}

/** https://learn.microsoft.com/en-us/rest/api/firewall/firewall-policy-rule-collection-groups */
const LAST_EXIT_PORT = 64_000;

function* reviewExitPorts({ departures }: NetworkPlan): Iterable<Diagnostic> {
  const detail = `Application rules have ports up to ${LAST_EXIT_PORT}.`;
  for (const departure of departures.filter(({ port }) => port > LAST_EXIT_PORT)) {
    const { port } = departure;
    const more = { facts: { port, maximum: LAST_EXIT_PORT } };
    const summary = `Azure Firewall does not take port ${port}`;
    yield error("azure-egress-port", pathOf(departure, "egress"), summary, detail, more);
  }
}

/** A list of the resolver cannot hold a name without all names below it. */
function* reviewResolver({ resolvable }: NetworkPlan): Iterable<Diagnostic> {
  const [first] = resolvable;
  if (first === undefined) return;
  const summary = "names below the declared ones resolve too";
  const detail =
    "A name in a list of Azure's DNS security policy stands for all names below it too, and *.x for " +
    "x. The egress firewall takes the names exactly. A query itself reaches the owner of the domain.";
  const facts = { names: resolvable.length };
  yield info("azure-dns-below", pathOf(first, "dns"), summary, detail, { facts });
}
