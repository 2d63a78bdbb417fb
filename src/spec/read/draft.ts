/** A spec as far as it is sound: what the checks of meaning read, so that mistakes of form hide none of theirs. */

import type { z } from "zod";
import type { Diagnostic } from "../../diagnostics/diagnostic";
import { quoted } from "../../diagnostics/edit";
import { joinPath } from "../../diagnostics/path";
import {
  type AssertionSpec,
  type EgressSpec,
  type EndpointSpec,
  type ExternalSpec,
  type FlowSpec,
  LISTED_ITEMS,
  NAMED_ITEMS,
  type PublishSpec,
  type Settings,
  settingsShape,
  type WaiverSpec,
  type ZoneSpec,
} from "../schema/schema";
import { fitting } from "../suggest/own-words";
import { block } from "../suggest/proposals";
import { isMapping, UNREADABLE } from "../yaml/nodes";
import { wrongType } from "./issues";
import { type Item, readItem } from "./item";

export interface Draft {
  readonly settings: Item<Settings>;
  readonly zones: readonly Item<ZoneSpec>[];
  readonly externalNetworks: readonly Item<ExternalSpec>[];
  readonly flows: readonly Item<FlowSpec>[];
  readonly privateEndpoints: readonly Item<EndpointSpec>[];
  readonly egress: readonly Item<EgressSpec>[];
  readonly publish: readonly Item<PublishSpec>[];
  readonly assertions: readonly Item<AssertionSpec>[];
  readonly waive: readonly Item<WaiverSpec>[];
  /** Parts that could not be read at all: names that seem unknown may stand there. */
  readonly lost: ReadonlySet<string>;
  /** Makes the fix of a diagnostic one that fits the spec as it stands. */
  fitting(diagnostic: Diagnostic): Diagnostic;
}

const PARTS = [...Object.keys(NAMED_ITEMS), ...Object.keys(LISTED_ITEMS)];

/** Reads a whole spec; `tell` is told everything that is wrong with its form. */
export function readDraft(raw: unknown, tell: (diagnostic: Diagnostic) => void): Draft {
  const report = (diagnostic: Diagnostic): void => tell(fitting(diagnostic, raw));
  const root = isMapping(raw) ? raw : {};
  const lost = new Set<string>(isMapping(raw) ? [] : PARTS);
  const named = <S extends z.ZodObject>(part: string, shape: S): Item<z.output<S>>[] => {
    const entries = root[part];
    const strays = straysOf(root, part);
    if (entries === undefined) return [];
    if (entries === null && strays.size > 0) {
      lost.add(part);
      report(notIndented(part, strays));
      return [];
    }
    if (!isMapping(entries)) return lose(part, "a mapping", entries);
    return Object.entries(entries).map(([name, item]) =>
      readItem(shape, item, { name, path: joinPath(part, name) }, report),
    );
  };
  const listed = <S extends z.ZodObject>(part: string, shape: S): Item<z.output<S>>[] => {
    const entries = root[part];
    if (entries === undefined) return [];
    if (!Array.isArray(entries)) return lose(part, "a list", entries);
    return entries.map((item, index) =>
      readItem(shape, item, { name: String(index), path: joinPath(part, index) }, report),
    );
  };
  const lose = (part: string, wanted: string, entries: unknown): [] => {
    lost.add(part);
    if (entries !== UNREADABLE) report(wrongType(part, wanted, entries));
    return [];
  };
  const strayed = Object.keys(NAMED_ITEMS).flatMap((part) => [...straysOf(root, part).keys()]);
  const settings = readItem(settingsShape, raw, { name: "", path: "" }, report, [...PARTS, ...strayed]);
  // A part under a mistyped key is there, but cannot be read.
  for (const part of PARTS) if (settings.doubtful(part)) lost.add(part);
  return {
    settings,
    zones: named("zones", NAMED_ITEMS.zones),
    externalNetworks: named("externalNetworks", NAMED_ITEMS.externalNetworks),
    flows: listed("flows", LISTED_ITEMS.flows),
    privateEndpoints: named("privateEndpoints", NAMED_ITEMS.privateEndpoints),
    egress: listed("egress", LISTED_ITEMS.egress),
    publish: named("publish", NAMED_ITEMS.publish),
    assertions: listed("assertions", LISTED_ITEMS.assertions),
    waive: listed("waive", LISTED_ITEMS.waive),
    lost,
    fitting: (diagnostic) => fitting(diagnostic, raw),
  };
}

/** Items that stand beside an empty part and not in it, because they were not indented. */
function straysOf(root: Readonly<Record<string, unknown>>, part: string): ReadonlyMap<string, unknown> {
  if (root[part] !== null) return new Map();
  const { shape } = NAMED_ITEMS[part as keyof typeof NAMED_ITEMS];
  const known = [...PARTS, ...Object.keys(settingsShape.shape)];
  const strays = Object.entries(root).filter(
    ([key, item]) =>
      !known.includes(key) &&
      isMapping(item) &&
      Object.keys(item).some((field) => Object.hasOwn(shape, field)),
  );
  return new Map(strays);
}

function notIndented(part: string, strays: ReadonlyMap<string, unknown>): Diagnostic {
  const names = [...strays.keys()].map(quoted).join(", ");
  const detail = `Nothing is given. ${names} ${strays.size === 1 ? "stands" : "stand"} beside it: what belongs into it is indented.`;
  return {
    ...wrongType(part, "a mapping", null),
    detail,
    fix: `# instead of ${[...strays.keys()].join(", ")}:\n${block(part, Object.fromEntries(strays))}`,
  };
}
