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
const MODEL = ["net", "model", "diagnostics"] as const;
const PLAN = [...MODEL, "addresses", "plan"] as const;
const CLOUD = [...PLAN, "provider", "providers/common"] as const;

/**
 * `provider` is the one file src/provider.ts, `index` is src/index.ts, `providers` is providers/index.ts, and `providers/common` is
 * every other file directly in providers/: what the clouds share.
 */
const ROOMS: Readonly<Record<string, Room>> = {
  diagnostics: { rooms: [], packages: [], ...PURE },
  net: { rooms: ["diagnostics"], packages: [], ...PURE },
  model: { rooms: MODEL, packages: ["yaml", "zod"], ...PURE },
  addresses: { rooms: MODEL, packages: ["yaml", "zod"], ...PURE },
  plan: { rooms: [...MODEL, "addresses"], packages: [], ...PURE },
  provider: { rooms: PLAN, packages: ["constructs"], ...PURE },
  "providers/aws": { rooms: CLOUD, packages: ["cdktf", "constructs", "@cdktf/provider-aws/lib/"], ...PURE },
  "providers/azure": { rooms: CLOUD, packages: ["cdktf", "constructs", "@cdktf/provider-azurerm/lib/"], ...PURE },
  "providers/google": { rooms: CLOUD, packages: ["cdktf", "constructs", "@cdktf/provider-google/lib/"], ...PURE },
  "providers/common": { rooms: [...PLAN, "provider"], packages: ["cdktf", "constructs"], ...PURE },
  providers: { rooms: [...CLOUD, "providers/aws", "providers/azure", "providers/google"], packages: [], ...PURE },
  stacks: { rooms: [...CLOUD, "providers"], packages: ["cdktf", "constructs", "@cdktf/provider-*/lib/"], node: true },
  cli: { rooms: [...PLAN, "provider", "providers", "stacks"], packages: [], node: true },
  index: { rooms: [...PLAN, "provider", "providers", "stacks"], packages: [], ...PURE },
};

/** The room of a path relative to the project, without regard to whether ROOMS knows it. */
function roomOf(file: string): string {
  const parts = file.split("/");
  if (parts[0] === "providers" && parts.length > 2) return `providers/${parts[1]}`;
  if (parts[0] === "providers") return parts[1] === undefined || /^index(\.ts)?$/.test(parts[1]) ? "providers" : "providers/common";
  if (parts[0] === "src") return (parts[1] ?? "").replace(/\.ts$/, "");
  return parts[0] ?? "";
}

/** Every `*.ts` below `folders`, relative to `root`, sorted. */
function sourceFiles(root: string, folders: readonly string[]): readonly string[] {
  return folders
    .filter((folder) => existsSync(path.join(root, folder)))
    .flatMap((folder) =>
      readdirSync(path.join(root, folder), { recursive: true, encoding: "utf8" }).map((name) => path.posix.join(folder, name)),
    )
    .filter((name) => name.endsWith(".ts"))
    .sort();
}

/** All modules that a text names: import and export declarations, `import()`, `require()` and type imports. */
export function importsOf(file: string, text: string): readonly Import[] {
  const code = text.replace(/\/\*[\s\S]*?\*\//g, "").replace(/^\s*\/\/.*$/gm, "");
  const forms =
    /(?:^|[;}\s])(?:import|export)\s+(?:[\w*\s{},$]+?\s+from\s+)?["']([^"'\n]+)["']|\b(?:require|import)\(\s*["'`]([^"'`\n]+)["'`]\s*\)/g;
  return [...code.matchAll(forms)].map((match) => ({ file, specifier: match[1] ?? match[2] ?? "" }));
}

/** Imports of one project tree. */
export function allImports(root: string): readonly Import[] {
  return sourceFiles(root, ["src", "providers", "stacks"]).flatMap((file) => importsOf(file, readFileSync(path.join(root, file), "utf8")));
}

/** Why an import is not allowed, or nothing. */
export function violation({ file, specifier }: Import): string | undefined {
  const from = roomOf(file);
  const room = ROOMS[from];
  if (room === undefined) return `${file}: the room "${from}" has no row in test/architecture/rooms.ts`;
  if (specifier.startsWith("node:"))
    return room.node || PURE_BUILTINS.has(specifier) ? undefined : `${file}: "${from}" reaches the machine by "${specifier}"`;
  if (!specifier.startsWith("."))
    return room.packages.some((allowed) => admits(allowed, specifier)) ? undefined : `${file}: "${from}" may not import "${specifier}"`;
  const target = path.posix.join(path.posix.dirname(file), specifier);
  if (target === "package.json") return room.node ? undefined : `${file}: "${from}" reads package.json`;
  const to = roomOf(target);
  return to === from || room.rooms.includes(to) ? undefined : `${file}: "${from}" may not import "${to}" ("${specifier}")`;
}

const PURE_BUILTINS = new Set(["node:util", "node:crypto", "node:buffer", "node:assert"]);

function admits(allowed: string, specifier: string): boolean {
  const pattern = allowed.replace(/[.\\/^$+?()[\]{}|]/g, "\\$&").replace("*", "[a-z]+");
  return new RegExp(allowed.endsWith("/") ? `^${pattern}.` : `^${pattern}$`).test(specifier);
}
