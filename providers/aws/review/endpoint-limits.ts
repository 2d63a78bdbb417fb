/** What AWS cannot do for an endpoint of the plan, and endpoints whose rules would meet in one Terraform address. */

import type { Diagnostic, SpecPath } from "../../../src/diagnostics/diagnostic";
import { removing } from "../../../src/diagnostics/edit";
import { error } from "../../../src/diagnostics/make";
import { formatTraffic } from "../../../src/model/connections";
import type { Endpoint, NetworkPlan, Permit } from "../../../src/plan/network-plan";
import { endpointPath } from "../../shared/paths";
import { zoneNamed } from "../../shared/zones";
import { type EndpointGroup, endpointGroups, endpointRule } from "../render/endpoint-groups";

export const reviewEndpointLimits = (plan: NetworkPlan): Diagnostic[] => [
  ...plan.endpoints.flatMap(reviewPorts),
  ...reviewAddresses(plan),
];

/** OpenSearch Serverless answers by HTTPS alone: https://docs.aws.amazon.com/opensearch-service/latest/developerguide/serverless-vpc.html */
function reviewPorts(endpoint: Endpoint): Diagnostic[] {
  const { name, service, ports } = endpoint;
  const others = ports.filter(
    ({ protocol, ...range }) =>
      protocol !== "tcp" || !("from" in range) || range.from !== 443 || range.to !== 443,
  );
  if (service !== "vector-search" || others.length === 0) return [];
  const given = others.map(formatTraffic);
  const path = `${endpointPath(endpoint)}.ports`;
  const detail = `On aws vector-search is OpenSearch Serverless, which answers on 443/tcp only; ${given.join(", ")} is asked for. What listens elsewhere needs a zone of its own.`;
  return [
    error("capability-missing", path, `"${name}" cannot be reached on ${given[0]} on aws`, detail, {
      facts: { cloud: "aws", service, ports: given },
      fix: removing(path),
    }),
  ];
}

interface Item {
  readonly what: string;
  readonly path: SpecPath;
  readonly addresses: readonly string[];
}

const flowItem = (permit: Permit): Item => ({
  what: `the flow "${permit.id}"`,
  path: endpointPath(permit),
  addresses: [permit.id],
});

/** Its rules in security groups. */
const useItems = (plan: NetworkPlan, group: EndpointGroup): Item[] =>
  group.consumers.flatMap((consumer) => {
    const { id } = zoneNamed(plan.zones, consumer);
    const use = group.uses.find(({ endpoint }) => endpoint.consumers.some(({ zone }) => zone === consumer));
    if (use === undefined) return [];
    const addresses = group.ports.map((traffic) => endpointRule(id, group, traffic));
    return [
      {
        what: `endpoint "${use.endpoint.name}" of zone "${consumer}"`,
        path: endpointPath(use.endpoint),
        addresses,
      },
    ];
  });

/** Zone "a" with endpoint "to-b" and a flow from zone "a-to-…" to zone "b" may read alike once they are joined. */
function reviewAddresses(plan: NetworkPlan): Diagnostic[] {
  const owners = new Map<string, Item>();
  const items = [
    ...plan.permits.map(flowItem),
    ...endpointGroups(plan).groups.flatMap((group) => useItems(plan, group)),
  ];
  return items.flatMap((item) => {
    const address = item.addresses.find((one) => owners.has(one));
    for (const one of item.addresses) if (!owners.has(one)) owners.set(one, item);
    const owner = address === undefined ? undefined : owners.get(address);
    if (address === undefined || owner === undefined) return [];
    const detail = `Rules of ${item.what} and of ${owner.what} would both be "${address}" in Terraform. Rename one of the names in them.`;
    return [
      error(
        "aws-address-taken",
        item.path,
        `two items render to the Terraform address "${address.slice(0, 40)}"`,
        detail,
        { facts: { address }, fix: `# rename a name in ${item.path} or ${owner.path}` },
      ),
    ];
  });
}
