/** An edit of a text changes its value as a plain edit of the object does, and keeps every comment around it. */
import fc from "fast-check";
import { Document, isMap, isScalar, isSeq, parse } from "yaml";
import { type Edit, inserting, removing, renaming, setting } from "../../src/diagnostics/edit";
import { joinPath, type Segment } from "../../src/diagnostics/path";
import { editText } from "../../src/spec/yaml/edit-text";
import { anySpec, runs } from "../support/random-specs";

type Place = readonly Segment[];
type Style = "block" | "flow";
type Tree = Record<Segment, unknown>;

const isTree = (value: unknown): value is Tree => typeof value === "object" && value !== null;

const placesIn = (value: unknown, at: Place = []): Place[] =>
  isTree(value)
    ? Object.entries(value).flatMap(([key, each]) => {
        const place = [...at, Array.isArray(value) ? Number(key) : key];
        return [place, ...placesIn(each, place)];
      })
    : [];

const valueAt = (value: unknown, place: Place): unknown =>
  place.reduce((each, segment) => (each as Tree)[segment], value);

const NEW = "addedKey";

/** Everything that may be put somewhere, also what YAML has to quote. */
const anyValue: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom<unknown>(
    7,
    true,
    "app",
    "no",
    "a: b",
    "# x",
    "*.example.com",
    "443/tcp",
    "",
    " x",
    "5",
    "é",
  ),
  fc.constantFrom<unknown>([], {}, ["a", 5], { a: { b: ["c"] }, d: { e: 1 } }, [{ a: 1 }, { "b c": 2 }]),
);

interface Change {
  readonly edit: Edit;
  readonly at: Place;
  /** The edit, on the object. */
  readonly make: (parent: Tree, last: Segment) => void;
}

function changesAt(whole: unknown, at: Place, value: unknown): Change[] {
  const path = joinPath("", ...at);
  const found = valueAt(whole, at);
  const put = (parent: Tree, last: Segment): void => {
    parent[last] = value;
  };
  const changes: Change[] = [{ edit: setting(path, value), at, make: put }, removal(at)];
  if (typeof at.at(-1) === "string") changes.push({ edit: renaming(path, NEW), at, make: rename });
  if (!isTree(found)) return changes;
  const below = [...at, Array.isArray(found) ? found.length : NEW];
  return [...changes, { edit: inserting(joinPath("", ...below), value), at: below, make: put }];
}

const removal = (at: Place): Change => ({
  edit: removing(joinPath("", ...at)),
  at,
  make: (parent, last) =>
    Array.isArray(parent) ? void parent.splice(Number(last), 1) : void Reflect.deleteProperty(parent, last),
});

function rename(parent: Tree, last: Segment): void {
  for (const [key, each] of Object.entries(parent)) {
    Reflect.deleteProperty(parent, key);
    parent[key === last ? NEW : key] = each;
  }
}

/** In block style, what a removal leaves empty goes with it. */
function widened(whole: unknown, change: Change, style: Style): Change {
  const above = change.at.slice(0, -1);
  const isLast = Object.keys(valueAt(whole, above) as Tree).length === 1;
  if (change.edit.op !== "remove" || style === "flow" || above.length === 0 || !isLast) return change;
  return widened(whole, removal(above), style);
}

function madeIn(whole: unknown, { at, make }: Change): unknown {
  const after = structuredClone(whole);
  make(valueAt(after, at.slice(0, -1)) as Tree, at.at(-1) ?? "");
  return after;
}

interface Comment {
  readonly text: string;
  readonly at: Place;
  readonly isBefore: boolean;
}

/** Gives a comment to each key, before it, and to each value that is one word, beside it. */
function comment(node: unknown, at: Place = []): Comment[] {
  if (isScalar(node)) {
    const text = `beside ${joinPath("", ...at)}!`;
    node.comment = ` ${text}`;
    return [{ text, at, isBefore: false }];
  }
  if (isSeq(node)) return node.items.flatMap((each, index) => comment(each, [...at, index]));
  if (!isMap(node)) return [];
  return node.items.flatMap(({ key, value }) => {
    if (!isScalar(key)) return [];
    const place = [...at, String(key.value)];
    const text = `before ${joinPath("", ...place)}!`;
    key.commentBefore = ` ${text}`;
    return [{ text, at: place, isBefore: true }, ...comment(value, place)];
  });
}

/** A comment may go only with what it is about. */
function stays({ at, isBefore }: Comment, { edit, at: touched }: Change): boolean {
  const isInside = touched.every((segment, index) => segment === at[index]);
  if (!isInside || edit.op === "rename" || edit.op === "insert") return true;
  return at.length === touched.length && (isBefore || edit.op === "set");
}

const scenario = anySpec.chain((spec) =>
  fc
    .tuple(fc.constantFrom(...placesIn(spec)), anyValue)
    .chain(([at, value]) => fc.constantFrom(...changesAt(spec, at, value)))
    .map((change) => ({ spec, change })),
);

describe.each<Style>(["block", "flow"])("in %s style", (style) => {
  test.each([
    ["without comments", false],
    ["with comments everywhere", true],
  ])("%s", (_, withComments) => {
    fc.assert(
      fc.property(scenario, fc.constantFrom("\n", "\r\n"), ({ spec, change }, end) => {
        const document = new Document(spec);
        const comments = withComments ? comment(document.contents) : [];
        const text = document.toString({ collectionStyle: style }).replaceAll("\n", end);
        const after = editText(text, [change.edit]) ?? "no place";
        const whole = widened(spec, change, style);
        expect(JSON.stringify(parse(after))).toBe(JSON.stringify(madeIn(spec, whole)));
        expect(after.replaceAll(end, "")).not.toMatch(/[\r\n]/);
        const lost = comments.filter((each) => stays(each, whole) && !after.includes(each.text));
        expect(lost.map((each) => each.text)).toEqual([]);
      }),
      runs(300),
    );
  });
});

test("in JSON, which stays JSON", () => {
  fc.assert(
    fc.property(scenario, fc.constantFrom(0, 2), ({ spec, change }, indent) => {
      const after = editText(JSON.stringify(spec, null, indent), [change.edit]) ?? "no place";
      expect(JSON.stringify(JSON.parse(after))).toBe(JSON.stringify(madeIn(spec, change)));
    }),
    runs(300),
  );
});
