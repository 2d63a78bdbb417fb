/** The codes and the one message of the yaml library that the explanations of broken text rely on. */
import { Composer, Parser } from "yaml";

/** Code, message and the character at the place of each error. */
function errorsOf(text: string): { code: string; message: string; character: string | undefined }[] {
  const tokens = [...new Parser().parse(text)];
  const documents = [
    ...new Composer({ prettyErrors: false, uniqueKeys: false }).compose(tokens, true, text.length),
  ];
  return documents
    .flatMap(({ errors }) => errors)
    .map(({ code, message, pos }) => ({ code, message, character: text[pos[0]] }));
}

test.each([
  ["a tab that indents", "a:\n\tb: c\n", "TAB_AS_INDENT", "\t"],
  ["a tab before a value", "a:\n  - \t@b\n", "BAD_SCALAR_START", "@"],
  ["a comma that is missing between brackets", "a: { b: [c] d: e }\n", "MISSING_CHAR", ":"],
  ["a mapping whose keys begin in two columns", "a:\n    b: c\n  d: e\n", "BAD_INDENT", " "],
  ["a value below a value", "a: b\n  c: d\n", "BLOCK_AS_IMPLICIT_KEY", "b"],
  ["text that begins with a reserved character", "a: @b\n", "BAD_SCALAR_START", "@"],
  ["an alias without a name", "a: *\n", "BAD_ALIAS", "*"],
  ["a key without end", `${"k".repeat(1100)}: a\n`, "KEY_OVER_1024_CHARS", "k"],
  ["a key without a colon", "a: b\nflows\nc: d\n", "MULTILINE_IMPLICIT_KEY", "f"],
  ["a bracket without end", "a: { b: c\nd: e\n", "BAD_INDENT", "d"],
])("%s has a code and a place", (_, text, code, character) => {
  expect(errorsOf(text)).toContainEqual(expect.objectContaining({ code, character }));
});

test("a token after a value that has ended has no code of its own, and so is known by its message", () => {
  expect(errorsOf('a: "b" c\n')).toContainEqual(
    expect.objectContaining({ code: "UNEXPECTED_TOKEN", message: expect.stringMatching(/at node end/) }),
  );
  expect(errorsOf("a: [b,,c]\n")).toContainEqual(
    expect.objectContaining({ code: "UNEXPECTED_TOKEN", message: expect.not.stringMatching(/at node end/) }),
  );
});
