/** An exact name, or a wildcard that holds everything below its domain, but not the domain. */
export const matchesName = (pattern: string, name: string): boolean =>
  pattern === "*" || (pattern.startsWith("*.") ? name.endsWith(pattern.slice(1)) : name === pattern);
