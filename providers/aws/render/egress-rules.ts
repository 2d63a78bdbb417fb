/**
 * The rules of Network Firewall, in Suricata's language and in the order of evaluation: denials, then the
 * names that each zone may reach. The policy drops every established connection that nothing passed. Its
 * HOME_NET is everything private, so that EXTERNAL_NET, always its negation, is exactly the internet.
 * https://docs.aws.amazon.com/network-firewall/latest/developerguide/suricata-limitations-caveats.html
 */
import { NetworkfirewallRuleGroup } from "@cdktf/provider-aws/lib/networkfirewall-rule-group";
import type { NetworkPlan, PlannedDeparture, PlannedZone } from "../../../src/plan/network-plan";
import { type Address, literal, quoted, unlessQuarantined } from "../../shared/expressions";
import { departuresOf, leavingZones, zoneNamed } from "../../shared/questions";
import { addResource, type Rendering } from "../../shared/resources";
import { awsName, tags } from "./naming";
import { NOWHERE } from "./ways";

/** Capacity can never change; each step is a group of its own that replaces the smaller one. */
const CAPACITIES = [1000, 3000, 10000, 30000] as const;
export const MOST_RULES = 30000;

/**
 * A policy takes TLS inspection only when it is made, so each way to inspect has a policy of its own with its own
 * rules: the firewall goes from one to the other, and is never without rules that fit.
 * https://docs.aws.amazon.com/network-firewall/latest/developerguide/tls-inspection-considerations.html
 */
export const policyName = ({ inspection }: NetworkPlan): string[] =>
  inspection === "request" ? ["egress", "request"] : ["egress"];

export function renderEgressRules(rendering: Rendering): Address {
  const { plan, printer } = rendering;
  const rules = firewallRules(plan);
  const capacity = CAPACITIES.find((size) => size >= 2 * rules.length) ?? MOST_RULES;
  const ipSets = leavingZones(plan).map((zone) => {
    const addresses = unlessQuarantined([zone.name], quoted(printer.cidr(zone.block)), quoted(NOWHERE));
    return { key: zoneVariable(zone), ipSet: { definition: [addresses] } };
  });
  return addResource(rendering, NetworkfirewallRuleGroup, "enclave", {
    name: awsName(plan, ...policyName(plan), String(capacity)),
    type: "STATEFUL",
    capacity,
    description: `What may leave enclave ${plan.name}`,
    ruleGroup: {
      ruleVariables: { ipSets },
      rulesSource: { rulesString: literal(rules.join("\n")) },
      statefulRuleOptions: { ruleOrder: "STRICT_ORDER" },
    },
    lifecycle: { createBeforeDestroy: true },
    tags: tags(rendering, "egress"),
  });
}

/** Signature ids, unique in the policy and made of ordinals, so that a neighbour moves none. */
const SID = { drop: 1_000_000, otherPorts: 1_100_000, pass: 2_000_000, log: 3_000_000 } as const;

/** `ZONE_INFERENCE`: the addresses of a zone; nowhere while it is cut off. */
const zoneVariable = (zone: PlannedZone): string => `ZONE_${zone.id.toUpperCase()}`;

export function firewallRules(plan: NetworkPlan): string[] {
  const departures = [...plan.departures].sort((a, b) => a.ordinal - b.ordinal);
  return [
    ...DROP_PROTOCOLS,
    ...leavingZones(plan).map((zone) => dropOtherPorts(plan, zone)),
    ...departures.flatMap((departure) => passName(plan, departure)),
  ];
}

/** QUIC, plain DNS and tunnels: the default action would let the first packets of these go. */
const DROP_PROTOCOLS = ["udp", "icmp"].map((protocol, index) => {
  const options = `msg:"enclave: ${protocol} does not leave"; sid:${SID.drop + index}; rev:1;`;
  return `drop ${protocol} any any -> any any (${options})`;
});

/** A handshake on another port would be let through before there is a name to judge. */
function dropOtherPorts(plan: NetworkPlan, zone: PlannedZone): string {
  const ports = portsOf(departuresOf(plan, zone));
  const message = `enclave: ${zone.name} leaves by ${ports.join(", ")} only`;
  const sid = SID.otherPorts + zone.ordinal;
  return (
    `drop tcp $${zoneVariable(zone)} any -> any ![${ports.join(",")}] (msg:"${message}"; sid:${sid}; ` +
    "rev:1;)"
  );
}

export const portsOf = (departures: readonly PlannedDeparture[]): number[] =>
  [...new Set(departures.map(({ port }) => port))].sort((a, b) => a - b);

/** Passing is silent and ends the evaluation; an alert before it writes the log entry. */
function passName(plan: NetworkPlan, { zone, name, port, protocol, ordinal }: PlannedDeparture): string[] {
  const wildcard = `content:"${name.slice(1)}"; endswith;`;
  const content = name.startsWith("*.") ? wildcard : `content:"${name}"; startswith; endswith;`;
  // Behind TLS inspection the engine sees what was inside, so the name is the request's.
  const decrypted = protocol === "http" || plan.inspection === "request";
  const match = decrypted ? `http.host; ${content}` : `tls.sni; ${content} nocase;`;
  const source = `$${zoneVariable(zoneNamed(plan, zone))}`;
  const header = `${decrypted ? "http" : "tls"} ${source} any -> $EXTERNAL_NET ${port}`;
  const options = `${match} flow:to_server; msg:"enclave: ${zone} to ${name}";`;
  return [
    `alert ${header} (${options} sid:${SID.log + ordinal}; rev:1;)`,
    `pass ${header} (${options} sid:${SID.pass + ordinal}; rev:1;)`,
  ];
}
