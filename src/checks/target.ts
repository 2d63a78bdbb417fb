/** Values that the chosen clouds need. */

import { CLOUDS, type Cloud } from "../clouds/cloud";
import { CLOUD_FACTS, cloudNaming, regionNear } from "../clouds/clouds";
import { SERVICES } from "../clouds/services";
import type { Diagnostic } from "../diagnostics/diagnostic";
import { replacing } from "../diagnostics/edit";
import { error, warning } from "../diagnostics/make";
import { sharedState } from "../model/backend";
import type { Enclave } from "../model/enclave";
import { fieldOf } from "../spec/schema/fields";
import { sampleOf } from "../spec/suggest/samples";

/** An error has the path of the missing value. */
export const checkTarget = (enclave: Enclave, clouds: readonly Cloud[]): Diagnostic[] => [
  ...checkRegions(enclave, clouds),
  ...checkLinks(enclave, clouds),
  ...checkTargets(enclave, clouds),
  ...checkState(enclave, clouds),
];

/** A warning, because each configuration is right by itself. */
function* checkState({ backend }: Enclave, clouds: readonly Cloud[]): Iterable<Diagnostic> {
  const shared = backend === undefined || clouds.length < 2 ? undefined : sharedState(backend);
  if (shared === undefined) return;
  const detail = `Each of ${clouds.join(", ")} would find what another has built in its state, and plan to destroy it. {cloud} stands for the name of the cloud.`;
  yield warning("backend-shared", shared.path, "several clouds would keep one state", detail, {
    facts: { clouds: [...clouds], value: shared.value },
    fix: replacing(shared.path, shared.apart),
  });
}

function* checkRegions({ regions, regionIsShared }: Enclave, clouds: readonly Cloud[]): Iterable<Diagnostic> {
  const [one] = Object.values(regions);
  if (regionIsShared && clouds.length > 1) {
    const own = cloudNaming(one ?? "");
    const detail = `"${one}" can be a region of one cloud only; ${clouds.join(", ")} are asked for.`;
    const fix = regionsFor(clouds, own === undefined ? {} : { [own]: one }, one);
    yield error("region-shared", "region", "one region is given for several clouds", detail, { fix });
  }
  for (const cloud of clouds) {
    if (regions[cloud] !== undefined) continue;
    const fix = regionsFor([cloud], regions, one);
    const summary = `no region is given for ${cloud}`;
    yield error("region-missing", "region", summary, "A region is never guessed.", { fix });
  }
}

/** The given regions, and for `clouds` neighbours of `one`. A comment if no neighbour is known. */
function regionsFor(clouds: readonly Cloud[], given: Enclave["regions"], one: string | undefined): string {
  const regions: string[] = [];
  for (const cloud of CLOUDS) {
    if (given[cloud] === undefined && !clouds.includes(cloud)) continue;
    const near = one === undefined ? CLOUD_FACTS[cloud].exampleRegion : regionNear(one, cloud);
    regions.push(`${cloud}: ${given[cloud] ?? near ?? "…"}`);
  }
  const line = `region: { ${regions.join(", ")} }`;
  return line.includes("…") ? `# name a region of each cloud: ${line}` : line;
}

function* checkLinks({ externalNetworks }: Enclave, clouds: readonly Cloud[]): Iterable<Diagnostic> {
  const detail = "A network outside the enclave is reached by a link that exists already.";
  for (const { name, links, path } of externalNetworks)
    for (const cloud of clouds.filter((each) => links[each] === undefined)) {
      const fix = `# name it, like ${cloud}: ${sampleOf(fieldOf(CLOUD_FACTS[cloud].link))}`;
      yield error("link-missing", path, `"${name}" has no link on ${cloud}`, detail, { fix });
    }
}

function* checkTargets({ privateEndpoints }: Enclave, clouds: readonly Cloud[]): Iterable<Diagnostic> {
  const detail = "A custom service is found by its target alone.";
  for (const { name, target, path } of privateEndpoints.filter(({ service }) => !SERVICES[service].managed))
    for (const cloud of clouds.filter((each) => target[each] === undefined)) {
      const fix = `# name it, like ${cloud}: ${sampleOf(fieldOf(CLOUD_FACTS[cloud].target))}`;
      yield error("target-missing", `${path}.target`, `"${name}" has no target on ${cloud}`, detail, { fix });
    }
}
