/** Edits that a user can paste. */
import type { SpecPath } from "../diagnostics/diagnostic";
import { splitPath } from "../diagnostics/path";

/** The key at the end of a path, or the key of the list that it ends in. */
export const lastKey = (path: SpecPath): string =>
  [...splitPath(path)].reverse().find((segment): segment is string => typeof segment === "string") ?? path;

/** True for a place in a list. */
export const isEntry = (path: SpecPath): boolean => typeof splitPath(path).at(-1) === "number";

/** The value as YAML: in quotes where it would not be read as text. */
export const asYaml = (value: string): string =>
  /^[A-Za-z/][A-Za-z0-9 ./_-]*$/.test(value) && !/^(?:true|false|null|yes|no)$/i.test(value)
    ? value
    : /^\d[\d./-]*\/[a-z0-9]+$/.test(value)
      ? value
      : JSON.stringify(value);

/** The edit that puts a value in place of the present one; an entry of a list as block style has it, which `loadSpec` adapts. */
export function replacing(path: SpecPath, value: string | number): string {
  const text = typeof value === "number" ? String(value) : asYaml(value);
  return isEntry(path) ? `- ${text}` : `${asYaml(lastKey(path))}: ${text}`;
}

/** The edit that takes something away, as a comment because there is nothing to paste. */
export const removing = (path: SpecPath): string => `# remove ${path}`;

/** What a missing key could look like. */
const SAMPLES: Readonly<Record<string, string>> = {
  name: "my-enclave",
  region: "<region>",
  cidr: "10.20.0.0/16",
  exposure: "isolated",
  service: "object-storage",
  ports: "[443/tcp]",
  why: '"what this is for"',
  cidrs: "[172.16.0.0/16]",
  host: "4",
  port: "443",
  rule: "<rule>",
  labels: "{ app: <name> }",
  kind: "istio",
  type: "s3",
};

export const adding = (key: string): string => `${key}: ${SAMPLES[key] ?? `<${key}>`}`;
