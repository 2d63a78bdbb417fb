/** From bytes to text: UTF-8, of bounded length, without characters that no editor shows. */
import type { Position } from "../../diagnostics/diagnostic";
import { codePoint, type SourceProblem, textProblem } from "./problem";

/** The largest spec that is read, in bytes. */
export const LONGEST_SPEC = 1024 * 1024;

/** The text of a spec file without its byte order mark, or the reason why it is no text. */
export function decode(input: string | Uint8Array): string | SourceProblem {
  const bytes = Buffer.from(input);
  if (bytes.length > LONGEST_SPEC) {
    const detail = `It has ${bytes.length} bytes; at most ${LONGEST_SPEC} are read.`;
    const facts = { bytes: bytes.length, most: LONGEST_SPEC };
    return textProblem("file-too-large", endOf(""), "the file is too large to be a spec", detail, facts);
  }
  const text = bytes.toString("utf8");
  const again = Buffer.from(text);
  if (!bytes.equals(again)) return refuseBytes(bytes, again);
  const control = UNSEEN.exec(text);
  if (control !== null) return refuseCharacter(text.slice(0, control.index), control[0]);
  return text.replace(/^\ufeff/, "");
}

/** Control characters, and those that reorder text or lines, so that a reviewer reads something else. */
const UNSEEN =
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]|\r(?!\n)|(?<!^)\ufeff/;

function refuseCharacter(before: string, character: string): SourceProblem {
  const name = codePoint(character);
  const isNoText = `${name} is not a character of a text file.`;
  const details: Readonly<Record<string, string>> = {
    "\0": `${isNoText} Text with NUL characters is often UTF-16. Save the file as UTF-8.`,
    "\r":
      "A carriage return without a line feed ends a line for some programs and not for others. " +
      "Save the file with line feeds.",
  };
  const hidden = `${name} does not show, and can make text look like other text.`;
  const detail = details[character] ?? `${character < "\u00a0" ? isNoText : hidden} Remove it.`;
  const summary = `the file has the control character ${name}`;
  return textProblem("file-control-character", endOf(before), summary, detail, { character: name });
}

/** `again` are the bytes of the text that was read: the two differ where the file is not UTF-8. */
function refuseBytes(bytes: Buffer, again: Buffer): SourceProblem {
  const different = bytes.findIndex((byte, index) => byte !== again[index]);
  const offset = different < 0 ? bytes.length : different;
  const detail = /^(?:\xff\xfe|\xfe\xff)/.test(bytes.toString("latin1", 0, 2))
    ? "It begins with the byte order mark of UTF-16."
    : `Byte ${offset} does not begin a UTF-8 character.`;
  const end = endOf(bytes.toString("utf8", 0, offset));
  const save = `${detail} Save it as UTF-8.`;
  return textProblem("file-encoding", end, "the file is not UTF-8", save, { byte: offset });
}

function endOf(text: string): Position {
  const lines = text.split("\n");
  return { line: lines.length, column: (lines.at(-1)?.length ?? 0) + 1 };
}
