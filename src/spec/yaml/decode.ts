/** From bytes to text: UTF-8, of bounded length, without characters that no editor shows. */
import type { LocatedDiagnostic } from "../../diagnostics/diagnostic";

/** The largest spec that is read, in bytes. */
export const LONGEST_SPEC = 1024 * 1024;

export type Decoded =
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly diagnostic: LocatedDiagnostic };

/** The text of a spec file without its byte order mark, or why it is not one. */
export function decode(input: string | Uint8Array, file: string): Decoded {
  const size = typeof input === "string" ? Buffer.byteLength(input) : input.byteLength;
  if (size > LONGEST_SPEC) {
    return refuse(
      file,
      "",
      "file-too-large",
      "the file is too large to be a spec",
      `It has ${size} bytes; at most ${LONGEST_SPEC} are read.`,
      { bytes: size, most: LONGEST_SPEC },
      "# split the enclave",
    );
  }
  const bytes =
    typeof input === "string" ? Buffer.from(input) : Buffer.from(input.buffer, input.byteOffset, size);
  const text = bytes.toString("utf8");
  const wrong = firstDifference(bytes, Buffer.from(text));
  if (wrong !== undefined) return refuseBytes(file, bytes, wrong);
  const control = UNSEEN.exec(text);
  if (control !== null) return refuseCharacter(file, text.slice(0, control.index), control[0]);
  return { ok: true, text: text.replace(/^\ufeff/, "") };
}

/** Control characters, and what changes the order or the lines in which text is shown, so that a reviewer reads something else. */
const UNSEEN =
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]|\r(?!\n)|(?<!^)\ufeff/;

function refuseCharacter(file: string, before: string, character: string): Decoded {
  const name = `U+${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")}`;
  const [detail, fix = "# remove it"] =
    character === "\0"
      ? [
          `${name} is no character of a text file. Text with NUL characters is often UTF-16.`,
          "# save the file as UTF-8",
        ]
      : character === "\r"
        ? [
            "A carriage return without a line feed ends a line for some programs and not for others.",
            "# save the file with line feeds",
          ]
        : [
            character < "\u00a0"
              ? `${name} is no character of a text file.`
              : `${name} does not show, and can make text look like other text.`,
          ];
  return refuse(
    file,
    before,
    "file-control-character",
    `the file has the control character ${name}`,
    detail,
    { character: name },
    fix,
  );
}

function refuseBytes(file: string, bytes: Buffer, offset: number): Decoded {
  const utf16 = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
  const detail = utf16
    ? "It begins with the byte order mark of UTF-16."
    : `Byte ${offset} begins no UTF-8 character.`;
  const before = bytes.subarray(0, offset).toString("utf8");
  return refuse(
    file,
    before,
    "file-encoding",
    "the file is not UTF-8",
    detail,
    { byte: offset },
    "# save the file as UTF-8",
  );
}

function firstDifference(a: Buffer, b: Buffer): number | undefined {
  if (a.equals(b)) return undefined;
  for (let offset = 0; offset < a.length; offset++) if (a[offset] !== b[offset]) return offset;
  return a.length;
}

function refuse(
  file: string,
  before: string,
  code: string,
  summary: string,
  detail: string,
  facts: LocatedDiagnostic["facts"],
  fix: string,
): Decoded {
  const lines = before.split("\n");
  const column = (lines.at(-1)?.length ?? 0) + 1;
  return {
    ok: false,
    diagnostic: {
      severity: "error",
      code,
      summary,
      detail,
      path: "",
      facts,
      fix,
      file,
      line: lines.length,
      column,
    },
  };
}
