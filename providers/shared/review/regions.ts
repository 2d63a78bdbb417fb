/** Whether a cloud has the region of the spec, and the availability zones in it. */
import { CLOUDS, type Cloud } from "../../../src/clouds/cloud";
import { CLOUD_FACTS } from "../../../src/clouds/clouds";
import { cloudOfRegion, listedRegions } from "../../../src/clouds/regions";
import type { Diagnostic, SpecPath } from "../../../src/diagnostics/diagnostic";
import { isSameWord, isTypo } from "../../../src/diagnostics/did-you-mean";
import { inFlow, setting } from "../../../src/diagnostics/edit";
import { error, info, warning } from "../../../src/diagnostics/make";
import { joinPath } from "../../../src/diagnostics/path";
import type { NetworkPlan } from "../../../src/plan/network-plan";
import { listedZones, regionFor, zoneStart, zonesEnding } from "../regions";

export function* reviewRegion(plan: NetworkPlan, cloud: Cloud): Iterable<Diagnostic> {
  const { regions } = CLOUD_FACTS[cloud];
  const region = regionFor(plan, cloud);
  // A region that all clouds share stands under one key.
  const path = CLOUDS.every((each) => plan.regions[each] === region) ? "region" : `region.${cloud}`;
  const needed = plan.availabilityZones;
  const zones = listedZones(cloud, region);
  if (regions.foreign?.form.test(region)) {
    const summary = `region "${region}" is not supported on ${cloud}`;
    const facts = { cloud, region, needed };
    yield error(regions.foreign.code, path, summary, regions.foreign.why, { facts });
  } else if (zones === undefined) yield* reviewUnlisted(plan, cloud, path);
  else if (zones.length < needed) yield* reviewFew(plan, cloud, path, zones.length);
}

/** One zone may be the whole region, where the cloud has such. */
function* reviewFew(plan: NetworkPlan, cloud: Cloud, path: SpecPath, known: number): Iterable<Diagnostic> {
  const { isOneZone, codes } = CLOUD_FACTS[cloud].regions;
  const isNamed = plan.zoneNames[cloud] !== undefined;
  if (isOneZone !== true || isNamed || plan.availabilityZones > 1)
    return yield* reviewZoneless(plan, cloud, path, known);
  const region = regionFor(plan, cloud);
  const summary = `"${region}" has no availability zones: all lies in one place`;
  const detail = "What a failure of the place takes, it takes whole: the way out, and the logs of flows.";
  yield info(codes.zones, path, summary, detail, { facts: { region } });
}

/** Zones differ from account to account, or there are none; the table may be older than they are. */
function* reviewZoneless(
  plan: NetworkPlan,
  cloud: Cloud,
  path: SpecPath,
  known: number,
): Iterable<Diagnostic> {
  const { zonesDiffer, codes } = CLOUD_FACTS[cloud].regions;
  const isNamed = plan.zoneNames[cloud] !== undefined;
  if (isNamed && zonesDiffer) return;
  const [region, needed] = [regionFor(plan, cloud), plan.availabilityZones];
  const [summary, detail] = zonesDiffer
    ? [
        `the availability zones of "${region}" are not known`,
        `The table has ${known} of them that every account sees under one name; ` +
          `${needed} are needed. Write ${namingZones(plan, cloud)}`,
      ]
    : [
        `"${region}" has no availability zones`,
        "Write availabilityZones: 1 without zoneNames, or choose another region, unless it has got some since " +
          "August 2026.",
      ];
  const report = isNamed ? warning : error;
  yield report(codes.zones, path, summary, detail, { facts: { region, needed } });
}

/** A region that is newer than the table can be used by naming its zones. */
function* reviewUnlisted(plan: NetworkPlan, cloud: Cloud, path: SpecPath): Iterable<Diagnostic> {
  const { title, regions, exampleRegion } = CLOUD_FACTS[cloud];
  const region = regionFor(plan, cloud);
  const owner = cloudOfRegion(region);
  const meant = owner === undefined ? regionLike(region, cloud) : undefined;
  const isWellFormed = owner === undefined && regions.form.test(region);
  const isNamed = plan.zoneNames[cloud] !== undefined && isWellFormed;
  if (isNamed && (meant === undefined || !regions.warnsOfSimilar)) return;
  const question = meant === undefined ? "" : ` Did you mean "${meant}"?`;
  const newer =
    isWellFormed && meant === undefined
      ? ` A region that is newer than the table needs its zones by name: ${namingZones(plan, cloud)}`
      : "";
  const place =
    owner === undefined
      ? `The table of regions of ${title} does not have it.`
      : `It is a region of ${CLOUD_FACTS[owner].title}. Those of ${title} are named like ${exampleRegion}.`;
  const detail = `${place}${question}${newer}`;
  const { unlisted, similar = unlisted } = regions.codes;
  const code = meant === undefined ? unlisted : similar;
  const facts = { region, needed: plan.availabilityZones, ...(meant === undefined ? {} : { meant }) };
  const same = meant !== undefined && isSameWord(region, meant) ? "exact" : "likely";
  const edits = meant === undefined ? [] : [setting(path, meant, same)];
  const report = isNamed ? warning : error;
  yield report(code, path, `"${region}" is not a known region`, detail, { facts, edits });
}

/** One letter is a slip; two are often another country. `me-` and `mx-` are different ones too. */
function regionLike(region: string, cloud: Cloud): string | undefined {
  const listed = listedRegions(cloud);
  const near = listed.filter((each) => isTypo(region, each) && placeIn(each) === placeIn(region));
  return listed.find((each) => isSameWord(region, each)) ?? (near.length === 1 ? near[0] : undefined);
}

const placeIn = (region: string): string => (region.includes("-") ? (region.split("-")[0] ?? "") : "");

/** Names that zones of the enclave's region may have. */
function possibleZones(plan: NetworkPlan, cloud: Cloud): string[] {
  const region = regionFor(plan, cloud);
  const listed = listedZones(cloud, region) ?? [];
  return listed.length > 0 ? listed : zonesEnding(cloud, region, CLOUD_FACTS[cloud].regions.ends);
}

function namingZones(plan: NetworkPlan, cloud: Cloud): string {
  const names = possibleZones(plan, cloud).slice(0, plan.availabilityZones);
  return `zoneNames: { ${cloud}: ${inFlow(names)} }`;
}

export function* reviewZoneNames(plan: NetworkPlan, cloud: Cloud): Iterable<Diagnostic> {
  const { zoneEnd, codes } = CLOUD_FACTS[cloud].regions;
  const region = regionFor(plan, cloud);
  const start = zoneStart(cloud, region);
  const names = plan.zoneNames[cloud] ?? [];
  const possible = possibleZones(plan, cloud);
  const detail = `Availability zones of ${region} are named like ${possible.join(", ")}.`;
  for (const [index, name] of names.entries()) {
    if (name.startsWith(start) && zoneEnd.test(name.slice(start.length))) continue;
    const path = joinPath("zoneNames", cloud, index);
    const summary = `availability zone "${name}" is not in ${region}`;
    yield error(codes.zone, path, summary, detail, { facts: { region, name } });
  }
}
