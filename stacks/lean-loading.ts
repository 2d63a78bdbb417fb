/**
 * Loads at their first use what cdktf loads and an enclave never needs: three hundred files and a tenth of a
 * run. This has to come before cdktf itself.
 */
import { createRequire, Module } from "node:module";

const load = createRequire(require.resolve("cdktf"));

function defer(name: string): void {
  const file = locate(name);
  if (file === undefined || require.cache[file] !== undefined) return;
  const real = (): object => {
    if (require.cache[file] === stub) delete require.cache[file];
    return load(name) as object;
  };
  const placeholder = new Proxy(() => {}, {
    apply: (_, self, args) => Reflect.apply(real() as (...given: unknown[]) => unknown, self, args),
    // Compiled code asks this of every module, whether it uses the module or not.
    get: (_, key) => key === "__esModule" || Reflect.get(real(), key),
    has: (_, key) => Reflect.has(real(), key),
  });
  const stub = Object.assign(new Module(file), { filename: file, loaded: true, exports: placeholder });
  require.cache[file] = stub;
}

/** Undefined if cdktf has no such part any more. */
function locate(name: string): string | undefined {
  try {
    return load.resolve(name);
  } catch {
    return undefined;
  }
}

for (const name of ["archiver", "semver", "json-stable-stringify", "./backends", "./testing"]) defer(name);

/** Two thirds of cdktf and its packages are source maps inside the files, which the compiler reads too. */
const SOURCE_MAP = "\n//# sourceMappingURL=data:";

type Compile = (this: Module, content: string, ...rest: unknown[]) => unknown;
const prototype = Module.prototype as unknown as { _compile: Compile };
const compile = prototype._compile;
prototype._compile = function (content, ...rest) {
  const end = content.indexOf(SOURCE_MAP);
  return compile.call(this, end === -1 ? content : content.slice(0, end), ...rest);
};
