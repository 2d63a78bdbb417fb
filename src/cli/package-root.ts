/** The directory of this package, compiled or not, which holds the files that it ships beside its code. */
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";

export const packageRoot = (from: string = __dirname): string =>
  existsSync(join(from, "package.json")) ? from : packageRoot(dirname(from));

export const packageVersion = (): string =>
  (require(join(packageRoot(), "package.json")) as { readonly version: string }).version;
