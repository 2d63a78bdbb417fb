/** Makes the edits of a spec that are certain. */
import type { LocatedDiagnostic, Severity } from "../diagnostics/diagnostic";
import type { Edit } from "../diagnostics/edit";
import { editText } from "../spec/yaml/edit-text";

export interface Fixed {
  readonly text: string;
  readonly made: readonly Made[];
  /** Everything that the fixed text still has. */
  readonly left: readonly LocatedDiagnostic[];
}

/** The edits of one diagnostic, and the lines that they changed, in the order of the edits. */
export interface Made {
  readonly diagnostic: LocatedDiagnostic;
  readonly changes: readonly Change[];
}

/** Absent: `before` of a line that is new, `after` of one that is gone. */
export interface Change {
  readonly line: number;
  readonly before?: string | undefined;
  readonly after?: string | undefined;
}

/** `diagnose` tells everything about a text. One diagnostic's edits are made at a time, if they better it. */
export function fixText(text: string, diagnose: (text: string) => readonly LocatedDiagnostic[]): Fixed {
  const made: Made[] = [];
  const refused = new Set<string>();
  let [current, left] = [text, diagnose(text)];
  for (;;) {
    const next = left.find(({ edits }) => isExact(edits) && !refused.has(JSON.stringify(edits)));
    if (next === undefined) return { text: current, made, left };
    const edited = editText(current, next.edits);
    const after = edited === undefined ? left : diagnose(edited);
    if (edited === undefined || !isBetter(left, after)) refused.add(JSON.stringify(next.edits));
    else {
      made.push({ diagnostic: next, changes: changesOf(current.split("\n"), edited.split("\n")) });
      [current, left] = [edited, after];
    }
  }
}

/** From the first line that differs to the last one. */
function changesOf(before: readonly string[], after: readonly string[]): Change[] {
  const shorter = Math.min(before.length, after.length);
  const start = [...before, undefined].findIndex((line, index) => line !== after[index]);
  let end = 0;
  while (end < shorter - start && before.at(-1 - end) === after.at(-1 - end)) end++;
  const [old, now] = [before.slice(start, before.length - end), after.slice(start, after.length - end)];
  return Array.from({ length: Math.max(old.length, now.length) }, (_, index) => {
    return { line: start + index + 1, before: old[index], after: now[index] };
  }).filter((change) => change.before !== change.after);
}

const isExact = (edits: readonly Edit[]): boolean =>
  edits.length > 0 && edits.every(({ applicability }) => applicability === "exact");

const toldIn = (all: readonly LocatedDiagnostic[], severity: Severity): string[] =>
  all.filter((each) => each.severity === severity).map(({ code, summary }) => `${code}: ${summary}`);

/** Fewer errors and none that is new; or the same errors, and fewer warnings. */
function isBetter(before: readonly LocatedDiagnostic[], after: readonly LocatedDiagnostic[]): boolean {
  const [known, errors] = [toldIn(before, "error"), toldIn(after, "error")];
  if (errors.length !== known.length)
    return errors.length < known.length && errors.every((error) => known.includes(error));
  return (
    String(errors) === String(known) && toldIn(after, "warning").length < toldIn(before, "warning").length
  );
}
