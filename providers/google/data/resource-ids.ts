/** The variable `private_endpoint_resource_ids` takes the one service attachment that a spec takes. */
import type { Endpoint, NetworkPlan } from "../../../src/plan/network-plan";
import { quoted } from "../../shared/expressions";
import { keysAmong, type Validation, valid } from "../../shared/variables";
import { regionOf } from "./regions";
import { attachedEndpoints } from "./services";

/** Undefined where the variable has to name it. */
export const attachmentOf = ({ service, target, resources }: Endpoint): string | undefined =>
  service === "custom" ? target.google?.["serviceAttachment"] : resources.google?.[0];

/** A pattern, the same for specs and for Terraform. `region` is a region or a pattern for one. */
export const attachmentIn = (region: string): string =>
  `^(?:https://[^\\s/]+/compute/v1/)?projects/[^/\\s]+/regions/${region}/serviceAttachments/[^/\\s]+$`;

export function resourceIdRules(plan: NetworkPlan): Validation[] {
  const region = regionOf(plan);
  const waiting = attachedEndpoints(plan).filter((endpoint) => attachmentOf(endpoint) === undefined);
  const names = waiting.map(({ name }) => name);
  if (names.length === 0) return [keysAmong([], `No endpoint of this enclave takes ${REST}`)];
  const one = `length(ids) <= 1 && alltrue([for id in ids : can(regex(${quoted(attachmentIn(region))}, id))])`;
  return [
    keysAmong(names, `Only ${names.join(", ")} may have ${REST}`),
    valid(
      `alltrue([for ids in values(var.private_endpoint_resource_ids) : ${one}])`,
      "Each endpoint leads to one service attachment like " +
        `projects/my-project/regions/${region}/serviceAttachments/users.`,
    ),
  ];
}

const REST = "a service attachment by variable: the spec names those of others, and Google APIs need none.";
