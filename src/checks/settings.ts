/** Settings of the whole enclave: regions, availability zones, tags, mesh, quarantine. */

import { CLOUDS } from "../clouds/cloud";
import type { Diagnostic } from "../diagnostics/diagnostic";
import { removing } from "../diagnostics/edit";
import { error } from "../diagnostics/make";
import { joinPath } from "../diagnostics/path";
import { entriesOf, isMapping, known } from "../spec/unknown";
import { type Context, repeated, unknownName } from "./context";

export function* checkSettings(context: Context): Iterable<Diagnostic> {
  const { region, quarantine } = context.draft.spec;
  if (isMapping(region) && Object.keys(region).length === 0)
    yield error("region-missing", "region", "no region is given", "A region is never guessed.", {
      fix: "region: { <cloud>: <region> }",
    });
  yield* checkZoneNames(context);
  yield* checkTags(context);
  yield* checkMesh(context);
  for (const zone of entriesOf(quarantine, "quarantine")) yield* unknownName(context, zone);
}

function* checkZoneNames({ draft: { spec } }: Context): Iterable<Diagnostic> {
  const wanted = known(spec.availabilityZones) ?? 0;
  for (const cloud of CLOUDS) {
    const path = joinPath("zoneNames", cloud);
    const given = known(known(spec.zoneNames)?.[cloud]);
    if (given === undefined) continue;
    for (const name of repeated(entriesOf(given, path), ({ value }) => value)) {
      const summary = `"${name.value}" stands in the list twice`;
      const detail = "Two availability zones that are one are no redundancy.";
      yield error("zone-names-repeated", name.path, summary, detail, { fix: removing(name.path) });
    }
    if (given.length >= wanted) continue;
    const detail = `${wanted} availability zones are asked for, ${given.length} named.`;
    yield error("zone-names-few", path, `too few availability zones are named for ${cloud}`, detail, {
      facts: { wanted, named: given.length },
      fix: `# of the enclave:\navailabilityZones: ${given.length}`,
    });
  }
}

/** Every resource carries these with our own values. */
const OWN_TAGS = ["enclave", "zone"];

function* checkTags({ draft: { spec } }: Context): Iterable<Diagnostic> {
  for (const [tag, value] of Object.entries(known(spec.tags) ?? {})) {
    if (!OWN_TAGS.includes(tag.toLowerCase())) continue;
    const detail = "Everything that is built carries its enclave's name, and its zone's, under these tags.";
    const fix = `my-${tag}: ${JSON.stringify(known(value) ?? "")}`;
    yield error("tag-reserved", joinPath("tags", tag), `the tag "${tag}" is set already`, detail, { fix });
  }
}

function* checkMesh(context: Context): Iterable<Diagnostic> {
  for (const zone of Object.keys(known(known(context.draft.spec.mesh)?.workloads) ?? {})) {
    const key = { value: zone, path: joinPath("mesh.workloads", zone) };
    for (const wrong of unknownName(context, key)) {
      const meant = wrong.facts["meant"];
      yield typeof meant === "string" ? { ...wrong, fix: `${meant}:` } : wrong;
    }
  }
}
