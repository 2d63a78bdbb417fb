/**
 * Names around patterns: those that they hold, and those beside, below and above that they might hold by
 * mistake.
 */

/** Never anybody's. */
const STRANGERS = [
  "",
  "198.51.100.7",
  "attacker.example.net",
  "example.org",
  "com",
  "data.tunnel.attacker.net",
];

export const probesOf = (patterns: Iterable<string>): string[] => [
  ...new Set([...STRANGERS, ...[...patterns].flatMap(around)]),
];

function around(pattern: string): string[] {
  if (pattern.startsWith("*.")) {
    const domain = pattern.slice(2);
    return [`a.${domain}`, `b.a.${domain}`, domain, `x${domain}`, `a.${domain}.attacker.net`];
  }
  const above = pattern.includes(".") ? [pattern.slice(pattern.indexOf(".") + 1)] : [];
  return [pattern, `sub.${pattern}`, `x${pattern}`, `${pattern}.attacker.net`, ...above];
}
