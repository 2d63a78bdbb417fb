/** Small specs as the Google provider renders them, read back as a reviewer would. */

import type { PreparationOptions } from "../../../src/app/prepare";
import { synthesize } from "../../../src/app/synthesize";
import type { LocatedDiagnostic } from "../../../src/diagnostics/diagnostic";
import type { TerraformDocument } from "../../../src/plan/provider";
import {
  type Attributes,
  nested,
  resourcesOf as readResources,
  text,
  texts,
} from "../../../src/verifier/terraform/document";

const HEAD = `name: small
cloud: google
region: us-east1
cidr: 10.20.0.0/16
availabilityZones: 2
google: { project: my-project, projectNumber: "123456789012", accessPolicy: accessPolicies/1234 }
`;

/** Three zones and nothing between them. */
const ZONES = `zones:
  web: { exposure: public, hosts: 50 }
  app: { exposure: private, hosts: 50 }
  db: { exposure: isolated, cidr: 10.20.64.0/22, interfaces: [{ name: main, host: 10 }] }
`;

/** A spec with the usual head and zones; `rest` is YAML at the top level. */
export const spec = (rest = "", zones = ZONES, head = HEAD): string => head + zones + rest;

export interface Outcome {
  readonly document: TerraformDocument;
  readonly diagnostics: readonly LocatedDiagnostic[];
  readonly exitCode: number;
  readonly lockText?: string;
}

/** `lock`: the text of the lock file that lies beside the spec; null when there is none yet. */
export function attempt(
  yaml: string,
  lock: string | null = null,
  more: Partial<PreparationOptions> = {},
): Outcome {
  const lockInput = { file: "small.enclave.lock.json", ...(lock === null ? {} : { text: lock }) };
  const input = { file: "small.enclave.yaml", bytes: new TextEncoder().encode(yaml), lock: lockInput };
  const { documents, diagnostics, exitCode, lockText } = synthesize(input, {
    cloud: "google",
    frozenLock: false,
    reclaim: false,
    ...more,
  });
  const document = documents[0] === undefined ? {} : (JSON.parse(documents[0].text) as TerraformDocument);
  return { document, diagnostics, exitCode, ...(lockText === undefined ? {} : { lockText }) };
}

/** Throws with what was said when the spec is refused. */
export function render(yaml: string): TerraformDocument {
  const { document, diagnostics, exitCode } = attempt(yaml);
  if (exitCode !== 0)
    throw new Error(diagnostics.map(({ line, code, summary }) => `${line}: ${code} ${summary}`).join("\n"));
  return document;
}

export const resourcesOf = (document: TerraformDocument, type: string): ReadonlyMap<string, Attributes> =>
  readResources(document, `google_${type}`);

export function resource(document: TerraformDocument, type: string, name: string): Attributes {
  const found = resourcesOf(document, type).get(name);
  if (found === undefined) throw new Error(`there is no google_${type}.${name}`);
  return found;
}

export interface Rule {
  readonly name: string;
  readonly priority: number;
  readonly direction: string;
  readonly action: string;
  readonly disabled: unknown;
  readonly description: string;
  readonly sources: readonly string[];
  readonly destinations: readonly string[];
  /** `tcp 443`, `icmp`, `all`. */
  readonly traffic: readonly string[];
}

export function rulesOf(document: TerraformDocument): Rule[] {
  const rules = resource(document, "compute_network_firewall_policy_with_rules", "enclave")[
    "rule"
  ] as readonly Attributes[];
  return rules.map((rule) => {
    const match = nested(rule, "match");
    const traffic = (match?.["layer4_config"] ?? []) as readonly Attributes[];
    return {
      name: text(rule, "rule_name"),
      priority: Number(text(rule, "priority")),
      direction: text(rule, "direction"),
      action: text(rule, "action"),
      disabled: rule["disabled"],
      description: text(rule, "description"),
      sources: texts(match, "src_ip_ranges"),
      destinations: texts(match, "dest_ip_ranges"),
      traffic: traffic.map((layer) => [text(layer, "ip_protocol"), ...texts(layer, "ports")].join(" ")),
    };
  });
}

export function ruleNamed(document: TerraformDocument, name: string): Rule {
  const found = rulesOf(document).find((rule) => rule.name === name);
  if (found === undefined) throw new Error(`there is no rule ${name}`);
  return found;
}

export const permitsOf = (document: TerraformDocument): Rule[] =>
  rulesOf(document).filter(({ action }) => action === "allow");
