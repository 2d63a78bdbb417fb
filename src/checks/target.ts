/** What a spec must say for the clouds that it is rendered for; known only when they are chosen. */

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

/** Errors that concern the chosen clouds alone. The path is that of the missing value. */
export function checkTarget(enclave: Enclave, clouds: readonly Cloud[]): Diagnostic[] {
  return [
    ...checkRegions(enclave, clouds),
    ...checkLinks(enclave, clouds),
    ...checkTargets(enclave, clouds),
    ...checkState(enclave, clouds),
  ];
}

/** A warning, because each configuration is right by itself. */
function checkState({ backend }: Enclave, clouds: readonly Cloud[]): Diagnostic[] {
  const shared = backend === undefined || clouds.length < 2 ? undefined : sharedState(backend);
  if (shared === undefined) return [];
  const detail = `Each of ${clouds.join(", ")} would find what another has built in its state, and plan to destroy it. {cloud} stands for the name of the cloud.`;
  return [
    warning("backend-shared", shared.path, "several clouds would keep one state", detail, {
      facts: { clouds: [...clouds], value: shared.value },
      fix: replacing(shared.path, shared.apart),
    }),
  ];
}

function checkRegions({ regions, regionIsShared }: Enclave, clouds: readonly Cloud[]): Diagnostic[] {
  if (regionIsShared && clouds.length > 1) {
    const [region = ""] = Object.values(regions);
    const own = cloudNaming(region);
    const detail = `"${region}" can be a region of one cloud only; ${clouds.join(", ")} are asked for.`;
    const fix = regionsFor(clouds, own === undefined ? {} : { [own]: region }, region);
    return [error("region-shared", "region", "one region is given for several clouds", detail, { fix })];
  }
  return clouds
    .filter((cloud) => regions[cloud] === undefined)
    .map((cloud) =>
      error("region-missing", "region", `no region is given for ${cloud}`, "A region is never guessed.", {
        fix: regionsFor([cloud], regions, Object.values(regions)[0]),
      }),
    );
}

/** The given regions, and for `clouds` neighbours of `one`. A comment where no neighbour is known. */
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

function checkLinks({ externalNetworks }: Enclave, clouds: readonly Cloud[]): Diagnostic[] {
  return externalNetworks.flatMap(({ name, links, path }) =>
    clouds
      .filter((cloud) => links[cloud] === undefined)
      .map((cloud) =>
        error(
          "link-missing",
          path,
          `"${name}" has no link on ${cloud}`,
          "A network outside the enclave is reached by a link that exists already.",
          { fix: `# name it, like ${cloud}: ${sampleOf(fieldOf(CLOUD_FACTS[cloud].link))}` },
        ),
      ),
  );
}

function checkTargets({ privateEndpoints }: Enclave, clouds: readonly Cloud[]): Diagnostic[] {
  const custom = privateEndpoints.filter(({ service }) => !SERVICES[service].managed);
  return custom.flatMap(({ name, target, path }) =>
    clouds
      .filter((cloud) => target[cloud] === undefined)
      .map((cloud) =>
        error(
          "target-missing",
          `${path}.target`,
          `"${name}" has no target on ${cloud}`,
          "A custom service is found by its target alone.",
          { fix: `# name it, like ${cloud}: ${sampleOf(fieldOf(CLOUD_FACTS[cloud].target))}` },
        ),
      ),
  );
}
