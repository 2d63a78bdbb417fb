/** The egress firewall read back from the rendered document: it allows what is planned, by name, and denies everything else. */
import type { NetworkPlan } from "../../src/plan/network-plan";
import type { TerraformDocument } from "../../src/plan/provider";
import { type Attributes, blocks, resourcesOf, text, texts } from "../shared/document";
import { unless } from "../shared/invariants";

export function brokenFirewall(document: TerraformDocument, plan: NetworkPlan): string[] {
  const addresses = [...resourcesOf(document, "azurerm_public_ip").keys()];
  const groups = [...resourcesOf(document, "azurerm_firewall_policy_rule_collection_group").values()];
  if (plan.departures.length === 0) {
    const none =
      addresses.length === 0 && groups.length === 0 && resourcesOf(document, "azurerm_firewall").size === 0;
    return unless(none, "there is a firewall or a public address although nothing leaves");
  }
  const policy = resourcesOf(document, "azurerm_firewall_policy").get("enclave");
  const nameless = groups.some(
    (group) => group["network_rule_collection"] !== undefined || group["nat_rule_collection"] !== undefined,
  );
  const placed = blocks(resourcesOf(document, "azurerm_firewall").get("enclave"), "ip_configuration").every(
    (each) => text(each, "subnet_id") === "${azurerm_subnet.enclave_firewall.id}",
  );
  const strict = policy?.["threat_intelligence_mode"] === "Deny" && policy["dns"] === undefined;
  return [
    ...unless(addresses.join() === "enclave_egress", "there is a public address that is not the firewall's"),
    ...unless(placed, "the firewall stands outside its subnet"),
    ...unless(!nameless, "the firewall has rules that know no names"),
    ...unless(strict, "the firewall's policy is not as strict as planned"),
    ...brokenCollections(
      plan,
      groups.flatMap((group) => blocks(group, "application_rule_collection")),
    ),
  ];
}

/** Exactly the planned names and ports for each zone, and a last word that denies. */
function brokenCollections(plan: NetworkPlan, collections: readonly Attributes[]): string[] {
  const allowing = collections.filter((collection) => collection["action"] === "Allow");
  const allowed = allowing.flatMap((collection) =>
    blocks(collection, "rule").map((rule) => {
      const ports = blocks(rule, "protocols").map((protocol) => text(protocol, "port"));
      return `${text(collection, "name")} ${texts(rule, "destination_fqdns").join()} ${ports.join()}`;
    }),
  );
  const planned = plan.departures.map(({ zone, name, port }) => `${zone} ${name} ${port}`);
  const sourcesOf = (collection: Attributes): string[] =>
    blocks(collection, "rule").flatMap((rule) => texts(rule, "source_addresses"));
  const sources = allowing.flatMap(sourcesOf);
  const last = [...collections].sort((a, b) => Number(b["priority"]) - Number(a["priority"]))[0];
  const [everything] = blocks(last, "rule");
  const all = ["destination_fqdns", "source_addresses"].every(
    (field) => texts(everything, field).join() === "*",
  );
  return [
    ...unless(
      allowed.sort().join("\n") === planned.sort().join("\n"),
      "the firewall allows more or less than is planned",
    ),
    ...unless(
      sources.length > 0 && !sources.some((source) => ["*", "0.0.0.0/0"].includes(source)),
      "the firewall allows every source",
    ),
    ...unless(
      allowing.every((collection) =>
        sourcesOf(collection).every((source) =>
          source.startsWith(`\${contains(var.quarantine, "${text(collection, "name")}") ? `),
        ),
      ),
      "the firewall lets zones leave in quarantine",
    ),
    ...unless(last?.["action"] === "Deny" && all, "the firewall's last rule does not deny everything"),
  ];
}
