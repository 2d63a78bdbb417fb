/** What a spec asks for and a cloud cannot hold, told with the cloud's own reason. */
import type { Diagnostic } from "../src/diagnostics/diagnostic";
import type { Cloud } from "../src/model/cloud";
import type { Enclave } from "../src/model/enclave";
import { featuresOf } from "../src/model/features";
import type { Provider } from "../src/provider";

/** One error per spec item that the cloud does not support; exit 2. */
export const unsupported = (enclave: Enclave, provider: Provider): Diagnostic[] =>
  featuresOf(enclave).flatMap(({ feature, path }): Diagnostic[] => {
    const support = provider.features[feature];
    if (support.supported) return [];
    const { reason, alternative } = support;
    return [
      {
        severity: "error",
        code: "not-supported",
        summary: `${wordsFor(feature)} not supported on ${provider.cloud} yet`,
        detail: reason,
        path,
        facts: { cloud: provider.cloud, feature },
        ...(alternative === undefined ? {} : { fix: alternative }),
      },
    ];
  });

/** A whole cloud that this version cannot render for; `reason` says whether it is not built or its package is missing. */
export const cloudUnavailable = (cloud: Cloud, reason: string): Diagnostic => ({
  severity: "error",
  code: "cloud-not-available",
  summary: `${cloud} cannot be rendered`,
  detail: reason,
  path: "cloud",
  facts: { cloud },
});

const wordsFor = (feature: string): string =>
  feature.startsWith("service:") ? `the service "${feature.slice("service:".length)}" is` : `"${feature}" is`;
