/** A directory for one test, with the files that the test names. */
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";

export interface Scratch {
  readonly path: string;
  readonly write: (name: string, text: string) => void;
  /** Text by name for every file; empty directories are left out. */
  readonly files: () => Readonly<Record<string, string>>;
  readonly remove: () => void;
}

export function scratch(): Scratch {
  const path = realpathSync(mkdtempSync(join(tmpdir(), "enclave-test-")));
  return {
    path,
    write: (name, text) => {
      mkdirSync(dirname(join(path, name)), { recursive: true });
      writeFileSync(join(path, name), text);
    },
    files: () =>
      Object.fromEntries(filesBelow(path).map((file) => [relative(path, file), readFileSync(file, "utf8")])),
    remove: () => {
      if (existsSync(path)) rmSync(path, { recursive: true });
    },
  };
}

const filesBelow = (directory: string): string[] =>
  readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
