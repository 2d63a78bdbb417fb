/** Diagnostics about names: items that are gone, new or renamed, and what the lock file knows of it. */
import type { Code } from "../diagnostics/catalogue";
import type { Diagnostic } from "../diagnostics/diagnostic";
import { nearest } from "../diagnostics/did-you-mean";
import { inserting, removing, setting } from "../diagnostics/edit";
import { error, info, type More } from "../diagnostics/make";
import type { Renamable } from "../model/naming";
import { type Cidr, formatCidr } from "../net/cidr";

/** A zone or an endpoint of the spec. */
export interface Item {
  readonly kind: Renamable;
  readonly name: string;
  readonly path: string;
  readonly was?: string;
}

const NOUNS: Readonly<Record<Renamable, string>> = { zones: "zone", privateEndpoints: "private endpoint" };

const list = (names: readonly string[]): string => names.map((name) => `"${name}"`).join(", ");

/** `fitting` is the only new item, if nothing else is gone and it can take over the block. */
export function renameOrRemoval(
  kind: Renamable,
  name: string,
  fresh: readonly Item[],
  fitting: Item | undefined,
): Diagnostic {
  const names = fresh.map((item) => item.name);
  const [only] = fresh.length === 1 ? fresh : [];
  const summary = `${NOUNS[kind]} "${name}" is gone, and ${list(names)} ${only ? "is" : "are"} new`;
  const detail =
    `If ${only ? "it" : "one of them"} is "${name}" under another name, write "was: ${name}" there: ` +
    `then nothing moves and nothing is replaced. If not, --removed ${name} says so, and Terraform ` +
    `destroys what "${name}" has.`;
  return error("rename-or-removal", only?.path ?? kind, summary, detail, {
    facts: { gone: name, new: names },
    edits: fitting === undefined ? [] : [inserting(`${fitting.path}.was`, name)],
  });
}

export function notRemoved(name: string, isInSpec: boolean, gone: readonly string[]): Diagnostic {
  const summary = `--removed names "${name}", which ${isInSpec ? "is in the spec" : "the lock file does not record"}`;
  const meant = nearest(name, gone);
  const detail =
    gone.length === 0
      ? "No zone and no endpoint is gone in this run."
      : `${meant === undefined ? "" : `Did you mean "${meant}"? `}Gone in this run: ${list(gone)}.`;
  return error("not-removed", "", summary, detail, { facts: { name, gone } });
}

/** `block`: of a zone. */
export function renamed({ kind, name, path }: Item, was: string, block: Cidr | undefined): Diagnostic {
  const kept = block === undefined ? "its numbers" : formatCidr(block);
  const isBack = was === name;
  const summary = `${NOUNS[kind]} "${name}" ${isBack ? `has ${kept} again` : `keeps ${kept}, as "${was}" had`}`;
  const detail = isBack
    ? "It was removed before. What Terraform destroyed since then, it makes anew at the same place."
    : "Nothing is replaced: Terraform moves the resources to their new addresses, and the cloud keeps " +
      `their names. The lock file records that, and "${was}" stays taken.`;
  const facts = { was, ...(block === undefined ? {} : { block: formatCidr(block) }) };
  return info(kind === "zones" ? "zone-renamed" : "endpoint-renamed", `${path}.was`, summary, detail, {
    facts,
  });
}

/** About the line `was` of an item. */
function onRename(
  report: typeof error,
  code: Code,
  { kind, name, path, was = "" }: Item,
  problem: string,
  detail: string,
  { facts = {}, edits = [] }: More = {},
): Diagnostic {
  const summary = `${NOUNS[kind]} "${name}" was "${was}"${problem}`;
  return report(code, `${path}.was`, summary, detail, { facts: { was, ...facts }, edits });
}

/** `owner` has the block and the numbers; it may be called otherwise by now. */
export function renameOfExisting(item: Item, owner = item.was ?? ""): Diagnostic {
  const detail =
    `"${owner}" keeps what the lock file records for it. ` +
    "Several renames in a row take one run for each.";
  const called = owner === item.was ? "" : ` as "${owner}"`;
  return onRename(error, "rename-of-existing", item, `, which is still in the spec${called}`, detail);
}

const NOT_RECORDED = ", which the lock file does not record";

export function renameUnknown(item: Item, recorded: readonly string[]): Diagnostic {
  const names = recorded.length === 0 ? "none" : list(recorded);
  const detail = `Recorded are ${names}. Without a rename, "${item.name}" is new.`;
  const meant = nearest(item.was ?? "", recorded);
  const edits = meant === undefined ? [] : [setting(`${item.path}.was`, meant)];
  return onRename(error, "rename-unknown", item, NOT_RECORDED, detail, { facts: { recorded }, edits });
}

export function renameWithoutLock(item: Item): Diagnostic {
  const detail =
    `Only the lock file knows what "${item.was}" has. ` +
    "Bring it back from version control, or name it with --lock. " +
    `In a new environment, which never had "${item.was}", remove the line.`;
  const edits = [removing(`${item.path}.was`)];
  return onRename(error, "rename-unknown", item, ", and there is no lock file", detail, { edits });
}

/** A rename that the lock file has forgotten, or a slip: both look the same, and have no effect. */
export function renameWithoutEffect(item: Item): Diagnostic {
  const detail =
    `The lock file records "${item.name}", and neither "${item.was}" nor a rename of it, so the line ` +
    "does nothing. It may stay while another lock file still has the old name.";
  const edits = [removing(`${item.path}.was`)];
  return onRename(info, "rename-without-effect", item, NOT_RECORDED, detail, { edits });
}

const AMBIGUITIES = {
  "both-recorded": ({ name, was }: Item) =>
    `The lock file records both. Either the line is an old one, or "${name}" shall give up what it ` +
    `has for what "${was}" has.`,
  circle: ({ name, was }: Item) =>
    `"${was}" in turn was "${name}", directly or through others. ` +
    "The lock file does not say whether this rename is already done.",
  "claimed-twice": ({ was }: Item) =>
    `An earlier item says that it was "${was}" too, and takes what is recorded.`,
  "freed-and-recorded": ({ name, was }: Item) =>
    `"${was}" was removed before, and "${name}" has addresses and numbers of its own since then. ` +
    `To take back those of "${was}", remove "${name}" in one run and add it again with this line in ` +
    "the next.",
  "freed-twice": ({ name, was }: Item) =>
    `Two zones "${was}" were removed, and each has left a block. Without the line, "${name}" gets a new one.`,
  returned: ({ name }: Item) =>
    `"${name}" was removed before, and came back with a new block and new numbers. ` +
    "To take back the old ones, restore the lock file of before it came back.",
} as const;

export const renameAmbiguous = (item: Item, why: keyof typeof AMBIGUITIES): Diagnostic =>
  onRename(error, "rename-ambiguous", item, ": it is not clear what it takes over", AMBIGUITIES[why](item));

/** `owner` has, or had, the name of the item. */
export function nameInUse(item: Item, owner: string): Diagnostic {
  const summary = `${NOUNS[item.kind]} "${item.name}" has a name that "${owner}" had`;
  const detail =
    `"${owner}" was renamed, and in the cloud its resources keep the names that they had. ` +
    "Take another name.";
  return error("name-in-use", item.path, summary, detail, { facts: { owner } });
}
