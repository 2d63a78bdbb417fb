/** Azure: what users and operators see of the document: protection, quarantine, reasons, tags. */

import { idOf } from "../../model/ids";
import { type Fault, faults, unless } from "../replay/fault";
import type { Surface } from "../replay/reader";
import {
  type Attributes,
  blocks,
  conditionalOnQuarantine,
  mentions,
  outputOf,
  resourcesOf,
  type TerraformDocument,
  text,
  untaggedIn,
  zonesTagged,
} from "../terraform/document";
import { placeOf } from "./hosts";
import type { Network } from "./network";

const LOCK = "azurerm_management_lock";
const GROUP = "azurerm_network_security_group";
const RULES = "azurerm_firewall_policy_rule_collection_group";

export function surfaceIn(document: TerraformDocument, network: Network): Surface {
  return {
    unprotected: (what) =>
      unlocked(
        document,
        what === "exits"
          ? ["azurerm_firewall"]
          : ["azurerm_log_analytics_workspace", "azurerm_storage_account"],
      ),
    permitsThatComeAndGo: () =>
      faults(
        conditionalOnQuarantine(document).map(([resource]) => resource),
        "it comes or goes with the quarantine",
      ),
    connectionsThatGoOn: (zone) => connectionsThatGoOn(network, zone),
    unheldVariables: () => [],
    misleadingOutputs: () =>
      unless(
        outputOf(document, "network_id") === "${azurerm_virtual_network.enclave.id}",
        "output.network_id",
        "it is another network's",
      ),
    permits: () => [
      ...permitsIn(document, GROUP, "", "security_rule", "access"),
      ...[...resourcesOf(document, RULES)].flatMap(([name, body]) =>
        blocks(body, "application_rule_collection").flatMap((collection) =>
          collection["action"] === "Allow"
            ? blocks(collection, "rule").map((rule) => ({
                resource: `${RULES}.${name}`,
                reason: text(rule, "description"),
              }))
            : [],
        ),
      ),
    ],
    untagged: () => faults(untaggedIn(document, "tags"), "it lacks the enclave's or the user's tags"),
    taggedZones: () => zonesTagged(document, "tags"),
  };
}

const permitsIn = (document: TerraformDocument, type: string, _: string, argument: string, access: string) =>
  [...resourcesOf(document, type)].flatMap(([name, body]) =>
    blocks(body, argument)
      .filter((rule) => mentions(rule[access], "Allow"))
      .map((rule: Attributes) => ({ resource: `${type}.${name}`, reason: text(rule, "description") })),
  );

/** Nothing that a lock follows from the variable guards it. */
function unlocked(document: TerraformDocument, types: readonly string[]): Fault[] {
  const locks = [...resourcesOf(document, LOCK).values()].filter((lock) =>
    mentions(lock["count"], "var.deletion_protection"),
  );
  return types.flatMap((type) =>
    [...resourcesOf(document, type).keys()].flatMap((name) =>
      unless(
        locks.some((lock) => mentions(lock["scope"], `{${type}.${name}.`)),
        `${type}.${name}`,
        "no lock guards it",
      ),
    ),
  );
}

/** Replies of what is open pass groups; a route of the whole network that leads nowhere ends them. */
function connectionsThatGoOn({ subnets, range }: Network, zone: string): Fault[] {
  return subnets.flatMap(({ name, table, routes }) => {
    if (placeOf(name).zone !== idOf(zone)) return [];
    const ended = routes
      .map((route) => route.at([zone]))
      .some(({ hop, block }) => hop === "None" && block.base === range.base && block.prefix === range.prefix);
    return unless(ended, `azurerm_route_table.${table}`, `connections of ${name} may go on`);
  });
}
