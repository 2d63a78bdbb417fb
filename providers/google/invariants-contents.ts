/** What the rules of the firewall policy say, compared with the plan: the right ends, the right ports, and in quarantine nobody. */
import { formatTraffic } from "../../src/model/connections";
import type { Traffic } from "../../src/model/enclave";
import type { Endpoint, Party, PlannedZone } from "../../src/plan/network-plan";
import type { TerraformDocument } from "../../src/provider";
import { blocks, nested, resourcesOf, text, texts } from "../document";
import { differing } from "../invariants";
import { quarantined } from "../rendering";
import { leavingZones, zoneNamed } from "../zones";
import { BANDS, PROXY_BALANCERS } from "./flow-rules";
import { apiEndpoints, isApi, portsOf } from "./managed-services";
import { isRegional, regionalAddress } from "./regional-endpoints";
import { apiAddress, endpointAddress, type Planned, proxyAddress } from "./sites";

const tcp = (port: number): Traffic => ({ protocol: "tcp", from: port, to: port });

export const brokenContents = (document: TerraformDocument, planned: Planned): string[] =>
  differing(policyRules(document), new Set(expectedRules(planned)), (rule) => `rule "${rule}"`);

/** `20001 INGRESS allow 443/tcp 10.0.0.0/26 -> 10.0.4.0/26 unless contains(var.quarantine, "web")`. */
function policyRules(document: TerraformDocument): string[] {
  const policy = resourcesOf(document, "google_compute_network_firewall_policy_with_rules").get("enclave");
  return blocks(policy, "rule").map((rule) => {
    const match = nested(rule, "match");
    const ports = blocks(match, "layer4_config").map((config) => {
      const [port] = texts(config, "ports");
      return `${port === undefined ? "" : `${texts(config, "ports").join("+")}/`}${text(config, "ip_protocol")}`;
    });
    const beside = [...Object.keys(rule), ...Object.keys(match ?? {})].filter((key) => !ARGUMENTS.has(key));
    const ends = [texts(match, "src_ip_ranges"), texts(match, "dest_ip_ranges")].map((ranges) => ranges.join("+"));
    const unless = [text(rule, "disabled"), ...beside].join(" ");
    return said(Number(text(rule, "priority")), text(rule, "direction"), text(rule, "action"), ports, ends, unless);
  });
}

/** Any other, a tag or an account, would make a rule hold for fewer or for other workloads. */
const ARGUMENTS: ReadonlySet<string> = new Set([
  ...["action", "description", "direction", "disabled", "enable_logging", "match", "priority", "rule_name"],
  ...["dest_ip_ranges", "layer4_config", "src_ip_ranges"],
]);

const said = (
  priority: number,
  direction: string,
  action: string,
  ports: readonly string[],
  ends: readonly string[],
  disabled: string,
): string => `${priority} ${direction} ${action} ${ports.join("+")} ${ends.join(" -> ")} unless ${disabled}`;

const asRule = (traffic: readonly Traffic[]): string[] =>
  traffic.map((one) => (one.protocol === "any" ? "all" : one.protocol === "icmp" ? "icmp" : formatTraffic(one)));

function expectedRules(planned: Planned): string[] {
  const { plan, printer } = planned;
  const range = ({ block }: PlannedZone): string => printer.cidr(block);
  const quarantine = plan.zones.flatMap((zone) => {
    const connected = `\${!${quarantined(zone.name)}}`;
    const priority = BANDS.quarantine + 2 * zone.ordinal;
    return [
      said(priority, "EGRESS", "deny", ["all"], [range(zone), "0.0.0.0/0"], connected),
      said(priority + 1, "INGRESS", "deny", ["all"], ["0.0.0.0/0", range(zone)], connected),
    ];
  });
  const ways = waysOf(planned).map(({ priority, zone, address, traffic }) =>
    said(priority, "EGRESS", "allow", asRule(traffic), [range(zone), `${address}/32`], `\${${quarantined(zone.name)}}`),
  );
  const rest = ["0.0.0.0/0", "::/0"].flatMap((all, family) => [
    said(BANDS.defaults + 2 * family, "EGRESS", "deny", ["all"], ["", all], "false"),
    said(BANDS.defaults + 2 * family + 1, "INGRESS", "deny", ["all"], [all, ""], "false"),
  ]);
  return [...quarantine, ...expectedPermits(planned), ...ways, ...rest];
}

function expectedPermits({ plan, printer }: Planned): string[] {
  const endOf = (party: Party): string => {
    if (party.kind === "zone") return printer.cidr(zoneNamed(plan.zones, party.zone).block);
    return party.kind === "internet" ? PROXY_BALANCERS.join("+") : "";
  };
  return plan.permits.flatMap(({ from, to, traffic, ordinal }) => {
    const cutOff = quarantined(...[from, to].flatMap((party) => (party.kind === "zone" ? party.zone : [])));
    const priority = BANDS.permits + 2 * ordinal;
    const rule = (place: number, direction: string): string =>
      said(place, direction, "allow", asRule([traffic]), [endOf(from), endOf(to)], `\${${cutOff}}`);
    return [...(from.kind === "zone" ? [rule(priority, "EGRESS")] : []), ...(to.kind === "zone" ? [rule(priority + 1, "INGRESS")] : [])];
  });
}

interface Way {
  readonly priority: number;
  readonly zone: PlannedZone;
  readonly address: string;
  readonly traffic: readonly Traffic[];
}

/** From zones to single addresses of the infrastructure. */
function waysOf(planned: Planned): Way[] {
  const { plan } = planned;
  const shared = new Set(isRegional(plan) ? [] : apiEndpoints(plan).flatMap(({ consumers }) => consumers.map(({ zone }) => zone)));
  const ofZone = (band: number, zone: PlannedZone, address: string, traffic: Traffic): Way => ({
    priority: band + 2 * zone.ordinal,
    zone,
    address,
    traffic: [traffic],
  });
  const apis = [...shared].map((name) => ofZone(BANDS.apis, zoneNamed(plan.zones, name), apiAddress(planned), tcp(443)));
  const exits = leavingZones(plan).map((zone) => ofZone(BANDS.exits, zone, proxyAddress(planned), tcp(8080)));
  const services = plan.endpoints
    .filter(({ service }) => !isApi(service) || isRegional(plan))
    .flatMap((endpoint) =>
      endpoint.consumers.map(({ zone, ordinal }) => ({
        priority: BANDS.services + 2 * ordinal,
        zone: zoneNamed(plan.zones, zone),
        address: addressOf(planned, endpoint),
        traffic: portsOf(endpoint),
      })),
    );
  return [...apis, ...services, ...exits];
}

function addressOf(planned: Planned, { service, ordinal }: Endpoint): string {
  if (!isApi(service)) return endpointAddress(planned, ordinal);
  return isRegional(planned.plan) ? regionalAddress(planned, service) : apiAddress(planned);
}
