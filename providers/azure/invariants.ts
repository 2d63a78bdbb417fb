/**
 * What must be true of a rendered document whatever the spec says, read back from the document itself. This is no proof that
 * it equals the spec; it catches a renderer that opens more than it should. Each sentence in the result is a bug of ours.
 */
import type { NetworkPlan } from "../../src/plan/network-plan";
import type { TerraformDocument } from "../../src/plan/provider";
import { blocks, nested, resourcesOf, text } from "../shared/document";
import { brokenFrame, orElse, unless } from "../shared/invariants";
import { brokenFirewall } from "./invariants-firewall";
import { brokenRoutes } from "./invariants-routes";
import { brokenRules } from "./invariants-rules";
import { brokenValues } from "./invariants-values";

/** Everything that is ever rendered: a type beside these (a peering, a NAT gateway, a service endpoint policy) is a way nobody planned. */
export const RENDERED_TYPES: ReadonlySet<string> = new Set([
  "azurerm_application_security_group",
  "azurerm_firewall",
  "azurerm_firewall_policy",
  "azurerm_firewall_policy_rule_collection_group",
  "azurerm_log_analytics_workspace",
  "azurerm_management_lock",
  "azurerm_monitor_diagnostic_setting",
  "azurerm_monitor_private_link_scope",
  "azurerm_monitor_private_link_scoped_service",
  "azurerm_network_interface",
  "azurerm_network_security_group",
  "azurerm_network_watcher_flow_log",
  "azurerm_private_dns_a_record",
  "azurerm_private_dns_zone",
  "azurerm_private_dns_zone_virtual_network_link",
  "azurerm_private_endpoint",
  "azurerm_private_endpoint_application_security_group_association",
  "azurerm_public_ip",
  "azurerm_resource_group",
  "azurerm_resource_group_template_deployment",
  "azurerm_route_table",
  "azurerm_storage_account",
  "azurerm_subnet",
  "azurerm_subnet_network_security_group_association",
  "azurerm_subnet_route_table_association",
  "azurerm_user_assigned_identity",
  "azurerm_virtual_network",
]);

export function brokenInvariants(document: TerraformDocument, plan: NetworkPlan): string[] {
  const broken = [
    ...brokenFrame(document, RENDERED_TYPES),
    ...brokenSubnets(document),
    ...brokenRoutes(document, plan),
    ...brokenRules(document, plan),
    ...brokenFirewall(document, plan),
    ...brokenEndpoints(document),
    ...brokenMembers(document, plan),
    ...brokenDns(document),
    ...brokenLogs(document, plan),
  ];
  return orElse(broken, () => brokenValues(document, plan));
}

function brokenSubnets(document: TerraformDocument): string[] {
  const network = resourcesOf(document, "azurerm_virtual_network").get("enclave");
  const interfaces = [...resourcesOf(document, "azurerm_network_interface")];
  return [
    ...unless(
      network !== undefined && network["subnet"] === undefined && network["dns_servers"] === undefined,
      "the network has subnets or name servers of its own",
    ),
    ...[...resourcesOf(document, "azurerm_subnet")].flatMap(([name, subnet]) => [
      ...unless(
        subnet["default_outbound_access_enabled"] === false,
        `subnet ${name} has a way out of Azure's making`,
      ),
      ...unless(
        subnet["private_endpoint_network_policies"] === "Enabled",
        `subnet ${name} lets private endpoints past its rules`,
      ),
      ...unless(
        subnet["service_endpoints"] === undefined && subnet["delegation"] === undefined,
        `subnet ${name} reaches services past the firewall`,
      ),
    ]),
    ...interfaces.flatMap(([name, resource]) =>
      unless(
        resource["ip_forwarding_enabled"] === false &&
          blocks(resource, "ip_configuration").every((each) => each["public_ip_address_id"] === undefined),
        `interface ${name} has a public address or forwards`,
      ),
    ),
  ];
}

function brokenEndpoints(document: TerraformDocument): string[] {
  const members = [
    ...resourcesOf(document, "azurerm_private_endpoint_application_security_group_association").values(),
  ];
  const joined = members
    .map((member) => `${text(member, "private_endpoint_id")} ${String(member["for_each"] ?? "")}`)
    .join(" ");
  const links = [...resourcesOf(document, "azurerm_private_dns_zone_virtual_network_link")];
  return [
    ...[...resourcesOf(document, "azurerm_private_endpoint")].flatMap(([name, endpoint]) => [
      ...unless(
        text(endpoint, "subnet_id") === "${azurerm_subnet.enclave_endpoints.id}",
        `endpoint ${name} lies outside its subnet`,
      ),
      ...unless(
        new RegExp(`azurerm_private_endpoint\\.${name}\\b`).test(joined),
        `endpoint ${name} is in no group that rules could name`,
      ),
    ]),
    ...links.flatMap(([name, link]) =>
      unless(
        link["registration_enabled"] === false &&
          link["resolution_policy"] === (name.startsWith("enclave_privatelink_") ? "Default" : undefined),
        `names of zone ${name} can come from elsewhere`,
      ),
    ),
  ];
}

