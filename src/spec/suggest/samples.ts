/** Values that a missing key could have. What only the whole spec can say is a placeholder, which `own-words.ts` fills in. */

import type { SpecPath } from "../../diagnostics/diagnostic";
import { asYaml, isEntry, lastKey, removing } from "../../diagnostics/edit";
import { EXPOSURES, SERVICES } from "../../model/enclave";
import { lookup } from "../../model/lookup";
import { meantBy } from "./synonyms";

/** Numbers where the spec says nothing of one. */
export const NUMBERS = lookup({
  hosts: 50,
  prefix: 26,
  host: 4,
  port: 443,
  hops: 1,
  availabilityZones: 2,
  retentionDays: 365,
});

/** What a missing key could look like. */
const SAMPLES = lookup({
  name: "my-enclave",
  region: "<region>",
  cidr: "<range>",
  zones: "\n  app: { exposure: isolated, hosts: 50 }",
  exposure: "isolated",
  service: "object-storage",
  from: "<zone>",
  to: "<zone>",
  via: "<zone>",
  zone: "<zone>",
  ports: "[443/tcp]",
  why: '"what this is for"',
  cidrs: "[<network>]",
  host: "4",
  port: "443",
  consumers: "{ <consumers> }",
  rule: "stores-no-egress",
  namespace: "default",
  serviceAccount: "default",
  labels: "{ app: my-app }",
  kind: "istio",
  workloads:
    "{ <zone>: [{ name: my-app, namespace: default, serviceAccount: default, labels: { app: my-app } }] }",
  type: "s3",
});

/** Places where a key is needed nowhere else, or where its value is another. */
const AT: readonly (readonly [RegExp, string | undefined])[] = [
  [/^tags\b|^backend\.config\b|\.labels\./, undefined],
  [/^privateEndpoints\..*\.ports$/, undefined],
  [/^waive\[\d+\]\.zone$/, undefined],
  [/^zones\..*\.cidr$/, "<block>"],
  [/^zones\..*\.name$/, "interface"],
  [/^mesh\..*\.name$/, "my-app"],
  [/^egress\[\d+\]\.from$/, "<private>"],
  [/^egress\[\d+\]\.to$/, '["*.example.com"]'],
  [/^externalNetworks\.[^.]+$/, "{ cidrs: [<network>] }"],
  [/^publish\.[^.]+$/, "{ zone: <zone>, port: 443, consumers: { <consumers> } }"],
];

/** The value that a needed key could have; undefined where it can as well be left out. `given` is what stands there now. */
function sampleAt(path: SpecPath, given = ""): string | undefined {
  if (/^zones\.[^.[]+$/.test(path))
    return `{ exposure: ${meantBy("exposure", given, EXPOSURES) ?? "isolated"}, hosts: 50 }`;
  if (/^privateEndpoints\.[^.[]+$/.test(path))
    return `{ service: ${meantBy("service", given, SERVICES) ?? "object-storage"}, from: [<zone>] }`;
  const special = AT.find(([pattern]) => pattern.test(path));
  return special === undefined ? SAMPLES[lastKey(path)] : special[1];
}

export const isRequired = (path: SpecPath): boolean => !isEntry(path) && sampleAt(path) !== undefined;

/** The edit that gives a key a value it can have. */
export function adding(path: SpecPath, given?: string): string {
  const sample = sampleAt(path, given);
  return sample === undefined
    ? removing(path)
    : `${asYaml(lastKey(path))}:${sample.startsWith("\n") ? "" : " "}${sample}`;
}
