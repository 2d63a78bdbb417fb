/** What `npm publish` would ship, installed somewhere else and used as a user uses it. */
import { spawnSync } from "node:child_process";
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { ROOT, synth } from "../terraform/rendered";

const SPEC = "examples/private-rag/private-rag.enclave.yaml";

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
}

const manifest = JSON.parse(readFileSync(path.join(ROOT, "package.json"), "utf8")) as Manifest;
const PEERS = ["cdktf", "constructs", "@cdktf/provider-aws"];

let home: string;

test("the command of a checkout can be run after every build, which is linked to only once", () => {
  expect(statSync(path.join(ROOT, "dist/src/cli/main.js")).mode & 0o111).toBe(0o111);
});

beforeAll(() => {
  home = mkdtempSync(path.join(tmpdir(), "enclave-package-"));
  // Packing builds first, by the lifecycle script.
  const packed = spawnSync("npm", ["pack", "--silent", "--pack-destination", home], {
    cwd: ROOT,
    encoding: "utf8",
  });
  if (packed.status !== 0) throw new Error(`npm pack failed:\n${packed.stdout}${packed.stderr}`);
  const [tarball] = readdirSync(home).filter((name) => name.endsWith(".tgz"));
  if (tarball === undefined) throw new Error("npm pack made no archive");
  writeFileSync(path.join(home, "package.json"), JSON.stringify({ name: "elsewhere", private: true }));
  const peers = PEERS.map((name) => `${name}@${manifest.devDependencies[name]}`);
  const flags = ["--ignore-scripts", "--prefer-offline", "--no-audit", "--no-fund", "--fetch-retries=0"];
  const installed = spawnSync("npm", ["install", ...flags, `./${tarball}`, ...peers], {
    cwd: home,
    encoding: "utf8",
    timeout: 300_000,
  });
  if (installed.status === 0) return;
  if (
    !/ENOTFOUND|ECONNREFUSED|ECONNRESET|ETIMEDOUT|EAI_AGAIN|ENOTCACHED|E40[34]|E50\d/.test(installed.stderr)
  )
    throw new Error(installed.stderr);
  process.stderr.write(
    "skipped: installation of the packed archive by npm (no registry in reach); it is unpacked beside the checkout's packages\n",
  );
  unpack(tarball);
});

afterAll(() => rmSync(home, { recursive: true, force: true }));

/** The archive as npm would lay it out, with the packages it needs linked from the checkout. */
function unpack(tarball: string): void {
  const modules = path.join(home, "node_modules");
  rmSync(modules, { recursive: true, force: true });
  mkdirSync(path.join(modules, ".bin"), { recursive: true });
  expect(spawnSync("tar", ["-xzf", path.join(home, tarball), "-C", modules]).status).toBe(0);
  cpSync(path.join(modules, "package"), path.join(modules, manifest.name), { recursive: true });
  chmodSync(path.join(modules, manifest.name, "dist/src/cli/main.js"), 0o755);
  symlinkSync(path.join("..", manifest.name, "dist/src/cli/main.js"), path.join(modules, ".bin/enclave"));
  for (const name of [...Object.keys(manifest.dependencies), ...PEERS]) {
    mkdirSync(path.dirname(path.join(modules, name)), { recursive: true });
    symlinkSync(path.join(ROOT, "node_modules", name), path.join(modules, name));
  }
}

function enclave(...args: readonly string[]): {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
} {
  const run = spawnSync("npx", ["--no-install", "enclave", ...args], { cwd: home, encoding: "utf8" });
  return { status: run.status, stdout: run.stdout, stderr: run.stderr };
}

test("the installed command says its version", () => {
  expect(enclave("--version")).toMatchObject({
    status: 0,
    stdout: expect.stringContaining(manifest.version),
  });
});

test("the installed command renders what the checkout renders", () => {
  cpSync(path.dirname(path.join(ROOT, SPEC)), path.join(home, "spec"), { recursive: true });
  expect(enclave("synth", path.join("spec", path.basename(SPEC)), "--cloud", "aws")).toMatchObject({
    status: 0,
  });
  const rendered = readFileSync(path.join(home, "enclave.out/aws/main.tf.json"), "utf8");
  expect(rendered).toBe(readFileSync(path.join(synth(SPEC, "aws"), "main.tf.json"), "utf8"));
});

test("the installed command says which provider package is not installed", () => {
  const ended = enclave("synth", path.join("spec", path.basename(SPEC)), "--cloud", "google");
  expect(ended).toMatchObject({ status: 2, stdout: "" });
  expect(ended.stderr).toContain("error cloud-unavailable: google cannot be rendered");
  expect(ended.stderr).toContain("npm install @cdktf/provider-google");
});

test("the installed command starts a spec that it can render", () => {
  expect(enclave("init", "fresh")).toMatchObject({ status: 0 });
  const [spec] = readdirSync(path.join(home, "fresh")).filter((name) => name.endsWith(".enclave.yaml"));
  expect(
    enclave("synth", path.join("fresh", spec ?? ""), "--cloud", "aws", "--out", "fresh.out"),
  ).toMatchObject({ status: 0 });
});

test("the archive holds no sources, tests or settings of the checkout", () => {
  const shipped = readdirSync(path.join(home, "node_modules", manifest.name));
  expect(shipped).toEqual(
    expect.arrayContaining(["LICENSE", "README.md", "dist", "examples", "package.json"]),
  );
  for (const name of ["src", "test", "bench", "biome.json"]) {
    expect(existsSync(path.join(home, "node_modules", manifest.name, name))).toBe(false);
  }
});
