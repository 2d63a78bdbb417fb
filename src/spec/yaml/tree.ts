/**
 * From text to a tree of plain values with positions. YAML is taken at its simplest: what makes a value depend on another place of
 * the file (anchors, merge keys), or a key on its type, is refused, because a security review reads line by line.
 */
import { Composer, type Document, isScalar, LineCounter, Parser } from "yaml";
import { UNKNOWN } from "../unknown";
import { depthBeyond } from "./depth";
import { type Position, problem, readNode, type SourceProblem, type Tree } from "./nodes";
import { syntaxProblems } from "./syntax";

/** Specs nest eight levels; a backend's arguments may add some. */
const DEEPEST = 32;

/** The tree of the one document in the text. `value` is UNKNOWN when its syntax is broken. */
export function readTree(text: string): Tree {
  const lines = new LineCounter();
  const tokens = [...new Parser(lines.addNewLine).parse(text)];
  const at = (offset: number): Position => {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(line, 1), column: Math.max(col, 1) };
  };
  const unreadable = (problems: readonly SourceProblem[]): Tree => ({
    value: UNKNOWN,
    positions: new Map(),
    bare: new Set(),
    problems,
  });
  const deep = depthBeyond(tokens, DEEPEST);
  if (deep !== undefined)
    return unreadable([
      problem(
        "yaml-depth",
        "the file is nested too deeply",
        `No spec nests more than ${DEEPEST} levels.`,
        at(deep),
        "",
        "# remove what is deeper",
      ),
    ]);
  const composer = new Composer({
    version: "1.2",
    merge: false,
    uniqueKeys: false,
    prettyErrors: false,
    lineCounter: lines,
    logLevel: "silent",
  });
  const documents = [...composer.compose(tokens, true, text.length)];
  const [document] = documents;
  const broken = syntaxProblems(
    text,
    tokens,
    documents.flatMap((each) => each.errors),
    at,
  );
  if (document === undefined || broken.length > 0) return unreadable(broken);
  const problems = documentProblems(documents, at);
  if (problems.length > 0) return unreadable(problems);
  return readNode(document.contents, at);
}

function documentProblems(documents: readonly Document[], at: (offset: number) => Position): SourceProblem[] {
  const [first, second] = documents;
  if (second !== undefined) {
    return [
      problem(
        "yaml-documents",
        "the file holds several documents",
        "A spec is one document: remove everything from this --- on.",
        at(second.range?.[0] ?? 0),
        "",
        "# remove all that follows the first document",
      ),
    ];
  }
  if (first?.contents === null || (isScalar(first?.contents) && first.contents.value === null)) {
    const fix = "# npx enclave init writes a spec to start from";
    return [
      problem("file-empty", "the file holds no spec", "Nothing is given.", { line: 1, column: 1 }, "", fix),
    ];
  }
  if (first?.directives?.yaml.explicit && first.directives.yaml.version !== "1.2") {
    return [
      problem(
        "yaml-directive",
        "the spec is read as YAML 1.2 only",
        "Other versions read some words and numbers differently.",
        { line: 1, column: 1 },
        "",
        "# remove the line that begins with %YAML",
      ),
    ];
  }
  return [];
}
