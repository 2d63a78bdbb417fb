/** From bytes to text: UTF-8, of bounded length, without characters that no editor shows. */
import type { Code } from "../../diagnostics/catalogue";
import { type SourceProblem, textProblem } from "./problem";

/** The largest spec that is read, in bytes. */
export const LONGEST_SPEC = 1024 * 1024;

export type Decoded =
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly problem: SourceProblem };

/** The text of a spec file without its byte order mark, or the reason why it is no text. */
export function decode(input: string | Uint8Array): Decoded {
  const size = typeof input === "string" ? Buffer.byteLength(input) : input.byteLength;
  if (size > LONGEST_SPEC) {
    const detail = `It has ${size} bytes; at most ${LONGEST_SPEC} are read.`;
    const facts = { bytes: size, most: LONGEST_SPEC };
    const summary = "the file is too large to be a spec";
    return refuse("file-too-large", "", summary, detail, facts);
  }
  const bytes =
    typeof input === "string" ? Buffer.from(input) : Buffer.from(input.buffer, input.byteOffset, size);
  const text = bytes.toString("utf8");
  const wrong = firstDifference(bytes, Buffer.from(text));
  if (wrong !== undefined) return refuseBytes(bytes, wrong);
  const control = UNSEEN.exec(text);
  if (control !== null) return refuseCharacter(text.slice(0, control.index), control[0]);
  return { ok: true, text: text.replace(/^\ufeff/, "") };
}

/** Control characters, and those that reorder text or lines, so that a reviewer reads something else. */
const UNSEEN =
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]|\r(?!\n)|(?<!^)\ufeff/;

function refuseCharacter(before: string, character: string): Decoded {
  const name = `U+${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")}`;
  const summary = `the file has the control character ${name}`;
  return refuse("file-control-character", before, summary, ...explain(character, name));
}

function explain(character: string, name: string): [string, SourceProblem["facts"]] {
  const facts = { character: name };
  const isNoText = `${name} is not a character of a text file.`;
  if (character === "\0")
    return [`${isNoText} Text with NUL characters is often UTF-16. Save the file as UTF-8.`, facts];
  if (character === "\r") {
    const detail =
      "A carriage return without a line feed ends a line for some programs and not for others. Save the file with line feeds.";
    return [detail, facts];
  }
  const isControl = character < "\u00a0";
  const detail = isControl ? isNoText : `${name} does not show, and can make text look like other text.`;
  return [`${detail} Remove it.`, facts];
}

function refuseBytes(bytes: Buffer, offset: number): Decoded {
  const utf16 = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
  const detail = utf16
    ? "It begins with the byte order mark of UTF-16."
    : `Byte ${offset} does not begin a UTF-8 character.`;
  const before = bytes.subarray(0, offset).toString("utf8");
  const summary = "the file is not UTF-8";
  return refuse("file-encoding", before, summary, `${detail} Save it as UTF-8.`, { byte: offset });
}

function firstDifference(a: Buffer, b: Buffer): number | undefined {
  if (a.equals(b)) return undefined;
  for (let offset = 0; offset < a.length; offset++) if (a[offset] !== b[offset]) return offset;
  return a.length;
}

/** `before` is the text up to the problem. */
function refuse(
  code: Code,
  before: string,
  summary: string,
  detail: string,
  facts: SourceProblem["facts"] = {},
): Decoded {
  const lines = before.split("\n");
  const position = { line: lines.length, column: (lines.at(-1)?.length ?? 0) + 1 };
  return { ok: false, problem: { ...textProblem(code, position, summary, detail), facts } };
}
