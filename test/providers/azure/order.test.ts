/** What comes before what: a lock holds all that lies on its resource. */
import { resourcesOf, text } from "../../../src/verifier/terraform/document";
import { render } from "./rendered";

const { document } = render({
  azure: { locks: true },
  egress: [{ from: ["app"], to: ["mirror.example.com"], ports: ["443/tcp"], why: "a test" }],
});

/** Addresses of resources that are made on another one, and those that rewrite it, by the argument that names it. */
const hangingOn = (resource: string): string[] =>
  [
    { type: "azurerm_monitor_diagnostic_setting", argument: "target_resource_id" },
    { type: "azurerm_network_watcher_flow_log", argument: "storage_account_id" },
  ].flatMap(({ type, argument }) =>
    [...resourcesOf(document, type)]
      .filter(([, body]) => text(body, argument) === resource)
      .map(([name]) => `${type}.${name}`),
  );

test("a lock comes after what hangs on the locked resource, so that it goes first", () => {
  const locks = [...resourcesOf(document, "azurerm_management_lock")];
  expect(locks.map(([name, lock]) => [name, hangingOn(text(lock, "scope")), lock["depends_on"]])).toEqual([
    [
      "enclave_dns",
      ["azurerm_monitor_diagnostic_setting.enclave_dns"],
      ["azurerm_monitor_diagnostic_setting.enclave_dns"],
    ],
    [
      "enclave_firewall",
      ["azurerm_monitor_diagnostic_setting.enclave_firewall"],
      ["azurerm_monitor_diagnostic_setting.enclave_firewall"],
    ],
    [
      "enclave_flows",
      ["azurerm_network_watcher_flow_log.enclave"],
      ["azurerm_network_watcher_flow_log.enclave"],
    ],
    ["enclave_logs", [], []],
  ]);
});

test("subnets are given out once names are filtered", () => {
  const { zones } = document["output"] as Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  expect(zones?.["depends_on"]).toEqual(["azurerm_resource_group_template_deployment.enclave_dns"]);
});
