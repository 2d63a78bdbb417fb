/** From the bytes of a spec file to the enclave it describes, or to everything that is wrong with it. */

import { checkMeaning } from "../checks/check-meaning";
import type { Cloud } from "../clouds/cloud";
import { type Diagnostic, hasErrors, type LocatedDiagnostic, type SpecPath } from "../diagnostics/diagnostic";
import { joinPath, splitPath } from "../diagnostics/path";
import type { Enclave } from "../model/enclave";
import { checkRules } from "../rules/check-rules";
import { buildEnclave } from "../spec/read/build";
import { isConsequence } from "../spec/read/consequences";
import { type Draft, readDraft } from "../spec/read/draft";
import { soundDraft } from "../spec/read/sound-draft";
import { decode } from "../spec/yaml/decode";
import { type Position, type Tree, UNREADABLE } from "../spec/yaml/nodes";
import { readTree } from "../spec/yaml/tree";

export interface LoadedSpec {
  /** Absent when the input is invalid; present beside findings, which concern a spec that means something. */
  readonly enclave?: Enclave;
  /** What later passes can look for further errors in, when there is no enclave; absent when too little could be read. */
  readonly sound?: SoundPart;
  /** In the order of the file. */
  readonly diagnostics: readonly LocatedDiagnostic[];
  /** Gives diagnostics of later passes their place: that of their path, or of the nearest part of it that the file has. */
  locate(diagnostics: readonly Diagnostic[]): LocatedDiagnostic[];
}

export interface SoundPart {
  /** The spec without what is wrong with it, and with the least that it could be where something has to be. Never to be rendered. */
  readonly enclave: Enclave;
  /** True for an error that may only be there because of one that is known already; `cloud`: the one whose review found it. */
  isConsequence(diagnostic: Diagnostic, cloud?: Cloud): boolean;
}

/**
 * Reads a spec (YAML 1.2 or JSON, UTF-8, at most 1 MiB). `file` is only the name that diagnostics carry. Whatever the input,
 * it throws nothing: every mistake is a diagnostic, all of them in one run.
 */
export function loadSpec(input: string | Uint8Array, file: string): LoadedSpec {
  const decoded = decode(input, file);
  if (!decoded.ok)
    return {
      diagnostics: [decoded.diagnostic],
      locate: locator({ positions: new Map(), bare: new Set() }, file),
    };
  const tree = readTree(decoded.text);
  const locate = locator(tree, file);
  const syntax = tree.problems.map(
    (problem): LocatedDiagnostic => ({ severity: "error", facts: {}, file, ...problem }),
  );
  if (tree.value === UNREADABLE) return { diagnostics: syntax.sort(byPosition), locate };
  const { diagnostics, ...understood } = understand(
    tree,
    syntax,
    (path) => positionOf(tree.positions, path).line,
  );
  return { ...understood, diagnostics: [...syntax, ...locate(diagnostics)].sort(byPosition), locate };
}

interface Understood extends Pick<LoadedSpec, "enclave" | "sound"> {
  readonly diagnostics: readonly Diagnostic[];
}

/** `syntax` is what was refused before its meaning could be seen. */
function understand(
  tree: Tree,
  syntax: readonly Diagnostic[],
  lineOf: (path: SpecPath) => number,
): Understood {
  const form: Diagnostic[] = [];
  const draft = readDraft(tree.value, (diagnostic) => form.push(diagnostic));
  const found = [...form, ...checkMeaning(draft, lineOf)];
  const known = [...syntax, ...found];
  const diagnostics = [...found, ...checkRules(draft, known, lineOf)];
  return {
    ...(hasErrors(known) ? soundPartOf(draft, known) : { enclave: buildEnclave(draft) }),
    diagnostics,
  };
}

function soundPartOf(draft: Draft, known: readonly Diagnostic[]): Pick<LoadedSpec, "sound"> {
  const errors = known.filter(({ severity }) => severity === "error");
  const sound = soundDraft(draft, errors);
  return sound === undefined
    ? {}
    : {
        sound: {
          enclave: buildEnclave(sound),
          isConsequence: (later, cloud) => isConsequence(later, errors, cloud),
        },
      };
}

const locator =
  ({ positions, bare }: Pick<Tree, "positions" | "bare">, file: string) =>
  (diagnostics: readonly Diagnostic[]): LocatedDiagnostic[] =>
    diagnostics
      .map((diagnostic) => ({
        ...(bare.has(diagnostic.path) ? asBare(diagnostic) : diagnostic),
        file,
        ...positionOf(positions, diagnostic.path),
      }))
      .sort(byPosition);

/** Checks propose an entry as lists in block style have it, `- a`; pasted between brackets it would be a list of its own. */
const asBare = (diagnostic: Diagnostic): Diagnostic =>
  diagnostic.fix?.startsWith("- ") ? { ...diagnostic, fix: diagnostic.fix.slice(2) } : diagnostic;

function positionOf(positions: ReadonlyMap<SpecPath, Position>, path: SpecPath): Position {
  const segments = splitPath(path);
  for (let length = segments.length; length > 0; length--) {
    const position = positions.get(joinPath("", ...segments.slice(0, length)));
    if (position !== undefined) return position;
  }
  return positions.get("") ?? { line: 1, column: 1 };
}

const byPosition = (a: LocatedDiagnostic, b: LocatedDiagnostic): number =>
  a.line - b.line || a.column - b.column || (a.code < b.code ? -1 : a.code > b.code ? 1 : 0);
