/** Rules of the firewall policy, as the plan wants them: the right ends, the right ports, and in quarantine nobody. */
import type { Traffic } from "../../src/model/enclave";
import type { Endpoint, Party, PlannedZone } from "../../src/plan/network-plan";
import type { Attributes } from "../shared/document";
import { expr, quarantined } from "../shared/rendering";
import type { Statement } from "../shared/statements";
import { leavingZones, zoneNamed } from "../shared/zones";
import { apiEndpoints, isApi, portsOf } from "./data/managed-services";
import { ANYWHERE, ruleSubject } from "./planned";
import { BANDS, PROXY_BALANCERS } from "./render/flow-rules";
import { isRegional, regionalAddress } from "./render/regional-endpoints";
import { apiAddress, endpointAddress, type Planned, proxyAddress } from "./render/sites";

export const plannedRules = (planned: Planned): Statement[] => [
  ...plannedQuarantine(planned),
  ...plannedPermits(planned),
  ...plannedWays(planned),
  ...[ANYWHERE, "::/0"].flatMap((all, family) => [
    denial(BANDS.defaults + 2 * family, "EGRESS", { dest_ip_ranges: [all] }, false),
    denial(BANDS.defaults + 2 * family + 1, "INGRESS", { src_ip_ranges: [all] }, false),
  ]),
];

const rule = (
  priority: number,
  direction: string,
  action: string,
  match: Attributes,
  disabled: unknown,
): Statement => [
  ruleSubject(priority),
  { priority, direction, action, disabled, enable_logging: true, match },
];

const denial = (priority: number, direction: string, ends: Attributes, disabled: unknown): Statement =>
  rule(priority, direction, "deny", { ...ends, layer4_config: [{ ip_protocol: "all" }] }, disabled);

const permit = (
  priority: number,
  direction: string,
  ends: Ends,
  traffic: readonly Traffic[],
  zones: readonly string[],
): Statement =>
  rule(
    priority,
    direction,
    "allow",
    { src_ip_ranges: ends.from, dest_ip_ranges: ends.to, layer4_config: traffic.map(layer4) },
    expr(quarantined(...zones)),
  );

interface Ends {
  readonly from: readonly string[];
  readonly to: readonly string[];
}

function layer4(traffic: Traffic): Attributes {
  if (traffic.protocol === "any") return { ip_protocol: "all" };
  if (traffic.protocol === "icmp") return { ip_protocol: "icmp" };
  return { ip_protocol: traffic.protocol, ports: [[...new Set([traffic.from, traffic.to])].join("-")] };
}

const plannedQuarantine = ({ plan, printer }: Planned): Statement[] =>
  plan.zones.flatMap(({ name, block, ordinal }) => {
    const [priority, range, connected] = [
      BANDS.quarantine + 2 * ordinal,
      [printer.cidr(block)],
      expr(`!${quarantined(name)}`),
    ];
    return [
      denial(priority, "EGRESS", { src_ip_ranges: range, dest_ip_ranges: [ANYWHERE] }, connected),
      denial(priority + 1, "INGRESS", { src_ip_ranges: [ANYWHERE], dest_ip_ranges: range }, connected),
    ];
  });

/** At each end that is a zone. */
function plannedPermits({ plan, printer }: Planned): Statement[] {
  const rangesOf = (party: Party): readonly string[] => {
    if (party.kind === "zone") return [printer.cidr(zoneNamed(plan.zones, party.zone).block)];
    return party.kind === "internet" ? PROXY_BALANCERS : [];
  };
  return plan.permits.flatMap(({ from, to, traffic, ordinal }) => {
    const ends = { from: rangesOf(from), to: rangesOf(to) };
    const zones = [from, to].flatMap((party) => (party.kind === "zone" ? party.zone : []));
    const priority = BANDS.permits + 2 * ordinal;
    return [
      ...(from.kind === "zone" ? [permit(priority, "EGRESS", ends, [traffic], zones)] : []),
      ...(to.kind === "zone" ? [permit(priority + 1, "INGRESS", ends, [traffic], zones)] : []),
    ];
  });
}

/** From zones to single addresses of the infrastructure. */
function plannedWays(planned: Planned): Statement[] {
  const { plan, printer } = planned;
  const way = (
    priority: number,
    zone: PlannedZone,
    address: string,
    traffic: readonly Traffic[],
  ): Statement =>
    permit(priority, "EGRESS", { from: [printer.cidr(zone.block)], to: [`${address}/32`] }, traffic, [
      zone.name,
    ]);
  const shared = isRegional(plan) ? [] : apiEndpoints(plan).flatMap(({ consumers }) => consumers);
  const zones = [...new Set(shared.map(({ zone }) => zone))].map((name) => zoneNamed(plan.zones, name));
  return [
    ...zones.map((zone) => way(BANDS.apis + 2 * zone.ordinal, zone, apiAddress(planned), tcp(443))),
    ...leavingZones(plan).map((zone) =>
      way(BANDS.exits + 2 * zone.ordinal, zone, proxyAddress(planned), tcp(8080)),
    ),
    ...plan.endpoints
      .filter(({ service }) => !isApi(service) || isRegional(plan))
      .flatMap((endpoint) =>
        endpoint.consumers.map(({ zone, ordinal }) =>
          way(
            BANDS.services + 2 * ordinal,
            zoneNamed(plan.zones, zone),
            addressOf(planned, endpoint),
            portsOf(endpoint),
          ),
        ),
      ),
  ];
}

const tcp = (port: number): readonly Traffic[] => [{ protocol: "tcp", from: port, to: port }];

const addressOf = (planned: Planned, { service, ordinal }: Endpoint): string =>
  isApi(service) ? regionalAddress(planned, service) : endpointAddress(planned, ordinal);
