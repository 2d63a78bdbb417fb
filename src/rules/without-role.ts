/** Says which zones no role rule judges. */
import type { Diagnostic } from "../diagnostics/diagnostic";
import { enumerate } from "../diagnostics/enumerate";
import { info } from "../diagnostics/make";
import type { Zone } from "../model/enclave";

/** One note for all of them. */
export function withoutRole(zones: readonly Zone[]): Diagnostic[] {
  const [first, ...others] = zones.filter(({ role }) => role === undefined);
  if (first === undefined) return [];
  const count = others.length + 1;
  const summary = `no role rule judges ${count === 1 ? `zone "${first.name}"` : `${count} zones`}, without a role`;
  const names = [first, ...others].slice(0, 10).map(({ name }) => name);
  const detail = `${enumerate(count > 10 ? [...names, "others"] : names, "and")}: a role says what a zone is for.`;
  return [info("role-missing", first.path, summary, detail, { facts: { zones: count } })];
}
