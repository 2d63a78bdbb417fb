/**
 * cdktf loads a packer of archives for its assets, and more than two hundred files with it: a fifteenth of a whole run. An enclave
 * has no assets, so the packer is loaded when somebody asks for an archive, and not before. Has to come before cdktf itself.
 */
import { createRequire, Module } from "node:module";

type Packer = (...args: readonly unknown[]) => unknown;

const requireOfCdktf = createRequire(require.resolve("cdktf"));

/** Undefined where cdktf has no such package any more. */
function locate(name: string): string | undefined {
  try {
    return requireOfCdktf.resolve(name);
  } catch {
    return undefined;
  }
}

function defer(name: string): void {
  const file = locate(name);
  if (file === undefined || require.cache[file] !== undefined) return;
  const deferred: Packer = (...args) => {
    delete require.cache[file];
    return (requireOfCdktf(name) as Packer)(...args);
  };
  require.cache[file] = Object.assign(new Module(file), { filename: file, loaded: true, exports: deferred });
}

defer("archiver");
