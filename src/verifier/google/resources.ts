/** Google's resources: their types, and how they refer to each other. */
import { type Attributes, resourcesOf, type TerraformDocument, table, text } from "../terraform/document";

export const TYPE = {
  network: "google_compute_network",
  subnet: "google_compute_subnetwork",
  peering: "google_compute_network_peering",
  route: "google_compute_route",
  policy: "google_compute_network_firewall_policy_with_rules",
  association: "google_compute_network_firewall_policy_association",
  classic: "google_compute_firewall",
  address: "google_compute_address",
  globalAddress: "google_compute_global_address",
  forwarding: "google_compute_forwarding_rule",
  bundle: "google_compute_global_forwarding_rule",
  regional: "google_network_connectivity_regional_endpoint",
  perimeter: "google_access_context_manager_service_perimeter",
  dnsZone: "google_dns_managed_zone",
  dnsRecord: "google_dns_record_set",
  dnsPolicy: "google_dns_policy",
  gateway: "google_network_services_gateway",
  exitPolicy: "google_network_security_gateway_security_policy",
  exitRule: "google_network_security_gateway_security_policy_rule",
  exitList: "google_network_security_url_lists",
  inspection: "google_network_security_tls_inspection_policy",
  bucket: "google_logging_project_bucket_config",
  sink: "google_logging_project_sink",
  exclusion: "google_logging_project_exclusion",
  ingress: "google_access_context_manager_service_perimeter_ingress_policy",
  dryIngress: "google_access_context_manager_service_perimeter_dry_run_ingress_policy",
} as const;

/** The network of the zones, and that of the proxy, where no machine belongs. */
export const ENCLAVE = `${TYPE.network}.enclave`;
export const EGRESS = `${TYPE.network}.enclave_egress`;

/** The purpose of a subnetwork from which Google's proxies work. */
export const MANAGED_PROXIES = "REGIONAL_MANAGED_PROXY";

export interface Resource {
  /** Terraform address. */
  readonly address: string;
  readonly name: string;
  readonly body: Attributes;
}

export const all = (document: TerraformDocument, type: string): Resource[] =>
  [...resourcesOf(document, type)].map(([name, body]) => ({ address: `${type}.${name}`, name, body }));

/** The name of the one resource of the type that a value refers to, and to nothing else. */
export function referred(value: unknown, type: string): string | undefined {
  if (typeof value !== "string" || !value.startsWith(`\${${type}.`)) return undefined;
  return /^\.(\w+)\.(?:id|self_link|name)\}$/.exec(value.slice(type.length + 2))?.[1];
}

/** `address` is a resource's. */
export const refersTo = (value: unknown, address: string): boolean => {
  const [type = "", name] = address.split(".");
  return referred(value, type) === name;
};

/** The resource that a value refers to. */
export const bodyOf = (document: TerraformDocument, value: unknown, type: string): Attributes | undefined =>
  resourcesOf(document, type).get(referred(value, type) ?? "");

/** The place of everything in the document. */
export function providerOf(document: TerraformDocument) {
  const [body] = [table(document, "provider")["google"]].flat();
  return { region: text(body, "region"), project: text(body, "project") };
}