/** A private endpoint joins the group that it is named after, and groups of others that name a resource of its own. */
function brokenMembers(document: TerraformDocument, plan: NetworkPlan): string[] {
  const named = (address: string, type: string): string =>
    new RegExp(`${type}\\.(\\w+)`).exec(address)?.[1] ?? "";
  const planned = (id: string) => plan.endpoints.find((endpoint) => endpoint.id === id);
  const accounts = (id: string): string[] =>
    (planned(id)?.resources.azure ?? []).map((each) =>
      each.toLowerCase().replace(/\/privatelinkresources\/\w+$/, ""),
    );
  const leadsTo = (endpoint: string, group: string): boolean => {
    if (endpoint === "enclave_monitor") return ["logs", "metrics"].includes(planned(group)?.service ?? "");
    const owner = endpoint.replace(/_[a-z]+$/, "");
    return (
      planned(group) !== undefined &&
      (owner === group || accounts(owner).some((account) => accounts(group).includes(account)))
    );
  };
  return [
    ...resourcesOf(document, "azurerm_private_endpoint_application_security_group_association").values(),
  ].flatMap((member) => {
    const endpoint = named(
      `${text(member, "private_endpoint_id")} ${text(member, "for_each")}`,
      "azurerm_private_endpoint",
    );
    const group = named(text(member, "application_security_group_id"), "azurerm_application_security_group");
    return unless(leadsTo(endpoint, group), `endpoint ${endpoint} is in the group of ${group}`);
  });
}

interface Template {
  readonly resources: readonly {
    readonly type: string;
    readonly name: string;
    readonly properties: Readonly<Record<string, unknown>>;
  }[];
}

function brokenDns(document: TerraformDocument): string[] {
  const deployment = resourcesOf(document, "azurerm_resource_group_template_deployment").get("enclave_dns");
  if (deployment === undefined) return ["names are not filtered"];
  const { resources } = JSON.parse(text(deployment, "template_content")) as Template;
  const of = (type: string): Template["resources"] =>
    resources.filter((resource) => resource.type === `Microsoft.Network/${type}`);
  const rules = of("dnsResolverPolicies/dnsSecurityRules").map(({ properties }) =>
    JSON.stringify(properties),
  );
  const all = of("dnsResolverDomainLists").find(
    ({ properties }) => JSON.stringify(properties["domains"]) === '["."]',
  )?.name;
  const blocking = rules.filter(
    (rule) =>
      rule.includes('"actionType":"Block"') && rule.includes('"priority":65000') && rule.includes(`'${all}'`),
  );
  return [
    ...unless(
      blocking.length === 1 &&
        rules.length === 2 &&
        rules.every((rule) => rule.includes('"dnsSecurityRuleState":"Enabled"')),
      "names that nobody declared are not blocked",
    ),
    ...unless(
      of("dnsResolverPolicies/virtualNetworkLinks").length === 1 &&
        text(deployment, "parameters_content").includes("azurerm_virtual_network.enclave.id"),
      "the network's queries are not filtered",
    ),
  ];
}

function brokenLogs(document: TerraformDocument, plan: NetworkPlan): string[] {
  const flow = resourcesOf(document, "azurerm_network_watcher_flow_log").get("enclave");
  const settings = resourcesOf(document, "azurerm_monitor_diagnostic_setting");
  const workspace = resourcesOf(document, "azurerm_log_analytics_workspace").get("enclave");
  const scope = resourcesOf(document, "azurerm_monitor_private_link_scope").get("enclave");
  const storage = resourcesOf(document, "azurerm_storage_account").get("enclave_flows");
  const records = (name: string, target: string): boolean =>
    blocks(settings.get(name), "enabled_log").some((log) => text(log, "category_group") === "allLogs") &&
    text(settings.get(name), "target_resource_id").includes(target);
  const closed = [
    workspace?.["internet_ingestion_enabled"] ?? workspace?.["internet_ingestion_access_type"],
    workspace?.["internet_query_enabled"] ?? workspace?.["internet_query_access_type"],
  ];
  return [
    ...unless(
      flow?.["enabled"] === true &&
        text(flow, "target_resource_id") === "${azurerm_virtual_network.enclave.id}",
      "flows of the network are not logged",
    ),
    ...unless(records("enclave_dns", "/dnsResolverPolicies/"), "queries are not logged"),
    ...unless(
      plan.departures.length === 0 || records("enclave_firewall", "{azurerm_firewall.enclave.id}"),
      "what leaves is not logged",
    ),
    ...unless(
      [text(workspace, "retention_in_days"), text(nested(flow, "retention_policy"), "days")].every((days) =>
        days.includes("var.log_retention_days"),
      ),
      "logs are not kept as asked",
    ),
    ...unless(
      closed.every((access) => access === false || access === "Disabled"),
      "the workspace is open to the internet",
    ),
    ...unless(
      scope?.["ingestion_access_mode"] === "PrivateOnly" && scope["query_access_mode"] === "PrivateOnly",
      "the private link scope leads to other workspaces",
    ),
    ...unless(
      nested(storage, "network_rules")?.["default_action"] === "Deny" &&
        storage?.["allow_nested_items_to_be_public"] === false,
      "the account of the flow logs is open",
    ),
  ];
}
