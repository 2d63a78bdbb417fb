/**
 * What must be true of a rendered document whatever the spec says, read back from the document itself. This is no proof that
 * it equals the spec; it catches a renderer that opens more than it should. Each sentence in the result is a bug of ours.
 */
import type { NetworkPlan } from "../../src/plan/network-plan";
import type { TerraformDocument } from "../../src/plan/provider";
import { type Attributes, blocks, nested, resourcesOf, text, texts } from "../shared/document";
import { brokenFrame, orElse, unless } from "../shared/invariants";
import { apiEndpoints, apisOf } from "./data/managed-services";
import { brokenProxy } from "./invariants-proxy";
import { brokenRules } from "./invariants-rules";
import { brokenValues } from "./invariants-values";
import { perimeterOf } from "./render/endpoint-policies";
import { isWaived } from "./render/perimeter";
import { isRegional, regionalDomain } from "./render/regional-endpoints";

/** Everything that is ever rendered: a type beside these (a router, an address translation, a VPN) is a way nobody planned. */
export const RENDERED_TYPES: ReadonlySet<string> = new Set([
  "google_access_context_manager_service_perimeter",
  "google_compute_address",
  "google_compute_firewall",
  "google_compute_forwarding_rule",
  "google_compute_global_address",
  "google_compute_global_forwarding_rule",
  "google_compute_network",
  "google_compute_network_firewall_policy_association",
  "google_compute_network_firewall_policy_with_rules",
  "google_compute_network_peering",
  "google_compute_route",
  "google_compute_subnetwork",
  "google_dns_managed_zone",
  "google_dns_policy",
  "google_dns_record_set",
  "google_logging_project_bucket_config",
  "google_logging_project_sink",
  "google_network_connectivity_regional_endpoint",
  "google_network_security_gateway_security_policy",
  "google_network_security_gateway_security_policy_rule",
  "google_network_security_tls_inspection_policy",
  "google_network_security_url_lists",
  "google_network_services_gateway",
]);

export function brokenInvariants(document: TerraformDocument, plan: NetworkPlan): string[] {
  return orElse(brokenInAny(document, plan), () => brokenValues(document, plan));
}

/** What no enclave may have. */
function brokenInAny(document: TerraformDocument, plan: NetworkPlan): string[] {
  return [
    ...brokenFrame(document, RENDERED_TYPES),
    ...brokenNetworks(document),
    ...brokenSubnetworks(document, plan),
    ...brokenRules(document, plan),
    ...brokenBackstop(document),
    ...brokenPeerings(document, plan),
    ...brokenProxy(document, plan),
    ...brokenAddresses(document),
    ...brokenEndpoints(document, plan),
    ...brokenDns(document),
    ...brokenLogs(document, plan),
  ];
}

const ENCLAVE = "${google_compute_network.enclave.id}";
const ASSOCIATION = "google_compute_network_firewall_policy_association.enclave";

function brokenNetworks(document: TerraformDocument): string[] {
  return [...resourcesOf(document, "google_compute_network")].flatMap(([name, network]) => [
    ...unless(network["auto_create_subnetworks"] === false, `network ${name} makes subnetworks of its own`),
    ...unless(
      network["delete_default_routes_on_create"] === true,
      `network ${name} keeps Google's route to the internet`,
    ),
    ...unless(
      text(network, "network_firewall_policy_enforcement_order") === "BEFORE_CLASSIC_FIREWALL",
      `classic rules come before the policy of network ${name}`,
    ),
    ...unless(network["enable_ula_internal_ipv6"] === false, `network ${name} has IPv6`),
  ]);
}

function brokenSubnetworks(document: TerraformDocument, plan: NetworkPlan): string[] {
  const subnetworks = resourcesOf(document, "google_compute_subnetwork");
  const ofZones = plan.zones.flatMap((zone) => zone.subnets.map((_, slot) => `${zone.id}_${slot + 1}`));
  return [
    ...ofZones
      .filter((name) => text(subnetworks.get(name), "network") !== ENCLAVE)
      .map((name) => `subnetwork ${name} is not in the enclave's network`),
    ...[...subnetworks].flatMap(([name, subnetwork]) =>
      text(subnetwork, "purpose") === "REGIONAL_MANAGED_PROXY"
        ? brokenProxyOnly(name, subnetwork)
        : brokenSubnetwork(name, subnetwork),
    ),
  ];
}

