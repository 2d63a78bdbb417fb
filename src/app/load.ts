/** From the bytes of a spec file to the enclave that it describes, or to all its errors. */
import { checkMeaning } from "../checks/check-meaning";
import type { Cloud } from "../clouds/cloud";
import {
  type Diagnostic,
  hasErrors,
  type LocatedDiagnostic,
  type Position,
  type SpecPath,
} from "../diagnostics/diagnostic";
import { joinPath, splitPath } from "../diagnostics/path";
import type { Enclave } from "../model/enclave";
import type { Joined } from "../model/joins";
import { checkRules } from "../rules/check-rules";
import { checkJoins } from "../rules/joins";
import { subjectOf } from "../rules/subject";
import { buildEnclave } from "../spec/read/build";
import { type Draft, readDraft, wholeDraft, withUnknown } from "../spec/read/draft";
import { isMapping, UNKNOWN } from "../spec/unknown";
import type { Tree } from "../spec/yaml/nodes";
import { readTree } from "../spec/yaml/tree";

export interface LoadedSpec {
  /** Absent if the input is invalid; present beside findings, which concern a valid spec. */
  readonly enclave?: Enclave;
  /** The spec as read, its wrong values unknown; absent if nothing in it is readable. */
  readonly draft?: Draft;
  /** In the order of the file. */
  readonly diagnostics: readonly LocatedDiagnostic[];
  /** Gives diagnostics of later passes the place of their path, or of its nearest part in the file. */
  locate(diagnostics: readonly Diagnostic[]): LocatedDiagnostic[];
  /** Rules and assertions, judged where one address of the cloud answers for several endpoints. */
  judgeJoins(cloud: Cloud, joined: readonly Joined[]): readonly Diagnostic[];
}

/**
 * Reads a spec (YAML 1.2 or JSON, UTF-8, at most 1 MiB). `file` is only the name in diagnostics. It never
 * throws for an input: every mistake is a diagnostic, all of them in one run. `clouds` are those on which
 * rules and assertions are judged; absent: the spec's `cloud`, else all that its `region` names.
 */
export function loadSpec(input: string | Uint8Array, file: string, clouds?: readonly Cloud[]): LoadedSpec {
  const tree = readTree(input);
  const locate = locator(tree, file);
  const broken = tree.problems.map(
    (problem): LocatedDiagnostic => ({ severity: "error", facts: {}, edits: [], file, ...problem }),
  );
  if (tree.value === UNKNOWN) return { diagnostics: broken.sort(byPosition), locate, judgeJoins: () => [] };
  const { found, ...understood } = understand(tree, broken, clouds);
  return { ...understood, diagnostics: [...broken, ...locate(found)].sort(byPosition), locate };
}

/** `broken` are the errors of the YAML tree. */
function understand({ value, positions }: Tree, broken: readonly Diagnostic[], clouds?: readonly Cloud[]) {
  const lineOf = (path: SpecPath): number => positionOf(positions, path).line;
  const form: Diagnostic[] = [];
  const read = readDraft(value, (diagnostic) => form.push(diagnostic));
  const found = [...form, ...checkMeaning(read, lineOf)];
  const errors = [...broken, ...found].filter(({ severity }) => severity === "error");
  const draft = withUnknown(read, errors);
  const subject = subjectOf(read, draft, errors.length === 0, clouds);
  return {
    ...(hasErrors(errors) ? {} : { enclave: buildEnclave(wholeDraft(draft)) }),
    ...(isMapping(value) ? { draft } : {}),
    judgeJoins: (cloud: Cloud, joined: readonly Joined[]) => checkJoins(subject, cloud, joined, lineOf),
    found: [...found, ...checkRules(subject, lineOf)],
  };
}

const locator =
  ({ positions }: Pick<Tree, "positions">, file: string) =>
  (diagnostics: readonly Diagnostic[]): LocatedDiagnostic[] =>
    diagnostics
      .map((diagnostic) => ({ ...diagnostic, file, ...positionOf(positions, diagnostic.path) }))
      .sort(byPosition);

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
