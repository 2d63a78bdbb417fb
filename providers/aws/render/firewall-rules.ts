/**
 * The rules of Network Firewall, in Suricata's language, evaluated in the order written. First what no zone may do, then what
 * each zone may reach by name; the policy drops every established connection that nothing passed. HOME_NET of the policy is
 * everything private, so that EXTERNAL_NET, always its negation, is exactly the internet.
 * https://docs.aws.amazon.com/network-firewall/latest/developerguide/suricata-limitations-caveats.html
 */
import type { NetworkPlan, PlannedDeparture, PlannedZone } from "../../../src/plan/network-plan";
import { departuresOf, leavingZones, zoneNamed } from "../../shared/zones";

/** Signature ids, unique in the policy and made of ordinals, so that a neighbour moves none. */
const SID = { drop: 1_000_000, otherPorts: 1_100_000, pass: 2_000_000, log: 3_000_000 } as const;

/** `$ZONE_INFERENCE`: the addresses of a zone, none while it is cut off. */
export const zoneVariable = (zone: PlannedZone): string => `ZONE_${zone.id.toUpperCase()}`;

export function firewallRules(plan: NetworkPlan): string[] {
  const zones = leavingZones(plan);
  const passes = [...plan.departures].sort((a, b) => a.ordinal - b.ordinal);
  return [
    ...dropProtocols(),
    ...zones.map((zone) => dropOtherPorts(plan, zone)),
    ...passes.flatMap((departure) => passName(plan, zones, departure)),
  ];
}

/** QUIC, plain DNS and tunnels: nothing but TCP leaves. The default action would let the first packets of these go. */
function dropProtocols(): string[] {
  return (["udp", "icmp"] as const).map(
    (protocol, index) =>
      `drop ${protocol} any any -> any any (msg:"enclave: ${protocol} does not leave"; sid:${SID.drop + index}; rev:1;)`,
  );
}

/** A handshake on another port would be let through before there is a name to judge. */
function dropOtherPorts(plan: NetworkPlan, zone: PlannedZone): string {
  const ports = [...new Set(departuresOf(plan, zone).map((departure) => departure.port))].sort(
    (a, b) => a - b,
  );
  const sid = SID.otherPorts + zone.ordinal;
  return `drop tcp $${zoneVariable(zone)} any -> any ![${ports.join(",")}] (msg:"enclave: ${zone.name} leaves by ${ports.join(", ")} only"; sid:${sid}; rev:1;)`;
}

/** Passing is silent and ends the evaluation; an alert before it writes the log entry and lets the evaluation go on. */
function passName(plan: NetworkPlan, zones: readonly PlannedZone[], departure: PlannedDeparture): string[] {
  const zone = zoneNamed(zones, departure.zone);
  // Behind TLS inspection the engine sees what was inside, so the name is the request's.
  const decrypted = departure.protocol === "http" || plan.inspection === "request";
  const match = decrypted
    ? `http.host; ${content(departure.name)}`
    : `tls.sni; ${content(departure.name)} nocase;`;
  const header = `${decrypted ? "http" : "tls"} $${zoneVariable(zone)} any -> $EXTERNAL_NET ${departure.port}`;
  const options = `${match} flow:to_server; msg:"enclave: ${departure.zone} to ${departure.name}";`;
  return (["log", "pass"] as const).map(
    (step) =>
      `${step === "log" ? "alert" : "pass"} ${header} (${options} sid:${SID[step] + departure.ordinal}; rev:1;)`,
  );
}

/** `*.x` ends with `.x`, which x itself does not; an exact name begins and ends with itself. */
const content = (name: string): string =>
  name.startsWith("*.")
    ? `content:"${name.slice(1)}"; endswith;`
    : `content:"${name}"; startswith; endswith;`;
