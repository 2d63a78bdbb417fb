/** The items of a draft that are complete: what rules and name checks can judge while other items are still wrong. */

import type { Egress, Flow, PrivateEndpoint } from "../../model/enclave";
import { egressOf, endpointOf, flowOf } from "./build";
import type { Draft } from "./draft";
import type { Item } from "./item";

/** True when none of the fields is missing or doubtful. */
const isComplete = <T>(
  item: Item<T>,
  required: readonly (keyof T & string)[],
  optional: readonly (keyof T & string)[] = [],
): boolean =>
  required.every((field) => item.value[field] !== undefined) &&
  ![...required, ...optional].some((field) => item.doubtful(field));

export const soundFlows = (draft: Draft): Flow[] =>
  draft.flows.filter((flow) => isComplete(flow, ["from", "to", "ports", "why"], ["sources"])).map(flowOf);

export const soundEgress = (draft: Draft): Egress[] =>
  draft.egress.filter((egress) => isComplete(egress, ["from", "to", "ports", "why"])).map(egressOf);

export const soundEndpoints = (draft: Draft): PrivateEndpoint[] =>
  draft.privateEndpoints
    .filter((endpoint) => isComplete(endpoint, ["service", "from"], ["access", "holds"]))
    .map(endpointOf);
