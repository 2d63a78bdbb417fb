/** Names on Azure: the DNS policy decides what resolves, private zones where it leads. */

import type { PrivateEndpoint } from "../../model/enclave";
import { faults, unless } from "../replay/fault";
import { matchesName } from "../replay/names";
import type { Host, Names } from "../replay/reader";
import {
  endpointOutput,
  mentions,
  nested,
  references,
  resourcesOf,
  type TerraformDocument,
  table,
  text,
  texts,
} from "../terraform/document";

const DEPLOYMENT = "azurerm_resource_group_template_deployment";
const LINK = "azurerm_private_dns_zone_virtual_network_link";
const NETWORK = "azurerm_virtual_network.enclave";
/** Parts of the template without which nothing is blocked. */
const BLOCKS_REST = ['"domains":["."]', '"actionType":"Block"', "dnsResolverPolicies/virtualNetworkLinks"];

/** A name in a list of the DNS policy stands for everything below it too. */
export function namesIn(
  document: TerraformDocument,
  endpointsFor: (endpoint: PrivateEndpoint) => readonly Host[],
): Names {
  const needed = texts(table(document, "locals"), "enclave_resolvable_names");
  const blocksRest = [...resourcesOf(document, DEPLOYMENT).values()].some((deployment) => {
    const template = text(deployment, "template_content");
    return BLOCKS_REST.every((part) => template.includes(part));
  });
  const links = [...resourcesOf(document, LINK)];
  const network = resourcesOf(document, "azurerm_virtual_network").get("enclave");
  return {
    resolves: (name) => ({
      passes: !blocksRest || needed.some((each) => matchesName(each, name) || matchesName(`*.${each}`, name)),
      by: blocksRest ? "local.enclave_resolvable_names" : DEPLOYMENT,
    }),
    namePatterns: () => needed,
    otherResolvers: () => [
      ...unless(texts(network, "dns_servers").length === 0, NETWORK, "it names resolvers of its own"),
      ...links.flatMap(([name, link]) =>
        unless(
          ["", "Default"].includes(text(link, "resolution_policy")),
          `${LINK}.${name}`,
          "it asks another resolver",
        ),
      ),
    ],
    leadsOutside: (endpoint) =>
      faults(
        endpointsFor(endpoint)
          .map(({ resource }) => resource)
          .filter((resource) => !hasPrivateNames(document, resource)),
        "its names are looked for in public",
      ),
    namesOf: ({ name }) => texts(endpointOutput(document, name), "dns_names"),
  };
}

/** In a private zone that is linked to the network, by the endpoint's own group or by a record of its address. */
function hasPrivateNames(document: TerraformDocument, resource: string): boolean {
  const name = resource.slice(resource.indexOf(".") + 1);
  const linked = [...resourcesOf(document, LINK).values()].filter((link) =>
    mentions(link["virtual_network_id"], `${NETWORK}.`),
  );
  const group = nested(resourcesOf(document, "azurerm_private_endpoint").get(name), "private_dns_zone_group");
  const records = [...resourcesOf(document, "azurerm_private_dns_a_record").values()].filter((record) =>
    mentions(record["records"], `azurerm_private_endpoint.${name}.`),
  );
  const zones = [group, ...records].flatMap((each) => references(each, "azurerm_private_dns_zone"));
  const isLinked = (zone: string): boolean =>
    linked.some((link) => mentions(link, `azurerm_private_dns_zone.${zone}.`));
  return zones.length > 0 && zones.every(isLinked);
}
