/** Azure: what users and operators see of the document: protection, quarantine, reasons, tags. */
import { idOf } from "../../model/ids";
import { type Fault, faults, unless } from "../replay/fault";
import type { Surface } from "../replay/reader";
import {
  blocks,
  conditionalOnQuarantine,
  mentions,
  resourcesOf,
  type TerraformDocument,
  text,
  untaggedIn,
  zonesTagged,
} from "../terraform/document";
import { misfitsOf } from "./arguments";
import { deniesAll, deniesTag, PLATFORM_TAGS } from "./groups";
import { placeOf } from "./hosts";
import { policyId } from "./logs";
import type { Network } from "./network";
import type { DnsPolicy } from "./template";
import { unheldVariables } from "./variables";

const LOCK = "azurerm_management_lock";
const GROUP = "azurerm_network_security_group";
const RULES = "azurerm_firewall_policy_rule_collection_group";

export function surfaceIn(
  document: TerraformDocument,
  network: Network,
  policy: DnsPolicy,
): Omit<Surface, "misleadingOutputs"> {
  return {
    unprotected: (what) => [
      ...(what === "exits"
        ? [...unlocked(document, "azurerm_firewall"), ...unlockedPolicy(document, policy)]
        : ["azurerm_log_analytics_workspace", "azurerm_storage_account"].flatMap((type) =>
            unlocked(document, type),
          )),
      ...misfitsOf(document, LOCK),
    ],
    permitsThatComeAndGo: () =>
      faults(
        conditionalOnQuarantine(document).map(([resource]) => resource),
        "it comes or goes with the quarantine",
      ),
    connectionsThatGoOn: (zone) => connectionsThatGoOn(network, zone),
    unheldVariables: (endpoints) => unheldVariables(document, endpoints),
    weakQuarantine: (zone) => weakQuarantine(network, zone),
    permits: () => permitsIn(document),
    untagged: (enclave) =>
      faults(untaggedIn(document, "tags", enclave), "it lacks the enclave's or the user's tags"),
    taggedZones: () => zonesTagged(document, "tags"),
  };
}

function permitsIn(document: TerraformDocument) {
  const rules = [...resourcesOf(document, GROUP)].flatMap(([name, body]) =>
    blocks(body, "security_rule")
      .filter((rule) => mentions(rule["access"], "Allow"))
      .map((rule) => ({ resource: `${GROUP}.${name}`, rule })),
  );
  const exits = [...resourcesOf(document, RULES)].flatMap(([name, body]) =>
    blocks(body, "application_rule_collection")
      .filter((collection) => collection["action"] === "Allow")
      .flatMap((collection) => blocks(collection, "rule"))
      .map((rule) => ({ resource: `${RULES}.${name}`, rule })),
  );
  return [...rules, ...exits].map(({ resource, rule }) => ({ resource, reason: text(rule, "description") }));
}

/** Scopes that a lock holds while the variable says so. */
const locked = (document: TerraformDocument): string[] =>
  [...resourcesOf(document, LOCK).values()].flatMap((lock) =>
    mentions(lock["count"], "var.deletion_protection") ? [text(lock, "scope")] : [],
  );

const unlocked = (document: TerraformDocument, type: string): Fault[] =>
  [...resourcesOf(document, type).keys()].flatMap((name) =>
    unless(locked(document).includes(`\${${type}.${name}.id}`), `${type}.${name}`, "no lock guards it"),
  );

const unlockedPolicy = (document: TerraformDocument, policy: DnsPolicy): Fault[] =>
  unless(locked(document).includes(policyId(policy)), policy.resource, "no lock guards the filter of names");

/** Replies of what is open pass groups; routes that lead nowhere, for each range and all else, end them. */
const connectionsThatGoOn = ({ subnets, ranges }: Network, zone: string): Fault[] =>
  subnets.flatMap(({ name, table, routes }) => {
    if (placeOf(name).zone !== idOf(zone)) return [];
    const now = routes.map((route) => route.at([zone]));
    const holdsAll = ranges.every((range) =>
      now.some(({ block }) => block.base === range.base && block.prefix === range.prefix),
    );
    const ended = holdsAll && now.every(({ hop }) => hop === "None");
    return unless(ended, `azurerm_route_table.${table}`, `connections of ${name} may go on`);
  });

/** The zone's group denies everything before it asks about anything else, and permits nothing besides. */
const weakQuarantine = ({ subnets }: Network, zone: string): Fault[] =>
  subnets.flatMap(({ name, group, rules = [] }) => {
    if (placeOf(name).zone !== idOf(zone)) return [];
    const now = rules.map((rule) => rule.at([zone]));
    const resource = `${GROUP}.${group}`;
    return [
      ...(["Inbound", "Outbound"] as const).flatMap((direction) => {
        const first = now.find((rule) => rule.direction === direction);
        return unless(
          first !== undefined && deniesAll(first),
          resource,
          `something comes before the denial ${direction}`,
        );
      }),
      ...unless(
        now.every(({ allow }) => !allow),
        resource,
        "a permit stays in quarantine",
      ),
      ...PLATFORM_TAGS.flatMap((tag) =>
        unless(
          now.some((rule) => deniesTag(rule, tag)),
          resource,
          `${tag} answers in quarantine`,
        ),
      ),
    ];
  });
