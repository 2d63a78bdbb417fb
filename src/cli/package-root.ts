/** The directory of this package, compiled or not, which holds the files that it ships beside its code. */
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";

export function packageRoot(from: string = __dirname): string {
  if (existsSync(join(from, "package.json"))) return from;
  if (dirname(from) === from) throw new Error("the package.json of ai-enclave is missing");
  return packageRoot(dirname(from));
}

export const packageVersion = (): string =>
  (require(join(packageRoot(), "package.json")) as { readonly version: string }).version;
