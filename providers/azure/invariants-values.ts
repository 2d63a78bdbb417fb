/**
 * Every value that a document gives a resource, compared with what the plan makes of it. It has the last word, when nothing that
 * holds for every enclave is broken: then a value that opens something is still not written unless somebody planned it.
 */
import { literalPrinter } from "../../src/addresses/address";
import { parseCidr } from "../../src/net/cidr";
import type { NetworkPlan } from "../../src/plan/network-plan";
import type { TerraformDocument } from "../../src/plan/provider";
import { type Attributes, blocks, resourcesOf, resourceTypes, text, texts } from "../shared/document";
import { differingStatements, type Statement } from "../shared/statements";
import { plannedEgress } from "./planned-egress";
import { plannedEndpoints } from "./planned-endpoints";
import { plannedLogs } from "./planned-logs";
import { plannedNames } from "./planned-names";
import { plannedNetwork } from "./planned-network";

export function brokenValues(document: TerraformDocument, plan: NetworkPlan): string[] {
  const [range = ""] = texts(
    resourcesOf(document, "azurerm_virtual_network").get("enclave"),
    "address_space",
  );
  const parsed = parseCidr(range);
  if (!parsed.ok) return [`the network's range is ${range}`];
  const printer = literalPrinter(parsed.cidr);
  const planned = new Map([
    ...plannedNetwork(plan, printer),
    ...plannedEgress(plan, printer),
    ...plannedEndpoints(plan),
    ...plannedNames(plan),
    ...plannedLogs(plan),
  ]);
  return differingStatements(statementsOf(document), planned, WITHOUT_EFFECT);
}

/** Lists whose members are told apart by their names. */
const PARTS = ["security_rule", "route", "application_rule_collection", "rule", "resources"];

const statementsOf = (document: TerraformDocument): Statement[] => [
  ...resourceTypes(document).flatMap((type) =>
    [...resourcesOf(document, type)].flatMap(([name, body]) =>
      partsOf(`${type}.${name}`, withTemplate(type, body)),
    ),
  ),
  ...Object.entries((document["locals"] ?? {}) as object).map(
    ([name, value]): Statement => [`local.${name}`, { value }],
  ),
];

/** Compared by `invariants-rules.ts`, which has a word for each. */
const OF_PERMITS = /^(?:access|protocol|(?:source|destination)_\w+)$/;

function partsOf(subject: string, body: Attributes): Statement[] {
  const permits = ["Inbound", "Outbound"].includes(text(body, "direction")) && body["access"] !== "Deny";
  const own = Object.fromEntries(
    Object.entries(body).filter(
      ([argument]) => !PARTS.includes(argument) && !(permits && OF_PERMITS.test(argument)),
    ),
  );
  const parts = PARTS.flatMap((argument) =>
    blocks(body, argument).flatMap((part) => partsOf(`${subject} ${text(part, "name")}`, part)),
  );
  return [[subject, own], ...parts];
}

/** A template is a text, in which resources are said in JSON once more. */
function withTemplate(type: string, { template_content, ...body }: Attributes): Attributes {
  return type === "azurerm_resource_group_template_deployment"
    ? { ...body, ...(JSON.parse(String(template_content)) as object) }
    : body;
}

/** What only a reader sees, or the order of work: compared where the plan says something of it. */
const WITHOUT_EFFECT = [
  "name",
  "tags",
  "description",
  "notes",
  "lifecycle",
  "depends_on",
  "custom_network_interface_name",
];
