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

export const named = (kind: string, name: string, what: string, path: SpecPath): Named => ({
  kind,
  name,
  what,
  path,
});

/** How a cloud reports that two items have one name. */
interface Report {
  readonly code: Code;
  readonly why: string;
  readonly facts: (first: Named, second: Named) => Readonly<Record<string, Fact>>;
}

/** One error for each item that has a name of another item before it. */
export function reviewCollisions(names: readonly Named[], report: Report): Diagnostic[] {
  const owners = new Map<string, Named>();
  const found = new Map<string, Diagnostic>();
  for (const named of names) {
    const key = `${named.kind} ${named.name}`;
    const first = owners.get(key) ?? named;
    owners.set(key, first);
    const item = `${named.kind} ${named.what}`;
    if (first.what !== named.what && !found.has(item)) found.set(item, collision(first, named, report));
  }
  return [...found.values()];
}

function collision(first: Named, second: Named, { code, why, facts }: Report): Diagnostic {
  const summary = `two items have the ${second.kind} name "${second.name}"`;
  const detail = `${second.what} (${second.path}) and ${first.what} (${first.path}) would both be "${second.name}". ${why}`;
  const fix = `# rename ${second.path} or ${first.path}`;
  return error(code, second.path, summary, detail, { facts: facts(first, second), fix });
}
