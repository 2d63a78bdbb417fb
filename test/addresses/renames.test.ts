/** What a rename keeps, and what the lock remembers of it. */
import { printLock } from "../../src/addresses/lock";
import { parseLock } from "../../src/addresses/parse-lock";
import { resolveAddresses } from "../../src/addresses/resolve";
import { type EnclaveLines, enclave, type ZoneLine, zone } from "./enclaves";
import { blocksOf, type Good, good, OPEN, run } from "./runs";

/** An enclave with everything that has a number, with these names for a zone and an endpoint. */
const using = (app: ZoneLine, endpoint: string): EnclaveLines => ({
  zones: [zone("edge", 200), app],
  flows: ["internet>edge 443", `edge>${app.name} 443`, `${app.name}>${app.name} 8080`],
  endpoints: [`edge>other`, `${app.name}>${endpoint}`],
  egress: [`${app.name}>mirror.example.com 443`],
});
const OLD = using(zone("app", "/24"), "model");
const NEW = using(zone("web", "/24", "app"), "llm was model");
const NEWER = using(zone("page", "/24", "web"), "llm");
const EDGE: EnclaveLines = {
  zones: [zone("edge", 200)],
  flows: ["internet>edge 443"],
  endpoints: ["edge>other"],
};

const after = (history: readonly EnclaveLines[], last: EnclaveLines, options = OPEN): Good =>
  good(run(history, last, options));

/** Everything that a run gave, with other names in its keys. */
const given = ({ addresses }: Good, rename: (name: string) => string = (name) => name) => {
  const renamed = (key: string): string => key.replaceAll(/[a-z]+(?![a-z.])/g, rename);
  return {
    blocks: Object.fromEntries(blocksOf(addresses).map(([name, block]) => [renamed(name), block])),
    ordinals: Object.fromEntries(
      Object.entries(addresses.ordinals).map(([kind, byKey]) => [
        kind,
        Object.fromEntries(Object.entries(byKey).map(([key, number]) => [renamed(key), number])),
      ]),
    ),
  };
};

const FIRST_NAMES: Readonly<Record<string, string>> = { web: "app", page: "app", llm: "model" };
const firstName = (name: string): string => FIRST_NAMES[name] ?? name;

test.each<[string, EnclaveLines[], EnclaveLines]>([
  ["a rename", [OLD], NEW],
  ["a rename of a rename", [OLD, NEW], NEWER],
  ["a rename of what was removed before", [OLD, EDGE], NEW],
  [
    "a rename of what was renamed and removed before",
    [OLD, NEW, EDGE],
    using(zone("page", "/24", "web"), "llm was llm"),
  ],
])("%s keeps every block and number", (_, history, last) => {
  expect(given(after(history, last), firstName)).toEqual(given(after([], OLD)));
});

test("a removed zone that is back without the line has a new block and new numbers", () => {
  const { ordinals } = after([OLD, EDGE], using(zone("app", "/24"), "model")).addresses;
  expect(ordinals.parties).toEqual({ edge: 1, app: 3 });
  expect(ordinals.connections).toEqual({
    "internet>edge 443/tcp": 1,
    "edge>app 443/tcp": 4,
    "app>app 8080/tcp": 5,
  });
});

test("a flow that goes leaves no number to come back, also where a removed zone had the name of its own", () => {
  const anew = using(zone("app", "/24"), "model");
  const { lock } = after([OLD, EDGE, anew], { ...anew, flows: ["internet>edge 443"] });
  expect(lock.ordinals.connections.freed).toEqual(
    new Map([
      ["edge>app 443/tcp", 2],
      ["app>app 8080/tcp", 3],
    ]),
  );
});

test("--reclaim forgets the numbers of what is gone, and not of what comes back in the same run", () => {
  const reclaim = { ...OPEN, reclaim: true };
  const { lock } = after([OLD], EDGE, reclaim);
  expect(printLock(lock)).toBe(printLock(after([], EDGE).lock));
  expect(given(after([OLD, EDGE], NEW, reclaim), firstName)).toEqual(given(after([], OLD)));
});

const remembered = ({ lock }: Good) => {
  const { names, renames } = JSON.parse(printLock(lock)) as { names?: object; renames?: object[] };
  return { names, renames };
};

