/** What stands alone in a spec: availability zones, tags, mesh. */

import { CLOUDS } from "../clouds/cloud";
import type { Diagnostic } from "../diagnostics/diagnostic";
import { removing } from "../diagnostics/edit";
import { error } from "../diagnostics/make";
import { joinPath } from "../diagnostics/path";
import { type Context, repeated, unknownZone } from "./context";

export const checkSettings = (context: Context): Diagnostic[] => [
  ...checkRegion(context),
  ...checkZoneNames(context),
  ...checkTags(context),
  ...checkMesh(context),
];

function checkRegion({ draft }: Context): Diagnostic[] {
  const { region } = draft.settings.value;
  if (region === undefined || typeof region === "string" || Object.keys(region).length > 0) return [];
  return [
    error("region-missing", "region", "no region is given", "A region is never guessed.", {
      fix: "region: { <cloud>: <region> }",
    }),
  ];
}

function checkZoneNames({ draft: { settings } }: Context): Diagnostic[] {
  const { zoneNames = {}, availabilityZones } = settings.value;
  return CLOUDS.flatMap((cloud) => {
    const names = zoneNames[cloud] ?? [];
    const path = joinPath("zoneNames", cloud);
    const twice = repeated(names).map((index) =>
      error(
        "zone-names-repeated",
        joinPath(path, index),
        `"${names[index]}" stands in the list twice`,
        "Two availability zones that are one are no redundancy.",
        { fix: removing(joinPath(path, index)) },
      ),
    );
    if (
      zoneNames[cloud] === undefined ||
      availabilityZones === undefined ||
      names.length >= availabilityZones
    )
      return twice;
    const detail = `${availabilityZones} availability zones are asked for, ${names.length} named.`;
    const facts = { wanted: availabilityZones, named: names.length };
    return [
      ...twice,
      error("zone-names-few", path, `too few availability zones are named for ${cloud}`, detail, {
        facts,
        fix: `# of the enclave:\navailabilityZones: ${names.length}`,
      }),
    ];
  });
}

/** Every resource carries these with our own values. */
const OWN_TAGS = ["enclave", "zone"];

function checkTags({ draft }: Context): Diagnostic[] {
  return Object.keys(draft.settings.value.tags ?? {})
    .filter((tag) => OWN_TAGS.includes(tag.toLowerCase()))
    .map((tag) =>
      error(
        "tag-reserved",
        joinPath("tags", tag),
        `the tag "${tag}" is set already`,
        "Everything that is built carries its enclave's name, and its zone's, under these tags.",
        { fix: `my-${tag}: ${JSON.stringify(draft.settings.value.tags?.[tag])}` },
      ),
    );
}

function checkMesh(context: Context): Diagnostic[] {
  const workloads = context.draft.settings.value.mesh?.workloads ?? {};
  return Object.keys(workloads).flatMap((zone) =>
    unknownZone(context, joinPath("mesh.workloads", zone), zone).map((told) => {
      const meant = told.facts["meant"];
      return typeof meant === "string" ? { ...told, fix: `${meant}:` } : told;
    }),
  );
}
