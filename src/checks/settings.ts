/** Settings of the whole enclave: regions, availability zones, tags, mesh, quarantine. */

import { CLOUDS } from "../clouds/cloud";
import type { Diagnostic } from "../diagnostics/diagnostic";
import { removing } from "../diagnostics/edit";
import { error } from "../diagnostics/make";
import { joinPath } from "../diagnostics/path";
import { entriesOf, isMapping, known } from "../spec/unknown";
import { type Context, repeated, unknownName } from "./context";

export const checkSettings = (context: Context): Diagnostic[] => [
  ...checkRegion(context),
  ...checkZoneNames(context),
  ...checkTags(context),
  ...checkMesh(context),
  ...entriesOf(context.draft.spec.quarantine, "quarantine").flatMap((entry) => unknownName(context, entry)),
];

function checkRegion({ draft: { spec } }: Context): Diagnostic[] {
  if (!isMapping(spec.region) || Object.keys(spec.region).length > 0) return [];
  return [
    error("region-missing", "region", "no region is given", "A region is never guessed.", {
      fix: "region: { <cloud>: <region> }",
    }),
  ];
}

function checkZoneNames({ draft: { spec } }: Context): Diagnostic[] {
  const wanted = known(spec.availabilityZones);
  return CLOUDS.flatMap((cloud) => {
    const given = known(known(spec.zoneNames)?.[cloud]);
    if (given === undefined) return [];
    const path = joinPath("zoneNames", cloud);
    const twice = repeated(entriesOf(given, path), ({ value }) => value).map((name) =>
      error(
        "zone-names-repeated",
        name.path,
        `"${name.value}" stands in the list twice`,
        "Two availability zones that are one are no redundancy.",
        { fix: removing(name.path) },
      ),
    );
    if (wanted === undefined || given.length >= wanted) return twice;
    const detail = `${wanted} availability zones are asked for, ${given.length} named.`;
    return [
      ...twice,
      error("zone-names-few", path, `too few availability zones are named for ${cloud}`, detail, {
        facts: { wanted, named: given.length },
        fix: `# of the enclave:\navailabilityZones: ${given.length}`,
      }),
    ];
  });
}

/** Every resource carries these with our own values. */
const OWN_TAGS = ["enclave", "zone"];

function checkTags({ draft: { spec } }: Context): Diagnostic[] {
  return Object.entries(known(spec.tags) ?? {})
    .filter(([tag]) => OWN_TAGS.includes(tag.toLowerCase()))
    .map(([tag, value]) =>
      error(
        "tag-reserved",
        joinPath("tags", tag),
        `the tag "${tag}" is set already`,
        "Everything that is built carries its enclave's name, and its zone's, under these tags.",
        { fix: `my-${tag}: ${JSON.stringify(known(value) ?? "")}` },
      ),
    );
}

function checkMesh(context: Context): Diagnostic[] {
  const workloads = known(known(context.draft.spec.mesh)?.workloads) ?? {};
  return Object.keys(workloads).flatMap((zone) =>
    unknownName(context, { value: zone, path: joinPath("mesh.workloads", zone) }).map((wrong) => {
      const meant = wrong.facts["meant"];
      return typeof meant === "string" ? { ...wrong, fix: `${meant}:` } : wrong;
    }),
  );
}
