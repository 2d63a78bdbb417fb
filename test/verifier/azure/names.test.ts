/** Slips in the filter of names: what resolves, and the template that holds it. */
import { type Change, copy, expectNoticed, remove, rewrite, set } from "../slips";
import { breaking, part, template, withoutPart } from "./changes";
import { everyPart } from "./specs";

const TYPE = "azurerm_resource_group_template_deployment";
const DEPLOYMENT = "azurerm_resource_group_template_deployment.enclave_dns";
const READ = "every part of the document can be read";
const RESOLVES = "nothing resolves but the needed names";
const ENDPOINTS = "names of private endpoints resolve";
const EXITS = "names of declared ways out resolve";
const RESOLVERS = "no resolver is asked but the one that is filtered";

expectNoticed("azure", everyPart(), [
  ...breaking(RESOLVES, DEPLOYMENT, [
    ["a name more", needed((names) => names.push("evil.org"))],
    [
      "a name more for ids of the variable",
      rewrite(TYPE, "enclave_dns", "parameters_content", "{name}.vault.azure.net", "vault.azure.net"),
    ],
    ["no last block", withoutPart("/all")],
    ["a last block that allows", part("/all", { properties: { ...block("Allow"), priority: 65000 } })],
    ["a last block of some names", part("-all", { properties: { domains: ["com."] } })],
    ["a permit of everything", part("-needed", { properties: { domains: ["."] } })],
    ["the network unlinked", withoutPart("/network")],
    [
      "another network linked",
      rewrite(
        TYPE,
        "enclave_dns",
        "parameters_content",
        "azurerm_virtual_network.enclave.id",
        "azurerm_virtual_network.enclave_egress.id",
      ),
    ],
  ]),
  ...breaking(RESOLVES, TYPE, [["no policy", remove(TYPE, "enclave_dns")]]),
  ...breaking(EXITS, DEPLOYMENT, [
    ["a name less", needed((names) => names.splice(names.indexOf("mirror.example.com"), 1))],
    ["the block first", part("/needed", { properties: { ...block("Allow", "needed"), priority: 65001 } })],
  ]),
  ...breaking(ENDPOINTS, DEPLOYMENT, [
    [
      "names of ids of the variable left out",
      rewrite(TYPE, "enclave_dns", "parameters_content", /, flatten\(.*?\]\]\)/, ""),
    ],
  ]),
  ...breaking(RESOLVERS, DEPLOYMENT, [
    ["two rules of one number", part("/all", { properties: { ...block("Block"), priority: 100 } })],
    [
      "a rule that is off",
      part("/all", { properties: { ...block("Block"), dnsSecurityRuleState: "Disabled" } }),
    ],
    ["a block that only alerts", part("/all", { properties: { ...block("Alert"), priority: 65000 } })],
    ["another interface", part("-dns", { apiVersion: "2020-01-01" })],
    [
      "a part that nobody knows",
      template((parts) => [...parts, { type: "Microsoft.Network/virtualNetworks", name: "x" }]),
    ],
    ["the other mode", set(TYPE, "enclave_dns", { deployment_mode: "Complete" })],
  ]),
  ...breaking(RESOLVERS, `${TYPE}.x`, [["a second template", copy(TYPE, "enclave_dns", "x", {})]]),
  ...breaking(READ, DEPLOYMENT, [["no template", set(TYPE, "enclave_dns", { template_content: "{" })]]),
  ...breaking("the cloud's own protection of the way out follows deletion_protection", DEPLOYMENT, [
    ["no lock", remove("azurerm_management_lock", "enclave_dns")],
  ]),
]);

/** Properties of a rule about a list. */
function block(actionType: string, list = "all") {
  return {
    priority: 65000,
    action: { actionType },
    dnsResolverDomainLists: [
      { id: `[resourceId('Microsoft.Network/dnsResolverDomainLists', 'case-dns-${list}')]` },
    ],
    dnsSecurityRuleState: "Enabled",
  };
}

function needed(change: (names: string[]) => void): Change {
  return (draft) => {
    const { enclave_resolvable_names: names } = draft["locals"] as Record<string, string[]>;
    if (names === undefined) throw new Error("no names are needed");
    change(names);
  };
}
