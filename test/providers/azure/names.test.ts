/** Every name within the length and the characters of its kind, told apart from every other, and the same on every run. */
import { storagePrefix } from "../../../providers/azure/naming";
import { resourcesOf, resourceTypes, text } from "../../../providers/document";
import { shorten } from "../../../providers/names";
import { type Rendered, render } from "./rendered";

const LONG = {
  name: "abcdefghijklmnopqrstuvwx",
  zones: {
    "zone-of-twenty-chars": { exposure: "private", prefix: 26, interfaces: [{ name: "card-of-twenty-chars", host: 10 }] },
    endpoints: { exposure: "isolated", prefix: 26 },
    monitor: { exposure: "isolated", prefix: 26 },
  },
  flows: [{ from: "zone-of-twenty-chars", to: "zone-of-twenty-chars", ports: ["10000-20000/tcp"], why: "itself" }],
  privateEndpoints: {
    "endpoint-of-twenty-c": { service: "relational-db", from: ["endpoints"] },
    monitor: {
      service: "custom",
      from: ["monitor"],
      ports: ["443/tcp"],
      dnsName: "x.example.com",
      target: { azure: { privateLinkServiceAlias: "v.00000000-0000-0000-0000-000000000000.eastus2.azure.privatelinkservice" } },
    },
    logs: { service: "logs", from: ["monitor"] },
  },
  egress: [
    {
      from: ["zone-of-twenty-chars"],
      to: [`*.${"a".repeat(60)}.${"b".repeat(60)}.example.com`, `*.${"a".repeat(60)}.${"b".repeat(60)}.example.org`],
      ports: ["443/tcp"],
      why: "long",
    },
  ],
};

/** https://learn.microsoft.com/en-us/azure/azure-resource-manager/management/resource-name-rules */
const RULES: Readonly<Record<string, RegExp>> = {
  azurerm_resource_group: /^[\w().-]{0,89}[\w()-]$/,
  azurerm_virtual_network: /^[A-Za-z0-9][\w.-]{0,62}\w$/,
  azurerm_subnet: /^[A-Za-z0-9][\w.-]{0,78}\w$/,
  azurerm_network_security_group: /^[A-Za-z0-9][\w.-]{0,78}\w$/,
  azurerm_application_security_group: /^[A-Za-z0-9][\w.-]{0,78}\w$/,
  azurerm_route_table: /^[A-Za-z0-9][\w.-]{0,78}\w$/,
  azurerm_network_interface: /^[A-Za-z0-9][\w.-]{0,78}\w$/,
  azurerm_public_ip: /^[A-Za-z0-9][\w.-]{0,78}\w$/,
  azurerm_private_endpoint: /^[A-Za-z0-9][\w.-]{0,62}\w$/,
  azurerm_firewall: /^[A-Za-z0-9][\w.-]{0,54}\w$/,
  azurerm_firewall_policy: /^[A-Za-z0-9][\w.-]{0,78}\w$/,
  azurerm_firewall_policy_rule_collection_group: /^[A-Za-z0-9][\w.-]{0,78}\w$/,
  azurerm_log_analytics_workspace: /^[A-Za-z0-9][A-Za-z0-9-]{2,61}[A-Za-z0-9]$/,
  azurerm_storage_account: /^[a-z0-9]{3,24}$/,
  azurerm_resource_group_template_deployment: /^[\w().-]{1,64}$/,
  azurerm_private_dns_zone_virtual_network_link: /^[A-Za-z0-9][\w.-]{0,78}\w$/,
  azurerm_monitor_private_link_scope: /^[\w().-]{1,255}$/,
  azurerm_network_watcher_flow_log: /^[A-Za-z0-9][\w.-]{0,78}\w$/,
  azurerm_management_lock: /^[\w-]{1,260}$/,
  azurerm_monitor_diagnostic_setting: /^[\w().-]{1,260}$/,
};

/** What Terraform will put in place of an expression is as long as `substr` says. */
const filled = (name: string): string => name.replaceAll(/\$\{substr\(.*?, 0, (\d+)\)\}/g, (_, length) => "0".repeat(Number(length)));

const named = ({ document }: Rendered) =>
  resourceTypes(document).flatMap((type) =>
    [...resourcesOf(document, type)].flatMap(([id, body]) =>
      text(body, "name") === "" ? [] : [{ type, id, name: filled(text(body, "name")) }],
    ),
  );

const long = named(render(LONG));

test.each(Object.entries(RULES))("names of %s are ones that Azure takes, however long the spec's are", (type, rule) => {
  const names = long.filter((each) => each.type === type);
  expect(names.length).toBeGreaterThan(0);
  for (const { name } of names) expect(name).toMatch(rule);
});

test("no two resources of a type have one name in Azure, where locks and diagnostics are named on something else", () => {
  const onOthers = ["azurerm_management_lock", "azurerm_monitor_diagnostic_setting", "azurerm_private_dns_zone_virtual_network_link"];
  const keys = long.flatMap(({ type, name }) => (onOthers.includes(type) ? [] : [`${type} ${name.toLowerCase()}`]));
  expect(keys.filter((key, index) => keys.indexOf(key) !== index)).toEqual([]);
});

test("rules of a firewall and of a group have names of at most 80 characters, each once", () => {
  const { document } = render(LONG);
  const group = resourcesOf(document, "azurerm_firewall_policy_rule_collection_group").get("enclave");
  const [collection] = (group?.["application_rule_collection"] ?? []) as { rule: { name: string }[] }[];
  const names = (collection?.rule ?? []).map((rule) => rule.name);
  expect(names).toHaveLength(2);
  expect(new Set(names).size).toBe(2);
  for (const name of names) expect(name).toMatch(/^[A-Za-z0-9][\w.-]{0,78}\w$/);
});

test.each([
  ["short enough", "abc", 8, "abc"],
  ["as long as allowed", "abcdefgh", 8, "abcdefgh"],
  ["too long", "abcdefghi", 8, "a-19cc02"],
])("a name that is %s", (_what, name, length, expected) => {
  expect(shorten(name, length)).toBe(expected);
});

test.each([
  ["a", "alogs"],
  ["private-rag", "privateraglogs"],
  ["abcdefghijklmnopqrstuvwx", "abcdefghijkllogs"],
])("the log account of %s begins with %s, which leaves room for what makes it unique", (name, prefix) => {
  const { plan } = render({ name });
  expect(storagePrefix(plan)).toBe(prefix);
});