test("the lock records the first name of everything, and every rename in its order", () => {
  expect(remembered(after([], OLD))).toEqual({});
  expect(remembered(after([OLD], NEW))).toEqual({
    names: { zones: { web: "app" }, privateEndpoints: { llm: "model" } },
    renames: [{ zones: { app: "web" }, privateEndpoints: { model: "llm" } }],
  });
  expect(remembered(after([OLD, NEW], NEWER))).toEqual({
    names: { zones: { page: "app" }, privateEndpoints: { llm: "model" } },
    renames: [{ zones: { app: "web" }, privateEndpoints: { model: "llm" } }, { zones: { web: "page" } }],
  });
});

test("addresses tell the names of every run since the first rename, and the names in the cloud", () => {
  const { first, former } = after([OLD, NEW], NEWER).addresses.names;
  expect(first).toEqual({ zones: new Map([["page", "app"]]), privateEndpoints: new Map([["llm", "model"]]) });
  expect(former).toEqual([
    { zones: new Map([["page", "app"]]), privateEndpoints: new Map([["llm", "model"]]) },
    { zones: new Map([["page", "web"]]), privateEndpoints: new Map() },
  ]);
});

test("--forget-renames drops the renames and keeps the first names, and a rename in the same run is told", () => {
  const forgetRenames = { ...OPEN, forgetRenames: true };
  const names = { zones: { web: "app" }, privateEndpoints: { llm: "model" } };
  expect(remembered(after([OLD, NEW], NEW, forgetRenames))).toEqual({ names });
  expect(remembered(after([OLD, NEW], NEWER, forgetRenames))).toMatchObject({
    renames: [{ zones: { web: "page" } }],
  });
  expect(after([OLD, NEW], NEW, forgetRenames).addresses.names.former).toEqual([]);
});

test("a zone that has its first name again is told to Terraform, and is as it was for the cloud", () => {
  const back = after([OLD, NEW], using(zone("app", "/24", "web"), "llm"));
  expect(remembered(back)).toEqual({
    names: { privateEndpoints: { llm: "model" } },
    renames: [{ zones: { app: "web" }, privateEndpoints: { model: "llm" } }, { zones: { web: "app" } }],
  });
});

test("a new zone has no past, although a removed one had its name", () => {
  const anew = after([OLD, NEW, EDGE], using(zone("web", "/24"), "third"));
  expect(remembered(anew)).toEqual({
    names: { privateEndpoints: { llm: "model" } },
    renames: [{ privateEndpoints: { model: "llm" } }],
  });
});

const SOUND = printLock(after([OLD, NEW], { ...EDGE, zones: [zone("edge", 200)] }).lock);

test.each<[string, string, string, RegExp]>([
  [
    "a freed number that another has",
    '"web>web 8080/tcp": 3',
    '"web>web 8080/tcp": 1',
    /number of "internet>edge 443\/tcp" too/,
  ],
  [
    "a freed number that is not given yet",
    '"web>web 8080/tcp": 3',
    '"web>web 8080/tcp": 9',
    /is 9, but next is 4/,
  ],
  ["a first name of nothing", '"web": "app"', '"nothing": "app"', /names.zones.nothing is of nothing/],
  ["a name that is none", '"web": "app"', '"web": "A"', /names.zones.web is not a name/],
  ["renames that are no list", '"renames": [', '"renames": {}, "more": [', /renames is not a list/],
])("a lock with %s is damaged", (_, old, now, problem) => {
  expect(SOUND).toContain(old);
  const parsed = parseLock(SOUND.replace(old, now));
  expect("damage" in parsed ? parsed.damage.problem : "sound").toMatch(problem);
});

test.each([
  ['"app": "web"', '"app": "web", "old": "web"', "renames[0].zones gives two the same name"],
  ['"llm": "model"', '"llm": "other"', 'names.privateEndpoints gives "llm" and "other" the name "other"'],
])("a lock in which two have one name is damaged: %s", (old, now, problem) => {
  const text = printLock(after([OLD], NEW).lock);
  expect(text).toContain(old);
  expect(parseLock(text.replace(old, now))).toMatchObject({ damage: { problem } });
});

test("a frozen lock accepts the rename that it records", () => {
  const { lock } = after([OLD], NEW);
  expect(resolveAddresses(enclave(NEW), lock, { ...OPEN, frozen: true })).toMatchObject({
    changed: false,
    diagnostics: [],
  });
});
