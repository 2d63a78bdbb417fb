/** AWS: what users and operators see of the document: protection, quarantine, reasons, tags. */
import { idOf } from "../../model/ids";
import { type Fault, faults, unless } from "../replay/fault";
import type { Surface } from "../replay/reader";
import { ANY } from "../replay/traffic";
import {
  type Attributes,
  conditionalOnQuarantine,
  outputOf,
  references,
  resourcesOf,
  type TerraformDocument,
  text,
  untaggedIn,
  zonesTagged,
} from "../terraform/document";
import { EGRESS, INGRESS } from "./groups";
import { placeOf } from "./hosts";
import type { Network } from "./network";
import { unheldVariables } from "./variables";

const FIREWALL = "aws_networkfirewall_firewall";
const NAMES = "aws_route53_resolver_firewall_rule_group_association";

const PROTECTIONS = ["delete_protection", "firewall_policy_change_protection", "subnet_change_protection"];

export function surfaceIn(document: TerraformDocument, network: Network, region: string): Surface {
  return {
    unprotected: (what) =>
      what === "logs"
        ? unguarded(document, "aws_cloudwatch_log_group", "skip_destroy", PROTECTION)
        : [
            ...PROTECTIONS.flatMap((each) => unguarded(document, FIREWALL, each, PROTECTION)),
            ...unguarded(
              document,
              NAMES,
              "mutation_protection",
              '${var.deletion_protection ? "ENABLED" : "DISABLED"}',
            ),
          ],
    permitsThatComeAndGo: () =>
      conditionalOnQuarantine(document).flatMap(([resource, body]) =>
        unless(body["rule_action"] === "deny", resource, "it comes or goes with the quarantine"),
      ),
    connectionsThatGoOn: (zone) => connectionsThatGoOn(network, zone),
    // The ACL's denial is asked above; groups are asked alone, at each end, with the packets.
    weakQuarantine: () => [],
    unheldVariables: (endpoints) => unheldVariables(document, region, endpoints),
    misleadingOutputs: (endpoints) => [
      ...unless(
        outputOf(document, "network_id") === "${aws_vpc.enclave.id}",
        "output.network_id",
        "it is another network's",
      ),
      ...endpoints.flatMap(({ name }) => otherAddresses(document, name)),
    ],
    permits: () =>
      [INGRESS, EGRESS].flatMap((type) =>
        [...resourcesOf(document, type)].map(([name, rule]) => ({
          resource: `${type}.${name}`,
          reason: text(rule, "description"),
        })),
      ),
    untagged: (enclave) =>
      faults(untaggedIn(document, "tags", enclave), "it lacks the enclave's or the user's tags"),
    taggedZones: () => zonesTagged(document, "tags"),
  };
}

/** Of what the output names by ids: a gateway has none, and AWS does not tell those of OpenSearch. */
function otherAddresses(document: TerraformDocument, endpoint: string): Fault[] {
  const output = (outputOf(document, "private_endpoints") ?? {}) as Readonly<Record<string, Attributes>>;
  const ids = references(output[endpoint]?.["ids"], "aws_vpc_endpoint");
  const all = ids.map((name) => `aws_vpc_endpoint.${name}.subnet_configuration[*].ipv4`);
  return unless(
    text(output[endpoint], "addresses") === `\${flatten([${all.join(", ")}])}`,
    "output.private_endpoints",
    `addresses of ${endpoint} are not those of its ids`,
  );
}

const PROTECTION = "${var.deletion_protection}";

const unguarded = (document: TerraformDocument, type: string, argument: string, wanted: string): Fault[] =>
  [...resourcesOf(document, type)].flatMap(([name, body]) =>
    unless(
      body[argument] === wanted,
      `${type}.${name}`,
      `its ${argument} does not follow deletion_protection`,
    ),
  );

/** ACLs know no connections: what denies everything first ends them all. */
function connectionsThatGoOn({ subnets }: Network, zone: string): Fault[] {
  return [...subnets.values()].flatMap(({ name, acl: all, gateways }) => {
    if (placeOf(name).zone !== idOf(zone)) return [];
    const acl = all.at([zone]);
    const ended = [acl.ingress, acl.egress].every(
      ([first]) => first?.allow === false && first.protocol === ANY && first.block.prefix === 0,
    );
    return [
      ...unless(ended, `aws_network_acl.${acl.name}`, `connections of ${name} may go on`),
      ...gateways
        .at([zone])
        .map((gateway) => ({
          resource: `aws_vpc_endpoint.${gateway}`,
          detail: `${name} keeps its route to it`,
        })),
    ];
  });
}
