/** Google: routes along the way out alone, and rules that Google takes. */
import { type Fault, unless } from "../replay/fault";
import { blocks, resourcesOf, type TerraformDocument, text } from "../terraform/document";
import { inNetwork } from "./network";

const ROUTE = "google_compute_route";
const POLICY = "google_compute_network_firewall_policy_with_rules";

/** One from the proxy's network to the internet, for everything. */
export const strayRoutes = (document: TerraformDocument): Fault[] =>
  [...resourcesOf(document, ROUTE)].flatMap(([name, body]) =>
    unless(
      inNetwork(body, "enclave_egress") &&
        text(body, "dest_range") === "0.0.0.0/0" &&
        text(body, "next_hop_gateway") === "default-internet-gateway",
      `${ROUTE}.${name}`,
      "it is no way out of the proxy",
    ),
  );

/** https://docs.cloud.google.com/firewall/docs/firewall-policies-rule-details#priority-order */
const LAST = 2 ** 31 - 1;

export const unsoundRules = (document: TerraformDocument): Fault[] =>
  [...resourcesOf(document, POLICY)].flatMap(([name, policy]) => {
    const numbers = blocks(policy, "rule").map((rule) => Number(rule["priority"]));
    return numbers.flatMap((number, index) =>
      unless(
        number >= 0 && number <= LAST && numbers.indexOf(number) === index,
        `${POLICY}.${name}`,
        `the priority ${number} is out of range or another's`,
      ),
    );
  });
