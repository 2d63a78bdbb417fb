/** Makes the edits of a spec that are certain. */
import type { LocatedDiagnostic, Severity } from "../diagnostics/diagnostic";
import type { Edit } from "../diagnostics/edit";
import { editText } from "../spec/yaml/edit-text";

export interface Fixed {
  readonly text: string;
  /** The diagnostics whose edits were made, in this order. */
  readonly made: readonly LocatedDiagnostic[];
  /** Everything that the fixed text still has. */
  readonly left: readonly LocatedDiagnostic[];
}

/** `diagnose` tells everything about a text. One diagnostic's edits are made at a time, if they better it. */
export function fixText(text: string, diagnose: (text: string) => readonly LocatedDiagnostic[]): Fixed {
  const made: LocatedDiagnostic[] = [];
  const refused = new Set<string>();
  let [current, left] = [text, diagnose(text)];
  for (;;) {
    const next = left.find(({ edits }) => isExact(edits) && !refused.has(JSON.stringify(edits)));
    if (next === undefined) return { text: current, made, left };
    const edited = editText(current, next.edits);
    const after = edited === undefined ? left : diagnose(edited);
    if (edited === undefined || !isBetter(left, after)) refused.add(JSON.stringify(next.edits));
    else {
      made.push(next);
      [current, left] = [edited, after];
    }
  }
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
