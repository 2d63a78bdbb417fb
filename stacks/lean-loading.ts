/**
 * What libraries load and an enclave never needs, a seventh of a run: the packer that cdktf has for assets, two hundred files
 * with it, and zod's messages in fifty languages. Each is loaded when somebody asks it for something, and not before. Has to come
 * before the libraries themselves.
 */
import { createRequire, Module } from "node:module";

/** `name` as the file `from`, or the package, would load it. */
function defer(from: string, name: string): void {
  const load = createRequire(require.resolve(from));
  const file = locate(load, name);
  if (file === undefined || require.cache[file] !== undefined) return;
  let loaded: object | undefined;
  const real = (): object => {
    if (loaded === undefined) delete require.cache[file];
    loaded ??= load(name) as object;
    return loaded;
  };
  const stand = new Proxy(() => {}, {
    apply: (_, self, args) => Reflect.apply(real() as (...given: unknown[]) => unknown, self, args),
    // Asked by compiled code of each module, whatever it wants of it.
    get: (_, key) => key === "__esModule" || Reflect.get(real(), key),
    has: (_, key) => Reflect.has(real(), key),
  });
  require.cache[file] = Object.assign(new Module(file), { filename: file, loaded: true, exports: stand });
}

/** Undefined where the library has no such part any more. */
function locate(load: NodeJS.Require, name: string): string | undefined {
  try {
    return load.resolve(name);
  } catch {
    return undefined;
  }
}

defer("cdktf", "archiver");
defer("zod", "./v4/locales/index.cjs");
