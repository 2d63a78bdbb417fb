/**
 * From text to a tree of plain values with positions. Only simple YAML is accepted: a value that depends on
 * another place of the file (anchors, merge keys), or a key that depends on its type, is refused, because a
 * security review reads line by line.
 */
import { Composer, type CST, type Document, isScalar, LineCounter, Parser } from "yaml";
import { UNKNOWN } from "../unknown";
import { depthBeyond } from "./depth";
import { type Grammar, readNode, type Tree } from "./nodes";
import { type Locate, type SourceProblem, textProblem } from "./problem";
import { syntaxProblems } from "./syntax";

/** Specs nest eight levels; a backend's arguments may add some. */
const DEEPEST = 32;

const TOP = { line: 1, column: 1 };

/** The tree of the one document in the text. `value` is UNKNOWN when its syntax is broken. */
export function readTree(text: string, grammar: Grammar): Tree {
  const lines = new LineCounter();
  const tokens = [...new Parser(lines.addNewLine).parse(text)];
  const at: Locate = (offset) => {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(line, 1), column: Math.max(col, 1) };
  };
  const deep = depthBeyond(tokens, DEEPEST);
  if (deep !== undefined) {
    const detail = `No spec nests more than ${DEEPEST} levels.`;
    const summary = "the file is nested too deeply";
    return withoutTree([textProblem("yaml-depth", at(deep), summary, detail)]);
  }
  const documents = documentsOf(tokens, text, lines);
  const errors = documents.flatMap((document) => document.errors);
  const broken = syntaxProblems({ text, tokens, errors, at, fields: grammar.fields });
  const problems = broken.length > 0 ? broken : documentProblems(documents, at);
  const [document] = documents;
  if (document === undefined || problems.length > 0) return withoutTree(problems);
  return readNode(document.contents, at, grammar);
}

export const withoutTree = (problems: readonly SourceProblem[]): Tree => ({
  value: UNKNOWN,
  positions: new Map(),
  problems,
});

function documentsOf(tokens: readonly CST.Token[], text: string, lineCounter: LineCounter): Document[] {
  const composer = new Composer({
    version: "1.2",
    merge: false,
    uniqueKeys: false,
    prettyErrors: false,
    lineCounter,
    logLevel: "silent",
  });
  return [...composer.compose(tokens, true, text.length)];
}

function documentProblems([first, second]: readonly Document[], at: Locate): SourceProblem[] {
  if (second !== undefined) {
    const detail = "A spec is one document: remove everything from this --- on.";
    const place = at(second.range?.[0] ?? 0);
    return [textProblem("yaml-documents", place, "the file holds several documents", detail)];
  }
  if (first?.contents === null || (isScalar(first?.contents) && first.contents.value === null))
    return [
      textProblem(
        "file-empty",
        TOP,
        "the file holds no spec",
        "`npx ai-enclave init` writes one to start from.",
      ),
    ];
  if (first?.directives?.yaml.explicit && first.directives.yaml.version !== "1.2") {
    const detail =
      "Other versions read some words and numbers differently. Remove the line that begins with %YAML.";
    return [textProblem("yaml-directive", TOP, "the spec is read as YAML 1.2 only", detail)];
  }
  return [];
}
