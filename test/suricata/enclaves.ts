/** Enclaves whose rules are tried, and what a document says of its rules: the text, and the addresses of its sets. */
import { render, type Spec } from "../support/rendered";
import type { Variables } from "./engine";

const zone = (cidr: string) => ({ exposure: "private", cidr });

/** `app` has the addresses of the table of packets; `jobs` leaves by another port. */
const enclave = (egress: readonly unknown[], more: Readonly<Record<string, unknown>> = {}): Spec => ({
  name: "case",
  region: "us-east-1",
  cidr: "10.20.0.0/16",
  availabilityZones: 1,
  zones: { app: zone("10.20.16.0/24"), jobs: zone("10.20.32.0/24") },
  egress,
  ...more,
});

const rule = (from: string, to: readonly string[], port: number) => ({
  from: [from],
  to,
  ports: [`${port}/tcp`],
  why: "a test",
});

const TLS = [rule("app", ["mirror.example.com", "*.example.org"], 443)];
const NAMES = [...TLS, rule("jobs", ["jobs.example.com"], 8443)];

export const SPECS = {
  tls: enclave(NAMES),
  both: enclave([...NAMES, rule("app", ["plain.example.com", "*.example.org"], 80)]),
  request: enclave(NAMES, {
    inspection: "request",
    aws: {
      inspectionCertificateArn:
        "arn:aws:acm:us-east-1:111122223333:certificate/00000000-0000-0000-0000-000000000000",
    },
  }),
} as const;

interface IpSet {
  readonly key: string;
  readonly ip_set: { readonly definition: readonly string[] };
}

export interface Firewall {
  readonly rules: string;
  readonly variables: Variables;
  /** With every zone in quarantine. */
  readonly cut: Variables;
}

/** Undefined where nothing leaves. */
export function firewallOf(spec: Spec): Firewall | undefined {
  const resources = render("aws", spec).document["resource"] as Record<string, Record<string, never>>;
  const groups = resources["aws_networkfirewall_rule_group"] as unknown as
    | Record<
        string,
        { rule_group: { rule_variables: { ip_sets: IpSet[] }; rules_source: { rules_string: string } } }
      >
    | undefined;
  const policies = resources["aws_networkfirewall_firewall_policy"] as unknown as Record<
    string,
    { firewall_policy: { policy_variables: { rule_variables: IpSet[] } } }
  >;
  const group = groups?.["enclave"]?.rule_group;
  const policy = policies?.["enclave"]?.firewall_policy;
  if (group === undefined || policy === undefined) return undefined;
  const sets = [...policy.policy_variables.rule_variables, ...group.rule_variables.ip_sets];
  const variables = (choice: 0 | 1): Variables => ({
    ...Object.fromEntries(
      sets.map(({ key, ip_set }) => [key, `[${ip_set.definition.map(chosen(choice)).join()}]`]),
    ),
    EXTERNAL_NET: "!$HOME_NET",
  });
  return { rules: group.rules_source.rules_string, variables: variables(1), cut: variables(0) };
}

/** Of `${contains(…) ? "in quarantine" : "else"}`. */
const chosen =
  (choice: 0 | 1) =>
  (value: string): string =>
    /\? "([^"]+)" : "([^"]+)"/.exec(value)?.[choice + 1] ?? value;
