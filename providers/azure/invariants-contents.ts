/**
 * Every rule that permits something, as the plan wants it and as a document says it: the right ends, the right ports, and in
 * quarantine a denial. Nothing of it comes from the rules that are rendered.
 */
import type { Printer } from "../../src/addresses/address";
import type { Traffic } from "../../src/model/enclave";
import { formatCidr, INTERNET_BLOCKS } from "../../src/net/cidr";
import type { NetworkPlan, Party } from "../../src/plan/network-plan";
import { type Attributes, text, texts } from "../shared/document";
import { expr, quarantined } from "../shared/rendering";
import { permitsFromInternet, zoneNamed } from "../shared/zones";
import { portsOf } from "./data/managed-services";

/** What a rule says, part by part, each as one text. */
export interface Said {
  readonly protocol: string;
  readonly ports: string;
  readonly sources: string;
  readonly targets: string;
  readonly access: string;
}

const said = (
  protocol: string,
  ports: readonly string[],
  from: readonly string[],
  to: readonly string[],
  access: string,
): Said => ({ protocol, ports: ports.join(), sources: from.join(), targets: to.join(), access });

const range = ({ from, to }: { readonly from: number; readonly to: number }): string =>
  from === to ? `${from}` : `${from}-${to}`;

const access = (...zones: readonly string[]): string => expr(`${quarantined(...zones)} ? "Deny" : "Allow"`);

const INTERNET = INTERNET_BLOCKS.map(formatCidr);

/** By group, direction and name of the rule. */
export function plannedPermits(plan: NetworkPlan, printer: Printer): ReadonlyMap<string, Said> {
  const idOf = (zone: string): string => zoneNamed(plan.zones, zone).id;
  const blockOf = (zone: string): string[] => [printer.cidr(zoneNamed(plan.zones, zone).block)];
  const endOf = (party: Party): string[] => {
    if (party.kind === "zone") return blockOf(party.zone);
    return party.kind === "internet" && party.sources.length > 0 ? party.sources.map(formatCidr) : INTERNET;
  };
  const flows = plan.permits.flatMap(({ id, from, to, traffic }) => {
    const zones = [from, to].flatMap((party) => (party.kind === "zone" ? [party.zone] : []));
    const rule = said(...protocolOf(traffic), endOf(from), endOf(to), access(...zones));
    const at = (party: Party, name: string): [string, Said][] =>
      party.kind === "zone" ? [[`${idOf(party.zone)} ${name}`, rule]] : [];
    // Within a zone both are in one group, where a name is one rule's.
    const within = zones.length === 2 && zones[0] === zones[1];
    return [...at(from, `Outbound ${id}${within ? ".outbound" : ""}`), ...at(to, `Inbound ${id}`)];
  });
  const uses = plan.endpoints.flatMap((endpoint) =>
    endpoint.consumers.flatMap(({ zone }) => {
      const group = [expr(`azurerm_application_security_group.${endpoint.id}.id`)];
      const rule = said("Tcp", portsOf(endpoint).map(range), blockOf(zone), group, access(zone));
      const name = `${idOf(zone)}_to_endpoint.${endpoint.id}`;
      return [`${idOf(zone)} Outbound ${name}`, `enclave_endpoints Inbound ${name}`].map(
        (key): [string, Said] => [key, rule],
      );
    }),
  );
  const exits = plan.departures.map(({ zone, port }): [string, Said] => [
    `${idOf(zone)} Outbound ${idOf(zone)}_to_internet_${port}_tcp`,
    said("Tcp", [`${port}`], blockOf(zone), INTERNET, access(zone)),
  ]);
  return new Map([...flows, ...uses, ...exits, ...plannedProbes(plan, printer)]);
}

/** Load balancers look after what the internet may open, on its ports. */
const plannedProbes = (plan: NetworkPlan, printer: Printer): [string, Said][] =>
  plan.zones.flatMap((zone) => {
    const ports = permitsFromInternet(plan, zone).flatMap(({ traffic }) =>
      traffic.protocol === "tcp" ? [range(traffic)] : [],
    );
    const rule = said(
      "Tcp",
      [...new Set(ports)],
      ["AzureLoadBalancer"],
      [printer.cidr(zone.block)],
      access(zone.name),
    );
    return ports.length === 0 ? [] : [[`${zone.id} Inbound load_balancer_to_${zone.id}`, rule]];
  });

function protocolOf(traffic: Traffic): [protocol: string, ports: readonly string[]] {
  if (traffic.protocol === "any") return ["*", ["*"]];
  if (traffic.protocol === "icmp") return ["Icmp", ["*"]];
  return [traffic.protocol === "tcp" ? "Tcp" : "Udp", [range(traffic)]];
}

/** As `plannedPermits` has it; clients that are not all of them are a part of the ports. */
export function foundPermit(rule: Attributes): Said {
  // A list may be one expression too.
  const of = (...each: readonly string[]): string[] =>
    each
      .flatMap((argument) => [...texts(rule, argument), text(rule, argument)])
      .filter((value) => value !== "");
  const end = (side: "source" | "destination"): string[] =>
    of(`${side}_address_prefixes`, `${side}_address_prefix`, `${side}_application_security_group_ids`);
  const clients = of("source_port_range", "source_port_ranges").filter((port) => port !== "*");
  const ports = of("destination_port_range", "destination_port_ranges");
  return said(
    text(rule, "protocol"),
    [...ports, ...clients.map((port) => `from ${port}`)],
    end("source"),
    end("destination"),
    text(rule, "access"),
  );
}
