/**
 * What the rules of the firewall policy, the subnetworks, the proxy and the names say, compared with the plan: the right ends, the
 * right ports, and in quarantine nobody.
 */
import { formatTraffic } from "../../src/model/connections";
import type { Traffic } from "../../src/model/enclave";
import type { Endpoint, NetworkPlan, Party, PlannedZone } from "../../src/plan/network-plan";
import type { TerraformDocument } from "../../src/provider";
import { type Attributes, blocks, nested, resourcesOf, text, texts } from "../document";
import { differing, printerFrom } from "../invariants";
import { namedEndpoints } from "../private-names";
import { quarantined } from "../rendering";
import { leavingZones, zoneNamed } from "../zones";
import { allowedDomains, apiDomains, hostsOf } from "./dns";
import { PROXY_BALANCERS } from "./flow-rules";
import { apiEndpoints, isApi, portsOf } from "./managed-services";
import { isRegional, regionalAddress } from "./regional-endpoints";
import { apiAddress, endpointAddress, type Planned, proxyAddress } from "./sites";

const tcp = (port: number): Traffic => ({ protocol: "tcp", from: port, to: port });
const PROXY = tcp(8080);

export function brokenContents(document: TerraformDocument, plan: NetworkPlan): string[] {
  const first = resourcesOf(document, "google_compute_subnetwork").get(`${plan.zones[0]?.id}_1`);
  const planned = { plan, printer: printerFrom(plan, text(first, "ip_cidr_range")) };
  return [
    ...differing(policyRules(document), new Set(expectedRules(planned)), (rule) => `rule "${rule}"`),
    ...differing(subnetworks(document), new Set(expectedSubnetworks(planned)), (subnetwork) => `subnetwork "${subnetwork}"`),
    ...differing(peerings(document), new Set(expectedPeerings(plan)), (peering) => `peering "${peering}"`),
    ...differing(proxyRules(document), new Set(expectedProxyRules(planned)), (rule) => `proxy rule "${rule}"`),
    ...differing(gateways(document), new Set(expectedGateways(planned)), (gateway) => `proxy "${gateway}"`),
    ...differing(names(document), new Set(expectedNames(planned)), (name) => `name "${name}"`),
  ];
}

/** `INGRESS allow 443/tcp 10.0.0.0/26 -> 10.0.4.0/26 unless contains(var.quarantine, "web")`. */
function policyRules(document: TerraformDocument): string[] {
  const policy = resourcesOf(document, "google_compute_network_firewall_policy_with_rules").get("enclave");
  return blocks(policy, "rule").map((rule) => {
    const match = nested(rule, "match");
    const ports = blocks(match, "layer4_config").map((config) => {
      const [port] = texts(config, "ports");
      return `${port === undefined ? "" : `${texts(config, "ports").join("+")}/`}${text(config, "ip_protocol")}`;
    });
    const beside = Object.keys(match ?? {}).filter((key) => !["src_ip_ranges", "dest_ip_ranges", "layer4_config"].includes(key));
    const ends = [texts(match, "src_ip_ranges"), texts(match, "dest_ip_ranges")].map((ranges) => ranges.join("+"));
    return said(text(rule, "direction"), text(rule, "action"), ports, ends, [text(rule, "disabled"), ...beside].join(" "));
  });
}

const said = (direction: string, action: string, ports: readonly string[], ends: readonly string[], disabled: string): string =>
  `${direction} ${action} ${ports.join("+")} ${ends.join(" -> ")} unless ${disabled}`;

const asRule = (traffic: readonly Traffic[]): string[] =>
  traffic.map((one) => (one.protocol === "any" ? "all" : one.protocol === "icmp" ? "icmp" : formatTraffic(one)));

