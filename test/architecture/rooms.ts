/** Which room of the code may import which. A folder without a row here is an error, so that a new room is a decision. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";

interface Room {
  /** Rooms it may import besides itself. */
  readonly rooms: readonly string[];
  /** Packages it may import; a trailing `/` means "by deep path only". */
  readonly packages: readonly string[];
  /** Whether it may reach the machine: files, processes, environment modules of Node. */
  readonly node: boolean;
}

export interface Import {
  readonly file: string;
  readonly specifier: string;
}

const PURE = { node: false } as const;
const BASE = ["diagnostics", "net"] as const;
const MODEL = [...BASE, "clouds", "model"] as const;
const PLAN = [...MODEL, "addresses", "plan"] as const;
const CLOUD = [...PLAN, "providers/shared"] as const;
const PASSES = [...CLOUD, "spec", "rules", "checks", "verifier", "providers", "stacks"] as const;
const CDKTF = ["cdktf", "constructs"] as const;

/** `index` is src/index.ts, `providers` is providers/index.ts, and `main` is stacks/main.ts, which cdktf.json names. */
const ROOMS: Readonly<Record<string, Room>> = {
  diagnostics: { rooms: [], packages: [], ...PURE },
  net: { rooms: ["diagnostics"], packages: [], ...PURE },
  clouds: { rooms: BASE, packages: ["zod"], ...PURE },
  model: { rooms: [...BASE, "clouds"], packages: [], ...PURE },
  spec: { rooms: MODEL, packages: ["yaml", "zod"], ...PURE },
  rules: { rooms: [...MODEL, "spec"], packages: [], ...PURE },
  checks: { rooms: [...MODEL, "spec", "rules"], packages: [], ...PURE },
  addresses: { rooms: MODEL, packages: ["yaml", "zod"], ...PURE },
  plan: { rooms: [...MODEL, "addresses"], packages: ["constructs"], ...PURE },
  verifier: { rooms: [...MODEL, "addresses"], packages: [], ...PURE },
  "providers/shared": { rooms: PLAN, packages: CDKTF, ...PURE },
  "providers/aws": { rooms: CLOUD, packages: [...CDKTF, "@cdktf/provider-aws/lib/"], ...PURE },
  "providers/azure": { rooms: CLOUD, packages: [...CDKTF, "@cdktf/provider-azurerm/lib/"], ...PURE },
  "providers/google": { rooms: CLOUD, packages: [...CDKTF, "@cdktf/provider-google/lib/"], ...PURE },
  providers: {
    rooms: [...CLOUD, "providers/aws", "providers/azure", "providers/google"],
    packages: [],
    ...PURE,
  },
  stacks: { rooms: [...CLOUD, "providers"], packages: CDKTF, node: true },
  app: { rooms: PASSES, packages: [], node: true },
  main: { rooms: [...PASSES, "app"], packages: ["cdktf"], node: true },
  cli: { rooms: [...PASSES, "app"], packages: [], node: true },
  index: { rooms: [...PASSES, "app"], packages: [], ...PURE },
};

/** The room of a path relative to the project, without regard to whether ROOMS knows it. */
function roomOf(file: string): string {
  const parts = file.split("/");
  if (parts[0] === "providers" && parts.length > 2) return `providers/${parts[1]}`;
  if (/^stacks\/main(\.ts)?$/.test(file)) return "main";
  if (parts[0] === "src") return (parts[1] ?? "").replace(/\.ts$/, "");
  return parts[0] ?? "";
}

/** Every `*.ts` below `folders`, relative to `root`, sorted. */
export function sourceFiles(root: string, folders: readonly string[]): readonly string[] {
  return folders
    .filter((folder) => existsSync(path.join(root, folder)))
    .flatMap((folder) =>
      readdirSync(path.join(root, folder), { recursive: true, encoding: "utf8" }).map((name) =>
        path.posix.join(folder, name),
      ),
    )
    .filter((name) => name.endsWith(".ts"))
    .sort();
}

export const withoutComments = (text: string): string =>
  text.replace(/\/\*[\s\S]*?\*\//g, "").replace(/^\s*\/\/.*$/gm, "");

/** All modules that a text names: import and export declarations, `import()`, `require()` and type imports. */
export function importsOf(file: string, text: string): readonly Import[] {
  const code = withoutComments(text);
  const forms =
    /(?:^|[;}\s])(?:import|export)\s+(?:[\w*\s{},$]+?\s+from\s+)?["']([^"'\n]+)["']|\b(?:require|import)\(\s*["'`]([^"'`\n]+)["'`]\s*\)/g;
  return [...code.matchAll(forms)].map((match) => ({ file, specifier: match[1] ?? match[2] ?? "" }));
}

/** Imports of one project tree. */
export function allImports(root: string): readonly Import[] {
  return sourceFiles(root, ["src", "providers", "stacks"]).flatMap((file) =>
    importsOf(file, readFileSync(path.join(root, file), "utf8")),
  );
}

/** Why an import is not allowed, or nothing. */
export function violation({ file, specifier }: Import): string | undefined {
  const from = roomOf(file);
  const room = ROOMS[from];
  if (room === undefined) return `${file}: the room "${from}" has no row in test/architecture/rooms.ts`;
  if (specifier.startsWith("node:"))
    return room.node || PURE_BUILTINS.has(specifier)
      ? undefined
      : `${file}: "${from}" reaches the machine by "${specifier}"`;
  if (!specifier.startsWith("."))
    return room.packages.some((allowed) => admits(allowed, specifier))
      ? undefined
      : `${file}: "${from}" may not import "${specifier}"`;
  const target = path.posix.join(path.posix.dirname(file), specifier);
  if (target === "package.json") return room.node ? undefined : `${file}: "${from}" reads package.json`;
  const to = roomOf(target);
  return to === from || room.rooms.includes(to)
    ? undefined
    : `${file}: "${from}" may not import "${to}" ("${specifier}")`;
}

const PURE_BUILTINS = new Set(["node:util", "node:crypto", "node:buffer", "node:assert"]);

function admits(allowed: string, specifier: string): boolean {
  const pattern = allowed.replace(/[.\\/^$+?()[\]{}|]/g, "\\$&").replace("*", "[a-z]+");
  return new RegExp(allowed.endsWith("/") ? `^${pattern}.` : `^${pattern}$`).test(specifier);
}