const brokenProxyOnly = (name: string, subnetwork: Attributes): string[] =>
  text(subnetwork, "network") === ENCLAVE
    ? [`subnetwork ${name} of proxies is in the enclave's network`]
    : [];

function brokenSubnetwork(name: string, subnetwork: Attributes): string[] {
  const logs = nested(subnetwork, "log_config");
  return [
    ...unless(
      subnetwork["private_ip_google_access"] === false,
      `subnetwork ${name} reaches Google's public front doors`,
    ),
    ...unless(
      text(subnetwork, "stack_type") === "IPV4_ONLY" &&
        text(subnetwork, "private_ipv6_google_access") === "DISABLE_GOOGLE_ACCESS",
      `subnetwork ${name} has IPv6`,
    ),
    ...unless(
      logs?.["flow_sampling"] === 1 && text(logs, "metadata") === "INCLUDE_ALL_METADATA",
      `flows of subnetwork ${name} are not all logged`,
    ),
    ...unless(
      text(subnetwork, "network") !== ENCLAVE || texts(subnetwork, "depends_on").includes(ASSOCIATION),
      `subnetwork ${name} can be there before the firewall policy`,
    ),
  ];
}

/** Classic rules may deny only. */
function brokenBackstop(document: TerraformDocument): string[] {
  const rules = [...resourcesOf(document, "google_compute_firewall")];
  return [
    ...rules
      .filter(([, rule]) => rule["allow"] !== undefined)
      .map(([name]) => `classic rule ${name} allows something`),
    ...(
      [
        ["INGRESS", "source_ranges"],
        ["EGRESS", "destination_ranges"],
      ] as const
    ).flatMap(([direction, ranges]) =>
      unless(
        rules.some(
          ([, rule]) =>
            text(rule, "direction") === direction &&
            text(rule, "network") === ENCLAVE &&
            blocks(rule, "deny").some((deny) => deny["protocol"] === "all") &&
            texts(rule, ranges).join() === "0.0.0.0/0",
        ),
        `there is no backstop for ${direction}`,
      ),
    ),
  ];
}

/** The way out makes its public addresses itself; whatever is named here is private. */
const brokenAddresses = (document: TerraformDocument): string[] =>
  ["google_compute_address", "google_compute_global_address"].flatMap((type) =>
    [...resourcesOf(document, type)].flatMap(([name, address]) =>
      unless(address["address_type"] === "INTERNAL", `address ${name} is public`),
    ),
  );

function brokenPeerings(document: TerraformDocument, plan: NetworkPlan): string[] {
  const peerings = [...resourcesOf(document, "google_compute_network_peering")];
  const switches = [
    "export_custom_routes",
    "import_custom_routes",
    "export_subnet_routes_with_public_ip",
    "import_subnet_routes_with_public_ip",
  ];
  return [
    ...unless(
      peerings.length === (plan.departures.length === 0 ? 0 : 2),
      "the enclave's network is peered with more or less than the proxy's",
    ),
    ...peerings.flatMap(([name, peering]) =>
      switches
        .filter((key) => peering[key] !== false)
        .map((key) => `peering ${name} exchanges routes: ${key}`),
    ),
    ...peerings
      .filter(([, peering]) => text(peering, "stack_type") !== "IPV4_ONLY")
      .map(([name]) => `peering ${name} carries IPv6`),
  ];
}