function expectedRules(planned: Planned): string[] {
  const { plan, printer } = planned;
  const range = ({ block }: PlannedZone): string => printer.cidr(block);
  const endOf = (party: Party): string =>
    party.kind === "zone" ? range(zoneNamed(plan.zones, party.zone)) : party.kind === "internet" ? PROXY_BALANCERS.join("+") : "";
  const permits = plan.permits.flatMap(({ from, to, traffic }) => {
    const cutOff = quarantined(...[from, to].flatMap((party) => (party.kind === "zone" ? party.zone : [])));
    const directions = [...(from.kind === "zone" ? ["EGRESS"] : []), ...(to.kind === "zone" ? ["INGRESS"] : [])];
    return directions.map((direction) => said(direction, "allow", asRule([traffic]), [endOf(from), endOf(to)], `\${${cutOff}}`));
  });
  const ways = waysOf(planned).map(({ zone, address, traffic }) =>
    said("EGRESS", "allow", asRule(traffic), [range(zone), `${address}/32`], `\${${quarantined(zone.name)}}`),
  );
  const quarantine = plan.zones.flatMap((zone) => {
    const connected = `\${!${quarantined(zone.name)}}`;
    return [
      said("EGRESS", "deny", ["all"], [range(zone), "0.0.0.0/0"], connected),
      said("INGRESS", "deny", ["all"], ["0.0.0.0/0", range(zone)], connected),
    ];
  });
  const rest = ["0.0.0.0/0", "::/0"].flatMap((all) => [
    said("EGRESS", "deny", ["all"], ["", all], "false"),
    said("INGRESS", "deny", ["all"], [all, ""], "false"),
  ]);
  return [...permits, ...ways, ...quarantine, ...rest];
}

interface Way {
  readonly zone: PlannedZone;
  readonly address: string;
  readonly traffic: readonly Traffic[];
}

/** From zones to single addresses of the infrastructure. */
function waysOf(planned: Planned): Way[] {
  const { plan } = planned;
  const shared = new Set(isRegional(plan) ? [] : apiEndpoints(plan).flatMap(({ consumers }) => consumers.map(({ zone }) => zone)));
  const apis = [...shared].map((zone) => ({ zone: zoneNamed(plan.zones, zone), address: apiAddress(planned), traffic: [tcp(443)] }));
  const services = plan.endpoints
    .filter(({ service }) => !isApi(service) || isRegional(plan))
    .flatMap((endpoint) =>
      endpoint.consumers.map(({ zone }) => ({
        zone: zoneNamed(plan.zones, zone),
        address: addressOf(planned, endpoint),
        traffic: portsOf(endpoint),
      })),
    );
  const exits = leavingZones(plan).map((zone) => ({ zone, address: proxyAddress(planned), traffic: [PROXY] }));
  return [...apis, ...services, ...exits];
}

function addressOf(planned: Planned, { service, ordinal }: Endpoint): string {
  if (!isApi(service)) return endpointAddress(planned, ordinal);
  return isRegional(planned.plan) ? regionalAddress(planned, service) : apiAddress(planned);
}

const nameIn = (reference: string): string => /^\$\{\w+\.(\w+)\.\w+\}$/.exec(reference)?.[1] ?? reference;

const subnetworks = (document: TerraformDocument): string[] =>
  [...resourcesOf(document, "google_compute_subnetwork")].map(
    ([name, one]) => `${name} ${text(one, "ip_cidr_range")} in ${nameIn(text(one, "network"))} ${text(one, "purpose")}${text(one, "role")}`,
  );

function expectedSubnetworks({ plan, printer }: Planned): string[] {
  const separate = plan.endpoints.some(({ service }) => !isApi(service) || isRegional(plan));
  const links = plan.sites.links;
  const proxy = { newbits: links.newbits + 2, index: links.index * 4 + 2 };
  return [
    ...plan.zones.flatMap(({ id, subnets }) => subnets.map((block, slot) => `${id}_${slot + 1} ${printer.cidr(block)} in enclave PRIVATE`)),
    ...(separate ? [`enclave_endpoints ${printer.cidr(plan.sites.endpoints)} in enclave PRIVATE`] : []),
    ...(plan.departures.length === 0
      ? []
      : [
          `enclave_proxy ${printer.cidr(proxy)} in enclave_egress PRIVATE`,
          `enclave_proxy_only ${printer.cidr(plan.sites.proxy)} in enclave_egress REGIONAL_MANAGED_PROXYACTIVE`,
        ]),
  ];
}

const peerings = (document: TerraformDocument): string[] =>
  [...resourcesOf(document, "google_compute_network_peering").values()].map(
    (peering) => `${nameIn(text(peering, "network"))} to ${nameIn(text(peering, "peer_network"))}`,
  );

