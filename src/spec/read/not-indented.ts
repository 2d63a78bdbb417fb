/** Items beside their part: `zones:` alone on its line, and zones below it in the same column. */
import { quoted, removing, setting } from "../../diagnostics/edit";
import { NAMED_ITEMS } from "../schema/schema";
import { isMapping, UNKNOWN } from "../unknown";
import { wrongType } from "./issues";
import type { Report } from "./read-value";

/** The spec without such items. Their part is UNKNOWN. `keys` are all keys of a spec. */
export function withoutUnindented(raw: unknown, keys: readonly string[], report: Report): unknown {
  if (!isMapping(raw)) return raw;
  const spec: Record<string, unknown> = { ...raw };
  for (const [part, { shape }] of Object.entries(NAMED_ITEMS)) {
    if (raw[part] !== null) continue;
    const isItem = (value: unknown): boolean =>
      isMapping(value) && Object.keys(value).some((field) => Object.hasOwn(shape, field));
    const items = Object.entries(raw).filter(([key, value]) => !keys.includes(key) && isItem(value));
    if (items.length === 0) continue;
    const names = items.map(([name]) => name);
    const stand = names.length === 1 ? "stands" : "stand";
    const removals = names.map((name) => removing(name, "exact"));
    report({
      ...wrongType(part, "a mapping", null),
      detail:
        `Nothing is given. ${names.map(quoted).join(", ")} ${stand} beside it: ` +
        "what belongs into it is indented.",
      edits: [setting(part, Object.fromEntries(items), "exact"), ...removals],
    });
    for (const name of names) delete spec[name];
    spec[part] = UNKNOWN;
  }
  return spec;
}
