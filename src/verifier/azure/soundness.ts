/** Azure: routes along the way out alone, and rules that Azure takes. */
import { type Fault, unless } from "../replay/fault";
import { blocks, resourcesOf, type TerraformDocument, text } from "../terraform/document";
import type { Network } from "./network";

const GROUP = "azurerm_network_security_group";

/** Everything to the firewall, to the internet or nowhere; or, in quarantine, something nowhere. */
export const strayRoutes = ({ subnets }: Network): Fault[] =>
  subnets.flatMap(({ routes, table }) =>
    routes
      .flatMap((route) => route.variants())
      .flatMap(({ block, hop }) =>
        unless(
          hop === "None" || (block.prefix === 0 && ["VirtualAppliance", "Internet"].includes(hop)),
          `azurerm_route_table.${table}`,
          `it leads to ${hop} for a part of the addresses`,
        ),
      ),
  );

/** https://learn.microsoft.com/en-us/azure/virtual-network/network-security-groups-overview#security-rules */
const [FIRST, LAST] = [100, 4096];

export const unsoundRules = (document: TerraformDocument): Fault[] =>
  [...resourcesOf(document, GROUP)].flatMap(([name, group]) => {
    const rules = blocks(group, "security_rule");
    const keys = rules.map((rule) => `${text(rule, "direction")} ${text(rule, "priority")}`);
    const names = rules.map((rule) => text(rule, "name").toLowerCase());
    return rules.flatMap((rule, index) =>
      unless(
        Number(rule["priority"]) >= FIRST &&
          Number(rule["priority"]) <= LAST &&
          keys.indexOf(keys[index] ?? "") === index &&
          names.indexOf(names[index] ?? "") === index,
        `${GROUP}.${name}`,
        `the priority of ${text(rule, "name")} is out of range or another's`,
      ),
    );
  });
