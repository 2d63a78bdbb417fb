/** The rules use only items without unknown values. A missing item can hide a breach, never cause one. */
import { CLOUDS, type Cloud } from "../clouds/cloud";
import type { SpecPath } from "../diagnostics/diagnostic";
import type { Enclave, Exposure, Role, RoleRule } from "../model/enclave";
import type { Join } from "../model/joins";
import { assertionOf, egressOf, endpointOf, flowOf, waiverOf } from "../spec/read/build";
import { type Draft, wholeItems } from "../spec/read/draft";
import { hasUnknown, isMapping, known, UNKNOWN } from "../spec/unknown";
import { type Network, networkOf } from "./chains";

export interface JudgedZone {
  readonly name: string;
  readonly path: SpecPath;
  readonly role: Role | undefined;
  readonly exposure: Exposure | undefined;
}

type Judged = "flows" | "privateEndpoints" | "egress" | "assertions" | "waivers";

export interface Subject extends Pick<Enclave, Judged> {
  readonly zones: readonly JudgedZone[];
  readonly network: Network;
  /** On which endpoints stand for their resources. */
  readonly clouds: readonly Cloud[];
  /** Rules without a verdict, because a role that satisfies them, or a waiver of them, is unknown. */
  readonly undecidable: ReadonlySet<RoleRule> | "all";
  /** True if the rules apply to the whole spec. */
  readonly complete: boolean;
}

/** `draft` is the spec as read; in `judged`, values that the checks refused are unknown too. */
export function subjectOf(
  draft: Draft,
  judged: Draft,
  complete: boolean,
  clouds: readonly Cloud[] = cloudsOf(draft),
): Subject {
  const zones = draft.zones.map(({ name, path, value }): JudgedZone => {
    return { name, path, role: known(value.role), exposure: known(value.exposure) };
  });
  const flows = wholeItems(judged.flows).map(flowOf);
  const privateEndpoints = wholeItems(judged.privateEndpoints).map(endpointOf);
  const egress = wholeItems(judged.egress).map(egressOf);
  return {
    zones,
    flows,
    privateEndpoints,
    egress,
    assertions: wholeItems(judged.assertions).flatMap(assertionOf),
    waivers: wholeItems(judged.waive).map(waiverOf),
    network: networkOf({ zones, flows, privateEndpoints, egress, clouds, joins: [] }),
    clouds,
    undecidable: undecidable(draft, judged),
    complete,
  };
}

/** As it is on one cloud, where the uses of some endpoints open others. */
export const joined = (subject: Subject, clouds: readonly Cloud[], joins: readonly Join[]): Subject => {
  return { ...subject, clouds, network: networkOf({ ...subject, clouds, joins }) };
};

/** The clouds for which the spec is written, where nobody has chosen. */
function cloudsOf({ spec }: Draft): readonly Cloud[] {
  const [cloud, region] = [known(spec.cloud), known(spec.region)];
  if (cloud !== undefined) return [cloud];
  return isMapping(region) ? CLOUDS.filter((each) => region[each] !== undefined) : CLOUDS;
}

function undecidable(draft: Draft, judged: Draft): ReadonlySet<RoleRule> | "all" {
  const waived = draft.waive.map(({ value }) => value.rule);
  if (judged.spec.waive === UNKNOWN || waived.includes(UNKNOWN)) return "all";
  const doubtful = draft.waive.filter((_, index) => hasUnknown(judged.waive[index]?.value));
  const rules = new Set(doubtful.flatMap(({ value }) => known(value.rule) ?? []));
  // A zone whose role is unknown may be the redaction zone that a chain passes.
  if (draft.zones.some(({ value }) => value.role === UNKNOWN)) {
    rules.add("redaction-between");
    rules.add("gateway-between");
  }
  return rules;
}
