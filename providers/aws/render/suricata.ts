/**
 * The rules of the firewall in Suricata's language. First what may pass, then drops for everything else, so that no
 * drop stands before a pass that it could meet.
 *
 * A `pass` ends the judgement of the whole connection. That is right for TLS, which says its name once, and wrong for
 * HTTP, where each request has a name of its own: HTTP has no pass, every request to another host is dropped, and what
 * nothing drops goes. AWS's default action would drop that too, so it is there only where TLS alone leaves.
 * https://docs.aws.amazon.com/network-firewall/latest/developerguide/suricata-rule-evaluation-order.html
 * https://aws.github.io/aws-security-services-best-practices/guides/network-firewall/
 */
import type { NetworkPlan, PlannedDeparture, PlannedZone } from "../../../src/plan/network-plan";
import { departuresOf, leavingZones, zoneNamed } from "../../shared/questions";

/** Suricata reads no longer line: https://github.com/OISF/suricata/blob/suricata-7.0.10/src/detect.h */
export const LONGEST_RULE = 8190;

/** Signature ids, unique in the policy and made of ordinals, so that a neighbour moves none. */
const SID = {
  mark: 900_000,
  drop: 1_000_000,
  otherPorts: 1_100_000,
  tooLarge: 1_200_000,
  pass: 2_000_000,
  log: 3_000_000,
  /** And a zone's 65,536 ports. */
  hosts: 10_000_000,
} as const;

/** `ZONE_INFERENCE`: the addresses of a zone; nowhere while it is cut off. */
export const zoneVariable = (zone: PlannedZone): string => `ZONE_${zone.id.toUpperCase()}`;

/** Behind TLS inspection the engine sees what was inside, so the name is the request's. */
const isRequest = ({ inspection }: NetworkPlan, { protocol }: PlannedDeparture): boolean =>
  protocol === "http" || inspection === "request";

/** Whether anything that leaves is judged request by request. */
export const judgesRequests = (plan: NetworkPlan): boolean =>
  plan.departures.some((departure) => isRequest(plan, departure));

export const portsOf = (departures: readonly PlannedDeparture[]): number[] =>
  [...new Set(departures.map(({ port }) => port))].sort((a, b) => a - b);

export function firewallRules(plan: NetworkPlan): string[] {
  const departures = [...plan.departures].sort((a, b) => a.ordinal - b.ordinal);
  const zones = leavingZones(plan);
  return [
    ...zones.map(passTooLarge),
    ...departures.flatMap((departure) => allowName(plan, departure)),
    ...markProtocols(plan),
    ...dropsOfAll(plan),
    ...zones.map((zone) => dropOtherPorts(plan, zone)),
    ...zones.flatMap((zone) => dropOtherHosts(plan, zone)),
  ];
}

function written(header: string, options: readonly string[], message: string, sid: number): string {
  return `${header} (${[...options, `msg:"enclave: ${message}"`, `sid:${sid}`, "rev:1"].join("; ")};)`;
}

/** "Fragmentation needed", without which the path's MTU is never found. It lets nothing else of its connection pass. */
const passTooLarge = (zone: PlannedZone): string =>
  written(
    `pass icmp $EXTERNAL_NET any -> $${zoneVariable(zone)} any`,
    ["itype:3", "icode:4"],
    `packets of ${zone.name} are too large`,
    SID.tooLarge + zone.ordinal,
  );

/** Set by what is recognised as the protocol of its port, and by a request to a host that is allowed. */
const [SPOKEN, NAMED] = ["enclave.spoken", "enclave.named"] as const;

const contentOf = (name: string, not = ""): string =>
  name.startsWith("*.")
    ? `content:${not}"${name.slice(1)}"; endswith`
    : `content:${not}"${name}"; startswith; endswith`;

/** Passing is silent and ends the evaluation; an alert before it writes the log entry. */
function allowName(plan: NetworkPlan, departure: PlannedDeparture): string[] {
  const { zone, name, port, ordinal } = departure;
  const ends = `$${zoneVariable(zoneNamed(plan, zone))} any -> $EXTERNAL_NET ${port}`;
  const message = `${zone} to ${name}`;
  if (isRequest(plan, departure)) {
    const options = ["http.host", contentOf(name), "flow:to_server", `flowbits:set,${NAMED}`];
    return [written(`alert http ${ends}`, options, message, SID.log + ordinal)];
  }
  const options = ["tls.sni", contentOf(name), "nocase", "flow:to_server"];
  return [
    written(`alert tls ${ends}`, options, message, SID.log + ordinal),
    written(`pass tls ${ends}`, options, message, SID.pass + ordinal),
  ];
}

