/** Names that have to differ in Terraform or at a cloud, and would be the same. */
import type { Code } from "../../../src/diagnostics/catalogue";
import type { Diagnostic, Fact, SpecPath } from "../../../src/diagnostics/diagnostic";
import { error } from "../../../src/diagnostics/make";

export interface Named {
  /** Names of two kinds may be the same. */
  readonly kind: string;
  readonly name: string;
  /** The item that has the name, in full. An item may have several names. */
  readonly what: string;
  readonly path: SpecPath;
}

interface Report {
  readonly code: Code;
  readonly why: string;
  readonly facts: (first: Named, second: Named) => Readonly<Record<string, Fact>>;
}

/** One error for each item that has a name of another item before it. */
export function* reviewCollisions(names: Iterable<Named>, report: Report): Iterable<Diagnostic> {
  const owners = new Map<string, Named>();
  const found = new Set<string>();
  for (const second of names) {
    const { kind, name, what, path } = second;
    const first = owners.get(`${kind} ${name}`) ?? second;
    owners.set(`${kind} ${name}`, first);
    if (first.what === what || found.has(`${kind} ${what}`)) continue;
    found.add(`${kind} ${what}`);
    const summary = `two items have the ${kind} name "${name}"`;
    const detail =
      `${what} (${path}) and ${first.what} (${first.path}) would both be "${name}". ` +
      `${report.why} Rename one of them.`;
    yield error(report.code, path, summary, detail, { facts: report.facts(first, second) });
  }
}