const expectedPeerings = ({ departures }: NetworkPlan): string[] =>
  departures.length === 0 ? [] : ["enclave to enclave_egress", "enclave_egress to enclave"];

/** `app_443 ALLOW true inIpRange(…) … decrypted: …`. */
const proxyRules = (document: TerraformDocument): string[] =>
  [...resourcesOf(document, "google_network_security_gateway_security_policy_rule")].map(([name, rule]) =>
    [name, text(rule, "priority"), ...["basic_profile", "enabled", "session_matcher"].map((key) => text(rule, key)), decryption(rule)].join(
      " ",
    ),
  );

const decryption = (rule: Attributes): string => `decrypted: ${text(rule, "tls_inspection_enabled")} ${text(rule, "application_matcher")}`;

function expectedProxyRules({ plan, printer }: Planned): string[] {
  return plan.departures.map(({ zone: name, port, exitOrdinal }) => {
    const zone = zoneNamed(plan.zones, name);
    const id = `${zone.id}_${port}`;
    const list = `'\${google_network_security_url_lists.${id}.id}'`;
    const source = `\${${quarantined(name)} ? "127.0.0.1/32" : "${printer.cidr(zone.block)}"}`;
    const decrypted = plan.inspection === "request" && port !== 80;
    const session = `inIpRange(source.ip, '${source}') && destination.port == ${port} && inUrlList(host(), ${list})`;
    return `${id} ${exitOrdinal} ALLOW true ${session} decrypted: ${decrypted} ${decrypted ? `inUrlList(request.url(), ${list})` : ""}`;
  });
}

const gateways = (document: TerraformDocument): string[] =>
  [...resourcesOf(document, "google_network_services_gateway").values()].map((gateway) => {
    const ports = Array.isArray(gateway["ports"]) ? gateway["ports"].join() : "";
    const policy = nameIn(text(gateway, "gateway_security_policy"));
    const place = `${nameIn(text(gateway, "network"))} ${nameIn(text(gateway, "subnetwork"))}`;
    return `${text(gateway, "type")} ${texts(gateway, "addresses").join()} ${ports} by ${policy} in ${place}`;
  });

const expectedGateways = (planned: Planned): string[] =>
  planned.plan.departures.length === 0
    ? []
    : [`SECURE_WEB_GATEWAY ${proxyAddress(planned)} 8080 by enclave in enclave_egress enclave_proxy`];

/** Zones with what they are answered from, and records with their addresses. */
function names(document: TerraformDocument): string[] {
  const zones = resourcesOf(document, "google_dns_managed_zone");
  const dnsName = (name: string): string => text(zones.get(name), "dns_name");
  return [
    ...[...zones].map(([name, zone]) => {
      const seen = blocks(nested(zone, "private_visibility_config"), "networks").map((one) => nameIn(text(one, "network_url")));
      const peer = nested(nested(zone, "peering_config"), "target_network");
      return `${dnsName(name)} in ${seen.join("+")}${peer === undefined ? "" : ` as in ${nameIn(text(peer, "network_url"))}`}`;
    }),
    ...[...resourcesOf(document, "google_dns_record_set").values()].map(
      (record) =>
        `${text(record, "name")} ${text(record, "type")} ${texts(record, "rrdatas").join()} of ${dnsName(nameIn(text(record, "managed_zone")))}`,
    ),
  ];
}

function expectedNames(planned: Planned): string[] {
  const { plan } = planned;
  const domains = apiDomains(plan);
  const apis = apiEndpoints(plan).flatMap((endpoint) =>
    hostsOf(plan, endpoint).map((host) => {
      const domain = domains.find((one) => host.endsWith(`.${one}`));
      return `${host}. A ${addressOf(planned, endpoint)} of ${domain}.`;
    }),
  );
  const services = namedEndpoints(plan).flatMap((endpoint) => {
    const name = `${endpoint.dnsName.toLowerCase()}.`;
    return [`${name} in enclave`, `${name} A ${addressOf(planned, endpoint)} of ${name}`];
  });
  const allowed = allowedDomains(plan).map((domain) => `${domain}. in enclave as in enclave_egress`);
  return [". in enclave", ...domains.map((domain) => `${domain}. in enclave`), ...apis, ...services, ...allowed];
}
