/** What the rules judge: the items of a draft in which nothing is wrong. Leaving an item out can hide a breach, never make one up. */
import type { Diagnostic, SpecPath } from "../diagnostics/diagnostic";
import { joinPath, splitPath } from "../diagnostics/path";
import type {
  Assertion,
  Egress,
  Exposure,
  Flow,
  PrivateEndpoint,
  Role,
  RoleRule,
  Waiver,
} from "../model/enclave";
import { assertionOf, waiverOf } from "../spec/read/build";
import type { Draft } from "../spec/read/draft";
import { soundEgress, soundEndpoints, soundFlows } from "../spec/read/sound-items";
import { type Network, networkOf } from "./chains";

export interface JudgedZone {
  readonly name: string;
  readonly path: SpecPath;
  readonly role?: Role;
  readonly exposure?: Exposure;
}

export interface Subject {
  readonly zones: readonly JudgedZone[];
  readonly flows: readonly Flow[];
  readonly privateEndpoints: readonly PrivateEndpoint[];
  readonly egress: readonly Egress[];
  readonly assertions: readonly Assertion[];
  readonly waivers: readonly Waiver[];
  readonly network: Network;
  /** Rules that cannot be judged, because what would satisfy them or set them aside could not be read. */
  readonly undecidable: ReadonlySet<RoleRule> | "all";
  /** True when the whole spec is judged, so that what is not found is not there. */
  readonly complete: boolean;
}

export function subjectOf(draft: Draft, found: readonly Diagnostic[]): Subject {
  const errors = found.filter((diagnostic) => diagnostic.severity === "error");
  const spoilt = new Set(errors.map(({ path }) => joinPath("", ...splitPath(path).slice(0, 2))));
  const sound = <T extends { readonly path: SpecPath }>(items: readonly T[]): T[] =>
    items.filter(({ path }) => !spoilt.has(path));
  const zones = draft.zones.map(({ name, path, value: { role, exposure } }): JudgedZone => {
    return {
      name,
      path,
      ...(role === undefined ? {} : { role }),
      ...(exposure === undefined ? {} : { exposure }),
    };
  });
  const flows = sound(soundFlows(draft));
  const privateEndpoints = sound(soundEndpoints(draft));
  return {
    zones,
    flows,
    privateEndpoints,
    egress: sound(soundEgress(draft)),
    assertions: sound(draft.assertions).flatMap(assertionOf),
    waivers: sound(draft.waive).map(waiverOf),
    network: networkOf(
      zones.map(({ name }) => name),
      { flows, privateEndpoints },
    ),
    undecidable: undecidable(draft, spoilt),
    complete: errors.length === 0,
  };
}

function undecidable(draft: Draft, spoilt: ReadonlySet<SpecPath>): ReadonlySet<RoleRule> | "all" {
  const waivers = draft.waive.filter(({ path }) => spoilt.has(path));
  if (draft.lost.has("waive") || waivers.some(({ value }) => value.rule === undefined)) return "all";
  const rules = new Set(waivers.flatMap(({ value }) => value.rule ?? []));
  // A zone whose role is unreadable may be the redaction zone that a chain passes.
  if (draft.zones.some((zone) => zone.doubtful("role"))) rules.add("redaction-between");
  return rules;
}
