/**
 * From text to a tree of plain values with positions. Only simple YAML is accepted: a value that depends on
 * another place of the file (anchors, merge keys), or a key that depends on its type, is refused, because a
 * security review reads line by line.
 */
import { Composer, type Document, isScalar, LineCounter, Parser } from "yaml";
import { UNKNOWN } from "../unknown";
import { decode } from "./decode";
import { tokensIn } from "./depth";
import { AS_WRITTEN, readNode, type Tree } from "./nodes";
import { type Locate, type SourceProblem, textProblem } from "./problem";
import { syntaxProblems } from "./syntax";

/** Specs nest eight levels; a backend's arguments may add some. */
const DEEPEST = 32;

const TOP = { line: 1, column: 1 };

/** The tree of the one document in a file. `value` is UNKNOWN when it is no text, or its syntax is broken. */
export function readTree(input: string | Uint8Array): Tree {
  const text = decode(input);
  if (typeof text !== "string") return withoutTree([text]);
  const lineCounter = new LineCounter();
  const tokens = [...new Parser(lineCounter.addNewLine).parse(text)];
  const at: Locate = (offset) => {
    const { line, col } = lineCounter.linePos(offset);
    return { line: Math.max(line, 1), column: Math.max(col, 1) };
  };
  for (const { token, depth } of tokensIn(tokens)) {
    if (depth <= DEEPEST) continue;
    const detail = `No spec nests more than ${DEEPEST} levels.`;
    return withoutTree([
      textProblem("yaml-depth", at(token.offset), "the file is nested too deeply", detail),
    ]);
  }
  const composer = new Composer({ ...AS_WRITTEN, version: "1.2", prettyErrors: false, lineCounter });
  const documents = [...composer.compose(tokens, true, text.length)];
  const errors = documents.flatMap((document) => document.errors);
  const broken = syntaxProblems({ text, tokens, errors, at });
  const problems = broken.length > 0 ? broken : documentProblems(documents, at);
  const root = documents[0]?.contents ?? null;
  return root === null || problems.length > 0 ? withoutTree(problems) : readNode(root, at);
}

const withoutTree = (problems: readonly SourceProblem[]): Tree => {
  return { value: UNKNOWN, positions: new Map(), problems };
};

function documentProblems([first, second]: readonly Document[], at: Locate): SourceProblem[] {
  if (second !== undefined) {
    const detail = "A spec is one document: remove everything from this --- on.";
    const place = at(second.range?.[0] ?? 0);
    return [textProblem("yaml-documents", place, "the file holds several documents", detail)];
  }
  if (first?.contents === null || (isScalar(first?.contents) && first.contents.value === null)) {
    const detail = "`npx ai-enclave init` writes one to start from.";
    return [textProblem("file-empty", TOP, "the file holds no spec", detail)];
  }
  if (first?.directives?.yaml.explicit && first.directives.yaml.version !== "1.2") {
    const detail =
      "Other versions read some words and numbers differently. Remove the line that begins with %YAML.";
    return [textProblem("yaml-directive", TOP, "the spec is read as YAML 1.2 only", detail)];
  }
  return [];
}
