/** Targets of private endpoints on Azure. A role decides which right a consumer has there. */
import type { PrivateEndpoint } from "../../model/enclave";
import { type Fault, faults, reading, unless } from "../replay/fault";
import type { Endpoints } from "../replay/reader";
import { resourcesOf, type TerraformDocument } from "../terraform/document";
import { evaluate, type Inputs } from "../terraform/expressions";
import { misfitsOf } from "./arguments";
import { COLLECTION_ID, writes, wrongCollection } from "./collection";
import { ENDPOINT, eachOf, type Instance, MEMBER, SERVICE, within } from "./instances";
import { isMonitor, joining, targetsOf } from "./targets";
import { workspaceOf } from "./workspace";

export function rightsIn(
  document: TerraformDocument,
  inputs: Inputs,
  instances: readonly Instance[],
  found: (endpoint: PrivateEndpoint) => readonly Instance[],
): Pick<Endpoints, "misplacedEndpoints" | "wrongRights" | "wrongResources" | "openToStrangers"> {
  return {
    misplacedEndpoints: () =>
      instances.flatMap(({ resource, subnet }) =>
        unless(subnet === "enclave_endpoints", resource, "it lies outside the subnet of endpoints"),
      ),
    wrongRights: (endpoints) => unless(endpoints.length === 0, ENDPOINT, "it has no policy"),
    wrongResources: (endpoints) => [
      ...endpoints.flatMap((endpoint) => wrongTargets(endpoint, found(endpoint))),
      ...twice(instances),
      ...wrongScope(document, inputs, endpoints),
      ...wrongCollection(document, endpoints),
      ...misfitsOf(document, "azurerm_application_security_group", ENDPOINT, MEMBER),
    ],
    openToStrangers: () =>
      instances.flatMap(({ resource, target, isManual }) => [
        ...unless(target !== "", resource, "it names no resource"),
        ...unless(
          isManual === target.endsWith(".privatelinkservice"),
          resource,
          isManual ? "its owner has to approve" : "nobody approves",
        ),
      ]),
  };
}

function wrongTargets(endpoint: PrivateEndpoint, instances: readonly Instance[]): Fault[] {
  const wanted = targetsOf(endpoint).map(({ id, kind }) => `${id} ${kind.part}`);
  const found = instances.map(({ target, part }) => `${target} ${part}`);
  return [
    ...instances.flatMap(({ resource }, at) =>
      unless(wanted.includes(found[at] ?? ""), resource, `"${endpoint.name}" does not lead to ${found[at]}`),
    ),
    ...faults(
      wanted.filter((target) => !found.includes(target)).map(() => instances[0]?.resource ?? ENDPOINT),
      `"${endpoint.name}" leads not to all of its resources`,
    ),
  ];
}

/**
 * Two of one resource would fight for one name; what has no part is another's service, with a name of its
 * own.
 */
const twice = (instances: readonly Instance[]): Fault[] =>
  instances.flatMap(({ resource, target, part }, at) =>
    unless(
      part === "" || instances.findIndex((other) => other.target === target && other.part === part) === at,
      resource,
      `another leads to ${target}, too`,
    ),
  );

/** Resources behind the scope of Azure Monitor. */
function wrongScope(
  document: TerraformDocument,
  inputs: Inputs,
  endpoints: readonly PrivateEndpoint[],
): Fault[] {
  const services = [...resourcesOf(document, SERVICE)].flatMap(([name, body]) =>
    reading(`${SERVICE}.${name}`, () =>
      eachOf(body, inputs).map((each) => ({
        resource: `${SERVICE}.${name}`,
        id: String(evaluate(body["linked_resource_id"], within(inputs, each))).toLowerCase(),
      })),
    ),
  );
  const isUsed = endpoints.some(({ service }) => isMonitor(service));
  const wanted = [
    ...(isUsed ? [workspaceOf(document).toLowerCase()] : []),
    ...(endpoints.some(writes) ? [COLLECTION_ID] : []),
    ...endpoints.flatMap(joining),
  ];
  return [
    ...services.flatMap(({ resource, id }) =>
      unless(wanted.includes(id), resource, `${id} is nobody's to reach`),
    ),
    ...wanted.flatMap((id) =>
      unless(
        services.some((each) => each.id === id),
        SERVICE,
        `${id} is not in the scope`,
      ),
    ),
  ];
}
