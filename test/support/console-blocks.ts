/** Takes a Markdown page apart into the commands that it tells its readers to type. */

export interface ShownCommand {
  readonly line: number;
  readonly command: string;
  /** What the page says comes out; a line of dots stands for anything. Empty where it says nothing. */
  readonly output: readonly string[];
  /** What a comment `# exit N` behind the command announces, else 0. */
  readonly exitCode: number;
}

/**
 * In a `console` block each line after `$ ` is a command and what follows is its output; in an `sh` block every line is a
 * command that says nothing of its output. Other blocks are no commands. A line that ends in a backslash goes on.
 */
export function commandsIn(markdown: string): ShownCommand[] {
  return blocksOf(markdown).flatMap(({ language, line, lines }) => {
    const joined = joinContinued(lines, line);
    if (language === "sh")
      return joined.filter(({ text }) => /^[^#\s]/.test(text)).map(({ text, at }) => shown(text, at, []));
    return joined.flatMap(({ text, at }, index) => {
      if (!text.startsWith("$ ")) return [];
      const rest = joined.slice(index + 1);
      const end = rest.findIndex((next) => next.text.startsWith("$ "));
      return [
        shown(
          text.slice(2),
          at,
          (end === -1 ? rest : rest.slice(0, end)).map((next) => next.text),
        ),
      ];
    });
  });
}

/** The lines that the page shows and the output has not, in this order; empty when the page is right. */
export function missingLines(shownLines: readonly string[], output: string): string[] {
  const left = output.split("\n").map((line) => line.trimEnd());
  return shownLines.filter((line) => {
    const wanted = line.trimEnd();
    if (wanted === "" || /^(…|\.\.\.)$/.test(wanted.trim())) return false;
    const found = left.indexOf(wanted);
    if (found !== -1) left.splice(0, found + 1);
    return found === -1;
  });
}

interface Block {
  readonly language: string;
  readonly line: number;
  readonly lines: readonly string[];
}

function blocksOf(markdown: string): Block[] {
  const lines = markdown.split("\n");
  const blocks: Block[] = [];
  for (let at = 0; at < lines.length; at += 1) {
    const language = /^```(\w*)/.exec(lines[at] ?? "")?.[1];
    if (language === undefined) continue;
    const length = lines.slice(at + 1).indexOf("```");
    if (length === -1) throw new Error(`line ${at + 1}: the block has no end`);
    if (language === "console" || language === "sh")
      blocks.push({ language, line: at + 2, lines: lines.slice(at + 1, at + 1 + length) });
    at += length + 1;
  }
  return blocks;
}

function joinContinued(lines: readonly string[], first: number): { text: string; at: number }[] {
  const joined: { text: string; at: number }[] = [];
  let open = false;
  lines.forEach((line, index) => {
    const last = joined.at(-1);
    const text = line.endsWith("\\") ? line.slice(0, -1) : line;
    if (open && last !== undefined) last.text += text.trimStart();
    else joined.push({ text, at: first + index });
    open = line.endsWith("\\");
  });
  return joined;
}

function shown(text: string, line: number, output: readonly string[]): ShownCommand {
  const exitCode = Number(/\s#\s*exit (\d+)\s*$/.exec(text)?.[1] ?? 0);
  return { line, command: text.replace(/\s+#\s.*$/, ""), output, exitCode };
}