function brokenEndpoints(document: TerraformDocument, plan: NetworkPlan): string[] {
  const shared = [...resourcesOf(document, "google_compute_global_forwarding_rule")];
  const all = [...shared, ...resourcesOf(document, "google_compute_forwarding_rule")];
  const perimeter = nested(
    resourcesOf(document, "google_access_context_manager_service_perimeter").get("enclave"),
    "status",
  );
  const accessible = nested(perimeter, "vpc_accessible_services");
  const closed =
    accessible?.["enable_restriction"] === true &&
    texts(accessible, "allowed_services").join() === "RESTRICTED-SERVICES" &&
    texts(perimeter, "resources").length > 0 &&
    apiEndpoints(plan).every(({ service }) =>
      apisOf(service).every(({ api }) => texts(perimeter, "restricted_services").includes(api)),
    );
  const waived =
    perimeterOf(plan) === undefined && apiEndpoints(plan).every((endpoint) => isWaived(plan, endpoint));
  return [
    ...all
      .filter(([, rule]) => rule["load_balancing_scheme"] !== "")
      .map(([name]) => `endpoint ${name} is a load balancer`),
    ...shared
      .filter(([, rule]) => text(rule, "target") !== "vpc-sc")
      .map(([name]) => `endpoint ${name} is not of the narrow bundle`),
    ...brokenRegional(document, plan, shared.length),
    ...unless(
      apiEndpoints(plan).length === 0 || closed || waived,
      "Google APIs can be reached without a perimeter",
    ),
  ];
}

/** Either one bundle or endpoints of the region, one for each service. */
function brokenRegional(document: TerraformDocument, plan: NetworkPlan, bundles: number): string[] {
  const endpoints = [...resourcesOf(document, "google_network_connectivity_regional_endpoint")];
  const services = new Set(apiEndpoints(plan).map(({ service }) => service)).size;
  const planned = isRegional(plan) ? [0, services] : [Math.min(services, 1), 0];
  const leaves = ([, endpoint]: [string, Attributes]): boolean =>
    text(endpoint, "access_type") !== "REGIONAL" ||
    !text(endpoint, "target_google_api").endsWith(`.${regionalDomain(plan)}`);
  return [
    ...unless(
      bundles === planned[0] && endpoints.length === planned[1],
      "Google APIs are reached by other ways than planned",
    ),
    ...endpoints.filter(leaves).map(([name]) => `endpoint ${name} is not kept to the region`),
    ...endpoints
      .filter(([, endpoint]) => text(endpoint, "network") !== ENCLAVE)
      .map(([name]) => `endpoint ${name} is in another network`),
  ];
}

/** From the enclave's network, whatever other networks there are. */
const isSeen = (attributes: Attributes | undefined): boolean =>
  blocks(attributes, "networks").some((network) => text(network, "network_url") === ENCLAVE);

function brokenDns(document: TerraformDocument): string[] {
  const zones = [...resourcesOf(document, "google_dns_managed_zone")];
  const policy = resourcesOf(document, "google_dns_policy").get("enclave");
  return [
    ...unless(
      zones.some(
        ([, zone]) =>
          text(zone, "dns_name") === "." &&
          zone["peering_config"] === undefined &&
          isSeen(nested(zone, "private_visibility_config")),
      ),
      "names that nobody needs resolve",
    ),
    ...zones
      .filter(([, zone]) => text(zone, "visibility") !== "private")
      .map(([name]) => `DNS zone ${name} is public`),
    ...zones
      .filter(([, zone]) => zone["forwarding_config"] !== undefined)
      .map(([name]) => `DNS zone ${name} asks other name servers`),
    ...unless(policy?.["enable_logging"] === true && isSeen(policy), "DNS queries are not logged"),
    ...unless(
      policy?.["enable_inbound_forwarding"] === false &&
        policy["alternative_name_server_config"] === undefined,
      "the resolver asks or answers others",
    ),
  ];
}

function brokenLogs(document: TerraformDocument, plan: NetworkPlan): string[] {
  const bucket = resourcesOf(document, "google_logging_project_bucket_config").get("enclave");
  const sink = resourcesOf(document, "google_logging_project_sink").get("enclave");
  const kinds = [
    "vpc_flows",
    "compute.googleapis.com/firewall",
    "dns_queries",
    ...(plan.departures.length > 0 ? ["/Gateway"] : []),
  ];
  const arrives = text(sink, "destination").endsWith("${google_logging_project_bucket_config.enclave.id}");
  return [
    ...unless(
      text(bucket, "locked") === "${var.deletion_protection}" &&
        text(bucket, "retention_days") === "${var.log_retention_days}",
      "logs are not locked and kept as asked",
    ),
    ...kinds
      .filter((kind) => !arrives || !text(sink, "filter").includes(kind))
      .map((kind) => `${kind} are not kept`),
  ];
}
