/** Slips in outputs: what they name is not what is there, or gives more than is asked for. */
import { type Change, expectNoticed } from "../slips";
import { breaking } from "./changes";
import { everyPart } from "./specs";

const OUTPUTS = "outputs name what stands in the document";

/** Changes the text of all outputs. */
const output =
  (found: string | RegExp, by: string): Change =>
  (draft) => {
    const before = JSON.stringify(draft["output"]);
    if (before.replace(found, by) === before) throw new Error(`no output says ${found}`);
    draft["output"] = JSON.parse(before.replace(found, by));
  };

expectNoticed("azure", everyPart(), [
  ...breaking(OUTPUTS, "output.private_endpoints", [
    ["a wider role", output("Storage Blob Data Reader", "Storage Blob Data Owner")],
    ["a role on more", output(/(Storage Blob Data Reader","scope":"[^"]*)\/storageAccounts\/corpus"/, '$1"')],
    ["a role for writing", output("Key Vault Secrets User", "Key Vault Secrets Officer")],
    [
      "ids of another endpoint",
      output("[azurerm_private_endpoint.partner_custom]", "[azurerm_private_endpoint.enclave_monitor]"),
    ],
    ["a name more", output('"dns_names":["x.partner', '"dns_names":["evil.example.org","x.partner')],
    ["a name less", output('"corpus.dfs.core.windows.net",', "")],
  ]),
  ...breaking(OUTPUTS, "output.network_id", [
    [
      "another network",
      output("azurerm_virtual_network.enclave.id", "azurerm_virtual_network.enclave_egress.id"),
    ],
  ]),
  ...breaking(OUTPUTS, "output.logs", [
    [
      "logs elsewhere",
      output("azurerm_storage_account.enclave_flows.id", "azurerm_log_analytics_workspace.enclave.id"),
    ],
  ]),
  ...breaking(OUTPUTS, "output.egress", [
    ["no addresses", output(/"public_ips":\[[^\]]*\]/, '"public_ips":[]')],
  ]),
  ...breaking("the output of a zone has addresses, subnets and groups", "output.zones", [
    [
      "another zone's group",
      output('"${azurerm_network_security_group.db.id}"', '"${azurerm_network_security_group.web.id}"'),
    ],
    ["another zone's subnets", output("local.db_subnet_ids", "local.web_subnet_ids")],
  ]),
  ...breaking("a filter applies to every subnet before anything can run there", "output.zones", [
    [
      "subnets before names are filtered",
      output('"azurerm_resource_group_template_deployment.enclave_dns"', ""),
    ],
  ]),
]);
