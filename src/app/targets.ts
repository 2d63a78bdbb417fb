/** Chooses the clouds that a spec is prepared for, and finds what it needs of them and they of it. */
import type { ProviderLookup } from "../../providers/index";
import { checkTarget } from "../checks/target";
import { CLOUDS, type Cloud } from "../clouds/cloud";
import type { Diagnostic } from "../diagnostics/diagnostic";
import { error } from "../diagnostics/make";
import type { Enclave } from "../model/enclave";
import type { Features } from "../model/features";
import { type Provider, unsupported } from "../plan/provider";
import type { Draft } from "../spec/read/draft";
import { known, knownValues } from "../spec/unknown";
import type { CloudChoice } from "./cloud-choice";

/** Gives a reason for a cloud whose provider package is not installed. */
export type ProviderFor = (cloud: Cloud) => ProviderLookup;

export interface Target {
  readonly provider: Provider;
  /** Features that the cloud does not have, one error for each use. */
  readonly capabilities: readonly Diagnostic[];
}

export interface Targets {
  readonly targets: readonly Target[];
  /** Clouds that cannot be rendered, and values that the chosen clouds need. */
  readonly diagnostics: readonly Diagnostic[];
}

export function chooseTargets(
  { draft, enclave }: { readonly draft: Draft; readonly enclave: Enclave },
  choice: CloudChoice | undefined,
  providerFor: ProviderFor,
): Targets {
  const wanted = choice ?? enclave.cloud;
  if (wanted === undefined) return { targets: [], diagnostics: [cloudMissing] };
  const clouds = wanted === "all" ? CLOUDS : [wanted];
  const features = featuresIn(draft);
  const targets: Target[] = [];
  const unavailable: Diagnostic[] = [];
  for (const cloud of clouds) {
    const { provider, reason } = providerFor(cloud);
    if (provider !== undefined) targets.push({ provider, capabilities: unsupported(provider, features) });
    if (reason !== undefined) unavailable.push(cloudUnavailable(cloud, reason));
  }
  return { targets, diagnostics: [...unavailable, ...checkTarget(enclave, clouds)] };
}

/** Read from the draft: a feature that a cloud does not have is missing, however wrong its use is. */
function featuresIn({ externalNetworks, privateEndpoints, publish, spec }: Draft): Features {
  const inspection = known(spec.inspection);
  const services = privateEndpoints.flatMap(({ path, value }) =>
    knownValues(value.service).map((service) => ({ path, service })),
  );
  return {
    externalNetworks,
    privateEndpoints: services,
    published: publish,
    ...(inspection === undefined ? {} : { inspection }),
    ...(spec.mesh === undefined ? {} : { mesh: { path: "mesh" } }),
  };
}

/** A whole cloud that cannot be rendered for; `reason` says whether it is not built yet or its package is missing. */
const cloudUnavailable = (cloud: Cloud, reason: string): Diagnostic =>
  error("cloud-unavailable", "cloud", `${cloud} cannot be rendered`, reason, { facts: { cloud } });

const cloudMissing: Diagnostic = error(
  "cloud-missing",
  "cloud",
  "no cloud is named",
  'It is taken from --cloud, ENCLAVE_CLOUD, the context "cloud" in cdktf.json, and the spec, in this order.',
  { fix: `cloud: ${CLOUDS[0]}` },
);
