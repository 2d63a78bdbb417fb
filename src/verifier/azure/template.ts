/**
 * The DNS security policy, which stands in a template, as Azure judges queries: rules in the order of their
 * priorities, each with lists of domains that stand for everything below them; what no rule names resolves.
 * https://learn.microsoft.com/en-us/azure/dns/dns-security-policy
 */
import { type Fault, reading } from "../replay/fault";
import { between, block, has, judge, may, only, type Rule, type Rules } from "../terraform/arguments";
import { resourcesOf, type TerraformDocument, text } from "../terraform/document";
import { evaluate, type Inputs, type Value } from "../terraform/expressions";

const DEPLOYMENT = "azurerm_resource_group_template_deployment";
const KIND = "Microsoft.Network/";

interface Part {
  readonly type: string;
  readonly name: string;
  readonly dependsOn?: readonly string[];
  readonly properties: Readonly<Record<string, unknown>>;
}

interface SecurityRule {
  readonly allows: boolean;
  /** In small letters, without the last dot. */
  readonly domains: readonly string[];
}

export interface DnsPolicy {
  /** Terraform address of what holds it. */
  readonly resource: string;
  /** As ids have it; empty where there is none. */
  readonly name: string;
  /** In the order of their priorities; none where the network is not linked to the policy. */
  readonly rules: readonly SecurityRule[];
  readonly misfits: readonly Fault[];
}

const NONE: DnsPolicy = { resource: DEPLOYMENT, name: "", rules: [], misfits: [] };

/** The first deployment: a second one is a misfit of its own. */
export function readPolicy(document: TerraformDocument, inputs: Inputs, region: string): DnsPolicy {
  const [first, ...others] = resourcesOf(document, DEPLOYMENT);
  if (first === undefined) return NONE;
  const [name, body] = first;
  const resource = `${DEPLOYMENT}.${name}`;
  return reading(resource, () => {
    const template = JSON.parse(text(body, "template_content")) as { readonly resources: readonly Part[] };
    const parameters = evaluate(body["parameters_content"], inputs) as Parameters;
    const of = (kind: string): Part[] => template.resources.filter(({ type }) => type === KIND + kind);
    const policy = of("dnsResolverPolicies")[0]?.name ?? "";
    const linked =
      of("dnsResolverPolicies/virtualNetworkLinks").some((link) => link.name.startsWith(`${policy}/`)) &&
      parameters["virtualNetworkId"]?.value === "azurerm_virtual_network.enclave.id";
    const details = [
      ...judge(template, TEMPLATE, ""),
      ...template.resources.flatMap((part) => strange(part, template.resources, region)),
      ...twice(of("dnsResolverPolicies/dnsSecurityRules")),
    ];
    return {
      resource,
      name: policy,
      rules: linked ? rulesOf(of, policy, parameters) : [],
      misfits: [
        ...details.map((detail) => ({ resource, detail })),
        ...others.map(([other]) => ({
          resource: `${DEPLOYMENT}.${other}`,
          detail: "no enclave deploys a second template",
        })),
      ],
    };
  });
}

type Parameters = Readonly<Record<string, { readonly value: Value }>>;

function rulesOf(of: (kind: string) => Part[], policy: string, parameters: Parameters): SecurityRule[] {
  const lists = new Map(
    of("dnsResolverDomainLists").map(({ name, properties }) => [
      idOf("dnsResolverDomainLists", name),
      properties["domains"],
    ]),
  );
  const domainsOf = (list: unknown): string[] => {
    const domains = lists.get(String(list));
    const [, parameter] = /^\[parameters\('(\w+)'\)\]$/.exec(String(domains)) ?? [];
    const all = parameter === undefined ? domains : parameters[parameter]?.value;
    if (!Array.isArray(all)) throw new Error(`no list of domains: ${String(list)}`);
    return all.map((domain) => String(domain).toLowerCase().replace(/\.$/, ""));
  };
  return of("dnsResolverPolicies/dnsSecurityRules")
    .filter(({ name }) => name.startsWith(`${policy}/`))
    .map(({ properties }) => properties as unknown as RuleProperties)
    .sort((a, b) => a.priority - b.priority)
    .map(({ action, dnsResolverDomainLists }) => ({
      allows: action.actionType !== "Block",
      domains: dnsResolverDomainLists.flatMap(({ id }) => domainsOf(id)),
    }));
}

interface RuleProperties {
  readonly priority: number;
  readonly action: { readonly actionType: string };
  readonly dnsResolverDomainLists: readonly { readonly id: string }[];
}

export function resolves({ rules }: DnsPolicy, name: string): boolean {
  const holds = (domain: string): boolean => domain === "" || name === domain || name.endsWith(`.${domain}`);
  return rules.find(({ domains }) => domains.some(holds))?.allows ?? true;
}

const TEMPLATE: Rules = {
  ...has("resources"),
  $schema: only("https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#"),
  contentVersion: only("1.0.0.0"),
  parameters: only({
    domains: { type: "array" },
    tags: { type: "object" },
    virtualNetworkId: { type: "string" },
  }),
};

/**
 * https://learn.microsoft.com/en-us/azure/templates/microsoft.network/2025-05-01/dnsresolverpolicies/dnssecurityrules
 */
const PROPERTIES: Readonly<Record<string, Rule>> = {
  dnsResolverPolicies: only({}),
  dnsResolverDomainLists: block(has("domains")),
  "dnsResolverPolicies/dnsSecurityRules": block({
    priority: between(100, 65000),
    action: block({ actionType: only("Allow", "Block") }),
    dnsResolverDomainLists: block(has("id")),
    dnsSecurityRuleState: only("Enabled"),
  }),
  "dnsResolverPolicies/virtualNetworkLinks": block({
    virtualNetwork: block({ id: only("[parameters('virtualNetworkId')]") }),
  }),
};

const twice = (rules: readonly Part[]): string[] =>
  new Set(rules.map(({ properties }) => properties["priority"])).size === rules.length
    ? []
    : ["two rules have one number"];

const idOf = (kind: string, name: string): string => `[resourceId('${KIND}${kind}', '${name}')]`;

/** Unknown properties of a part of the template, and its references to parts that do not exist. */
function strange(part: Part, all: readonly Part[], region: string): string[] {
  const properties = PROPERTIES[part.type.replace(KIND, "")];
  if (properties === undefined) return [`no enclave deploys ${part.type}`];
  const rules: Rules = {
    ...has("type name"),
    ...may("dependsOn"),
    properties,
    apiVersion: only("2025-05-01"),
    location: only(region),
    tags: only("[parameters('tags')]"),
  };
  const ids = all.map(({ type, name }) => idOf(type.replace(KIND, ""), name));
  const lost = (part.dependsOn ?? []).filter((id) => !ids.includes(id));
  return [
    ...judge(part, rules, `${part.name}: `),
    ...lost.map((id) => `${part.name} waits for ${id}, which is not there`),
  ];
}