const list = (items: readonly (number | string)[]): string => `[${items.join(",")}]`;

function markProtocols(plan: NetworkPlan): string[] {
  return (["tls", "http"] as const).flatMap((protocol, index) => {
    const ports = portsOf(
      plan.departures.filter((departure) => isRequest(plan, departure) === (protocol === "http")),
    );
    const options = ["flow:to_server", `flowbits:set,${SPOKEN}`, "noalert"];
    const header = `alert ${protocol} any any -> any ${list(ports)}`;
    return ports.length === 0 ? [] : [written(header, options, `${protocol} is spoken`, SID.mark + index)];
  });
}

/** One record of TLS. */
const LONGEST_HELLO = 16384;

type Drop = readonly [index: number, message: string, header: string, ...options: readonly string[]];

/** A Host that the parser takes for none leaves `http.host` empty, and a rule about that silent. */
const NAMELESS: readonly Drop[] = [
  [5, "a request without a host", "http any any -> any any", 'http.start; pcre:!"/\\r\\nHost: [a-z0-9]/i"'],
  [
    6,
    "a request without an authority",
    "http2 any any -> any any",
    'http.header_names; content:!"|0d 0a 3a|authority|0d 0a|"',
  ],
  [
    7,
    "a request too long to be read",
    "http any any -> any any",
    "app-layer-event:http.request_field_too_long",
  ],
];

/** In the sequence of what a connection meets. The id of each is its own for ever. */
function dropsOfAll(plan: NetworkPlan): string[] {
  const leaving = leavingZones(plan).map((zone) => `$${zoneVariable(zone)}`);
  const drops: readonly Drop[] = [
    [0, "only TCP leaves", "ip any any -> any any", "ip_proto:!TCP"],
    [1, "only zones with egress leave", `tcp !${list(leaving)} any -> any any`],
    [2, "nothing private is outside", "tcp any any -> $HOME_NET any"],
    // Until the protocol is known, and where it is another one.
    [3, "another protocol", "tcp any any -> any any", "dsize:>0", `flowbits:isnotset,${SPOKEN}`],
    // There is a hash as soon as the ClientHello is whole, with a name or without.
    [4, "TLS to no other name", "tls any any -> any any", 'ja4.hash; content:"_"'],
    ...(judgesRequests(plan) ? NAMELESS : []),
    [
      8,
      "a beginning that never says a name",
      "tcp any any -> any any",
      `stream_size:client,>,${LONGEST_HELLO}`,
      ...(judgesRequests(plan) ? [`flowbits:isnotset,${NAMED}`] : []),
    ],
  ];
  return drops.map(([index, message, header, ...options]) =>
    written(
      `drop ${header}`,
      index === 0 ? options : ["flow:to_server", ...options],
      message,
      SID.drop + index,
    ),
  );
}

/** A handshake on another port would be let through before there is a name to judge. */
function dropOtherPorts(plan: NetworkPlan, zone: PlannedZone): string {
  const ports = portsOf(departuresOf(plan, zone));
  const header = `drop tcp $${zoneVariable(zone)} any -> any !${list(ports)}`;
  return written(
    header,
    [],
    `${zone.name} leaves by ${ports.join(", ")} only`,
    SID.otherPorts + zone.ordinal,
  );
}

function dropOtherHosts(plan: NetworkPlan, zone: PlannedZone): string[] {
  const requests = departuresOf(plan, zone).filter((departure) => isRequest(plan, departure));
  return portsOf(requests).map((port) => {
    const names = requests.filter((departure) => departure.port === port).map(({ name }) => name);
    const options = ["flow:to_server", "http.host", ...names.sort().map((name) => contentOf(name, "!"))];
    const header = `drop http $${zoneVariable(zone)} any -> any ${port}`;
    const sid = SID.hosts + 65536 * zone.ordinal + port;
    return written(header, options, `${zone.name} to no other host on ${port}`, sid);
  });
}
