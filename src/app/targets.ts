/** Chooses the clouds, and finds the values that they need and the features that they lack. */
import type { ProviderLookup } from "../../providers/index";
import { checkTarget } from "../checks/target";
import { CLOUDS, type Cloud } from "../clouds/cloud";
import type { Diagnostic, SpecPath } from "../diagnostics/diagnostic";
import { error } from "../diagnostics/make";
import { joinPath } from "../diagnostics/path";
import type { Enclave } from "../model/enclave";
import type { Feature, Provider } from "../plan/provider";
import type { Draft } from "../spec/read/draft";
import type { EndpointSpec } from "../spec/schema/schema";
import { type Fields, known, knownValues } from "../spec/unknown";
import { type CloudChoice, cloudsIn } from "./cloud-choice";

/** Gives a reason for a cloud whose provider package is not installed. */
export type ProviderFor = (cloud: Cloud) => ProviderLookup;

export interface Target {
  readonly provider: Provider;
  /** Features that the cloud does not have, one error for each use. */
  readonly capabilities: readonly Diagnostic[];
}

/** The diagnostics are of clouds that cannot be rendered, and of values that the chosen clouds need. */
export function chooseTargets(
  draft: Draft,
  enclave: Enclave,
  choice: CloudChoice | undefined,
  providerFor: ProviderFor,
): { readonly targets: readonly Target[]; readonly diagnostics: readonly Diagnostic[] } {
  const wanted = choice ?? enclave.cloud;
  if (wanted === undefined) return { targets: [], diagnostics: [cloudMissing] };
  const clouds = cloudsIn(wanted);
  const features = featuresIn(draft);
  const targets: Target[] = [];
  const unavailable: Diagnostic[] = [];
  for (const cloud of clouds) {
    const { provider, reason } = providerFor(cloud);
    const [summary, facts] = [`${cloud} cannot be rendered`, { cloud }];
    if (provider === undefined)
      unavailable.push(error("cloud-unavailable", "cloud", summary, reason, { facts }));
    else targets.push({ provider, capabilities: features.flatMap((used) => unsupported(provider, used)) });
  }
  return { targets, diagnostics: [...unavailable, ...checkTarget(enclave, clouds)] };
}

/** `path`: the spec item that asks for it, of one cloud or of all. */
type UsedFeature = { readonly feature: Feature; readonly path: SpecPath; readonly cloud?: Cloud };

/** Read from the draft: a feature that a cloud lacks is an error even if its use is wrong. */
function featuresIn({ externalNetworks, privateEndpoints, publish, spec }: Draft): UsedFeature[] {
  const used: UsedFeature[] = [];
  for (const { path } of externalNetworks) used.push({ feature: "external-networks", path });
  for (const { path, value } of privateEndpoints) used.push(...featuresOfEndpoint(path, value));
  if (spec.inspection === "request") used.push({ feature: "inspection-request", path: "inspection" });
  for (const { path } of publish) used.push({ feature: "publish", path });
  if (spec.mesh !== undefined) used.push({ feature: "mesh", path: "mesh" });
  return used;
}

function* featuresOfEndpoint(path: SpecPath, value: Fields<EndpointSpec>): Iterable<UsedFeature> {
  for (const service of knownValues(value.service)) yield { feature: `service:${service}`, path };
  if (value.anonymous === true) yield { feature: "anonymous", path: joinPath(path, "anonymous") };
  for (const cloud of CLOUDS)
    if (known(value.actions)?.[cloud] !== undefined)
      yield { feature: "actions", path: joinPath(path, "actions", cloud), cloud };
}

function unsupported({ cloud, features }: Provider, used: UsedFeature): Diagnostic[] {
  const { feature, path } = used;
  const support = features[feature];
  if (support.supported || (used.cloud ?? cloud) !== cloud) return [];
  const summary = `${feature.replace("service:", "")} is not supported on ${cloud}`;
  const detail = `${support.reason} Instead: ${support.alternative}.`;
  return [error("capability-missing", path, summary, detail, { facts: { cloud, feature } })];
}

const cloudMissing: Diagnostic = error(
  "cloud-missing",
  "cloud",
  "no cloud is named",
  `One of ${CLOUDS.join(", ")} is taken from --cloud, ENCLAVE_CLOUD, the context "cloud" in ` +
    "cdktf.json, and the spec, in this order.",
);
