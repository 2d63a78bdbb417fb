/** Values that the chosen clouds need. */

import type { Cloud } from "../clouds/cloud";
import { CLOUD_FACTS } from "../clouds/clouds";
import { SERVICES } from "../clouds/services";
import type { Diagnostic } from "../diagnostics/diagnostic";
import { setting } from "../diagnostics/edit";
import { error, warning } from "../diagnostics/make";
import { sharedState } from "../model/backend";
import type { Enclave } from "../model/enclave";

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
  const detail =
    `Each of ${clouds.join(", ")} would find what another has built in its state, and plan to destroy ` +
    "it. {cloud} stands for the name of the cloud.";
  yield warning("backend-shared", shared.path, "several clouds would keep one state", detail, {
    facts: { clouds: [...clouds], value: shared.value },
    edits: [setting(shared.path, shared.apart)],
  });
}

function* checkRegions({ regions, regionIsShared }: Enclave, clouds: readonly Cloud[]): Iterable<Diagnostic> {
  const [one] = Object.values(regions);
  const given = Object.entries(regions).map(([cloud, region]) => `${cloud}: ${region}, `);
  if (regionIsShared && clouds.length > 1) {
    const form = `region: { ${clouds.map((cloud) => `${cloud}: …`).join(", ")} }`;
    const detail = `"${one}" can be a region of one cloud only; ${clouds.join(", ")} are asked for. Write ${form}`;
    yield error("region-shared", "region", "one region is given for several clouds", detail);
  }
  for (const cloud of clouds) {
    if (regions[cloud] !== undefined) continue;
    const detail = `A region is never guessed. Write region: { ${given.join("")}${cloud}: … }`;
    yield error("region-missing", "region", `no region is given for ${cloud}`, detail);
  }
}

function* checkLinks({ externalNetworks }: Enclave, clouds: readonly Cloud[]): Iterable<Diagnostic> {
  for (const { name, links, path } of externalNetworks)
    for (const cloud of clouds.filter((each) => links[each] === undefined)) {
      const detail =
        "A network outside the enclave is reached by a link that exists already: " +
        `${formOf(cloud, "link")}`;
      yield error("link-missing", path, `"${name}" has no link on ${cloud}`, detail);
    }
}

function* checkTargets({ privateEndpoints }: Enclave, clouds: readonly Cloud[]): Iterable<Diagnostic> {
  for (const { name, target, path } of privateEndpoints.filter(({ service }) => !SERVICES[service].managed))
    for (const cloud of clouds.filter((each) => target[each] === undefined)) {
      const detail = `A custom service is found by its target alone: ${formOf(cloud, "target")}`;
      yield error("target-missing", `${path}.target`, `"${name}" has no target on ${cloud}`, detail);
    }
}

const formOf = (cloud: Cloud, kind: "link" | "target"): string =>
  `${cloud}: { ${Object.keys(CLOUD_FACTS[cloud][kind].shape).join(" or ")}: … }`;
