/** Security groups: stateful, on every network interface, exact, one for each zone and private endpoint. */
import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { VpcSecurityGroupEgressRule } from "@cdktf/provider-aws/lib/vpc-security-group-egress-rule";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import type { Traffic } from "../../../src/model/enclave";
import { id } from "../../shared/expressions";
import { addResource, type Rendering } from "../../shared/resources";
import { groupOf, VPC_ID, voidName } from "./addresses";
import { endpointGroups, hasInterfaces } from "./endpoint-groups";
import { named, tags } from "./naming";
import { type GroupRule, groupRules } from "./ways";

export function renderFilters(rendering: Rendering): void {
  const { plan } = rendering;
  for (const { id, name } of plan.zones) renderGroup(rendering, id, `Zone ${name}`, name);
  for (const { id } of endpointGroups(plan).filter(hasInterfaces))
    renderGroup(rendering, id, `Private endpoint ${id.replace(/^enclave_/, "")}`);
  for (const rule of groupRules(plan)) renderRule(rendering, rule);
}

/** A group, and the void group that takes its place in rules that are cut off. */
function renderGroup(rendering: Rendering, name: string, text: string, zone?: string): void {
  const add = (own: string, description: string, tag?: string): void => {
    const config = { ...named(rendering, own, tag), vpcId: VPC_ID, description };
    addResource(rendering, SecurityGroup, own, config);
  };
  add(name, `${text} of enclave ${rendering.plan.name}`, zone);
  add(voidName(name), `Nobody: stands for ${text.toLowerCase()} in rules that are cut off`);
}

function renderRule(rendering: Rendering, rule: GroupRule): void {
  const config = {
    ...portsOf(rule.traffic),
    ...rule.peer,
    securityGroupId: id(groupOf(rule.group)),
    description: rule.description,
    tags: tags(rendering, ...rule.tag),
  };
  if (rule.direction === "ingress") addResource(rendering, VpcSecurityGroupIngressRule, rule.name, config);
  else addResource(rendering, VpcSecurityGroupEgressRule, rule.name, config);
}

/** `-1` means every protocol and takes no ports. */
function portsOf(traffic: Traffic) {
  if (traffic.protocol === "any") return { ipProtocol: "-1" };
  if (traffic.protocol === "icmp") return { ipProtocol: "icmp", fromPort: -1, toPort: -1 };
  return { ipProtocol: traffic.protocol, fromPort: traffic.from, toPort: traffic.to };
}
