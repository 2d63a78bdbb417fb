import { printLock } from "../../src/addresses/lock";
import { parseLock } from "../../src/addresses/parse-lock";
import { resolveAddresses } from "../../src/addresses/resolve";
import { enclave } from "./enclaves";

const OPEN = { frozen: false, reclaim: false };

const lockOf = (lines: Parameters<typeof enclave>[0]): string => {
  const { lock } = resolveAddresses(enclave(lines), undefined, OPEN);
  if (lock === undefined) throw new Error("the spec does not resolve");
  return printLock(lock);
};

const SOUND = lockOf({
  zones: [
    { name: "ingress", size: 200 },
    { name: "inference", size: 1000 },
    { name: "constructor", size: "/25" },
  ],
  externals: ["corp"],
  flows: ["internet>ingress 443", "ingress>inference 8080", "corp>ingress 443"],
  endpoints: ["inference>model"],
  egress: ["inference>*.huggingface.co 443", "inference>mirror.example.com 443"],
});

test("prints what a person can read, names sorted, and reads it again", () => {
  expect(SOUND).toBe(`{
  "//": "Written by ai-enclave: blocks and rule numbers that must never move. Commit this file with the spec; do not edit it.",
  "version": 1,
  "range": "10.20.0.0/16",
  "sites": {
    "endpoints": "10.20.255.0/24",
    "firewall": "10.20.254.192/26",
    "nat": "10.20.254.128/26",
    "proxy": "10.20.254.64/26",
    "links": "10.20.254.0/26"
  },
  "zones": {
    "constructor": "10.20.4.0/23",
    "inference": "10.20.16.0/20",
    "ingress": "10.20.0.0/22"
  },
  "freed": {},
  "ordinals": {
    "parties": {
      "next": 5,
      "numbers": {
        "constructor": 3,
        "corp": 4,
        "inference": 2,
        "ingress": 1
      }
    },
    "connections": {
      "next": 4,
      "numbers": {
        "corp>ingress 443/tcp": 3,
        "ingress>inference 8080/tcp": 2,
        "internet>ingress 443/tcp": 1
      }
    },
    "endpoints": {
      "next": 2,
      "numbers": {
        "model": 1
      }
    },
    "endpointUses": {
      "next": 2,
      "numbers": {
        "inference>model": 1
      }
    },
    "departures": {
      "next": 3,
      "numbers": {
        "inference>*.huggingface.co 443": 1,
        "inference>mirror.example.com 443": 2
      }
    },
    "exits": {
      "next": 2,
      "numbers": {
        "inference 443": 1
      }
    }
  }
}
`);
  expect(parseLock(SOUND)).toHaveProperty("lock");
});

/** Replaces one piece of the sound lock, which must be there. */
function edited(old: string, now: string): string {
  expect(SOUND).toContain(old);
  return SOUND.replace(old, now);
}

test.each<[string, string, string, RegExp]>([
  ["another mark", "Written by ai-enclave:", "Written by hand:", /mark/],
  ["a later version", '"version": 1', '"version": 2', /version is 2, and this ai-enclave reads 1/],
  ["no version", '"version": 1,', "", /lacks "version"/],
  ["an unknown part", '"version": 1', '"version": 1, "extra": {}', /has "extra"/],
  ["a merge marker", '"version": 1', '<<<<<<< HEAD\n"version": 1', /not JSON/],
  ["a trailing comma", '"freed": {},', '"freed": {},,', /not JSON/],
  [
    "a range with host bits",
    '"range": "10.20.0.0/16"',
    '"range": "10.20.0.1/16"',
    /range is "10.20.0.1\/16", which is not an aligned block/,
  ],
  ["a number for a range", '"range": "10.20.0.0/16"', '"range": 10', /range is 10/],
  [
    "a misaligned zone",
    '"ingress": "10.20.0.0/22"',
    '"ingress": "10.20.1.0/22"',
    /zones.ingress is "10.20.1.0\/22", which is not an aligned block/,
  ],
  [
    "a zone outside the range",
    '"ingress": "10.20.0.0/22"',
    '"ingress": "10.21.0.0/22"',
    /zones.ingress is 10.21.0.0\/22, which lies outside 10.20.0.0\/16/,
  ],
  [
    "zones that overlap",
    '"ingress": "10.20.0.0/22"',
    '"ingress": "10.20.16.0/22"',
    /zones.ingress is 10.20.16.0\/22, which overlaps zone "inference" at 10.20.16.0\/20/,
  ],
  [
    "a block within a block, not next to it",
    '"ingress": "10.20.0.0/22"',
    '"ingress": "10.20.28.0/22"',
    /zones.ingress is 10.20.28.0\/22, which overlaps zone "inf/,
  ],
  [
    "a zone on a site",
    '"ingress": "10.20.0.0/22"',
    '"ingress": "10.20.252.0/22"',
    /sites.\w+ is [\d./]+, which overlaps zone "ingress"/,
  ],
  [
    "a zone on a freed block",
    '"freed": {}',
    '"freed": { "10.20.0.0/24": "old" }',
    /freed\["10.20.0.0\/24"\] is 10.20.0.0\/24, which overlaps zone "ingress"/,
  ],
  [
    "a zone smaller than any",
    '"ingress": "10.20.0.0/22"',
    '"ingress": "10.20.0.0/27"',
    /smaller than any zone/,
  ],
  [
    "a site of another size",
    '"nat": "10.20.254.128/26"',
    '"nat": "10.20.254.128/27"',
    /sites.nat is not a \/26/,
  ],
  ["a missing site", '"nat": "10.20.254.128/26",', "", /sites lacks "nat"/],
  [
    "an unknown site",
    '"nat": "10.20.254.128/26",',
    '"nat": "10.20.254.128/26", "bastion": "10.20.253.0/26",',
    /sites has "bastion"/,
  ],
  ["a key that stands twice", '"ingress": 1', '"ingress": 1, "ingress": 9', /stands twice/],
  [
    "a zone named like a prototype",
    '"ingress": "10.20.0.0/22"',
    '"__proto__": "10.20.0.0/22"',
    /zones.__proto__ is not the name of a zone/,
  ],
  ["a part named like a prototype", '"version": 1', '"version": 1, "__proto__": {}', /has "__proto__"/],
  [
    "a freed block without a name",
    '"freed": {}',
    '"freed": { "10.20.8.0/24": 1 }',
    /freed\["10.20.8.0\/24"\] is not a name/,
  ],
  [
    "a freed block that is not a block",
    '"freed": {}',
    '"freed": { "x": "old" }',
    /freed.x is "x", which is not an/,
  ],
  ["a list for an object", '"freed": {}', '"freed": []', /freed is not an object/],
  [
    "a number given twice",
    '"inference": 2',
    '"inference": 1',
    /parties.numbers.ingress is 1, which is the number of "inference" too/,
  ],
  ["a number past the next", '"next": 5', '"next": 4', /parties.numbers.corp is 4, but next is 4/],
  [
    "the number zero",
    '"ingress": 1',
    '"ingress": 0',
    /numbers.ingress is 0, which is not a whole number from 1 to 3999/,
  ],
  ["a fraction", '"ingress": 1', '"ingress": 1.5', /is 1.5/],
  ["a number in quotes", '"ingress": 1', '"ingress": "1"', /is "1"/],
  ["a number beyond the bands", '"ingress": 1', '"ingress": 4000', /is 4000/],
  ["a next beyond the bands", '"next": 5', '"next": 4001', /next is 4001/],
  [
    "a flow that is not a flow",
    "ingress>inference 8080/tcp",
    "ingress to inference",
    /numbers\["ingress to inference"\] is not a key of connections/,
  ],
  [
    "a flow of nobody",
    "ingress>inference 8080/tcp",
    "nobody>inference 8080/tcp",
    /names "nobody", which has no number/,
  ],
  [
    "a zone without a number",
    '"constructor": 3',
    '"somebody": 3',
    /zones.constructor has a block but no number/,
  ],
  [
    "an exit without a number",
    '"inference 443": 1',
    '"inference 80": 1',
    /ordinals.exits.numbers lacks "inference 443"/,
  ],
  ["an unknown class of numbers", '"exits": {', '"others": {', /ordinals (lacks "exits"|has "others")/],
])("refuses %s", (_, old, now, problem) => {
  const text = edited(old, now);
  const parsed = parseLock(text);
  expect(parsed).toEqual({
    damage: { problem: expect.stringMatching(problem), line: expect.any(Number), column: expect.any(Number) },
  });
});

test.each([
  ["nothing", ""],
  ["an empty object", "{}"],
  ["a list", "[]"],
  ["null", "null"],
  ["text", '"text"'],
  ["a control character", "\u0000"],
  ["brackets without end", "[".repeat(100_000)],
  ["nested without end", `${"[".repeat(100_000)}${"]".repeat(100_000)}`],
  ["nested where a key stands twice", `{"zones":${"[".repeat(5_000)}${"]".repeat(5_000)},"zones":{}}`],
  ["nested", '{"//":{"a":{"b":{"c":{"d":{}}}}}}'],
])("refuses a file that is %s", (_, text) => {
  expect(parseLock(text)).toHaveProperty("damage.problem");
});

test("a lock that was cut off anywhere is refused", () => {
  for (let length = 0; length < SOUND.length - 2; length += 7)
    expect(parseLock(SOUND.slice(0, length))).toHaveProperty("damage.problem");
});

test("line ends of another system are no damage", () => {
  expect(parseLock(SOUND.replaceAll("\n", "\r\n"))).toEqual(parseLock(SOUND));
});

test.each<[string, string, string, number, number]>([
  ["a value", '"nat": "10.20.254.128/26"', '"nat": "10.20.254.129/26"', 8, 12],
  ["a key that no lock file has", '  "zones": {', '  "extra": 1,\n  "zones": {', 12, 12],
  ["an object that lacks a key", '    "nat": "10.20.254.128/26",\n', "", 5, 12],
  ["a key that stands twice", '"inference": 2', '"inference": 2,\n        "ingress": 9', 26, 9],
  ["a contradiction", '"inference": 2', '"inference": 3', 24, 22],
  ["a merge conflict", '  "freed": {},', "<<<<<<< ours", 17, 1],
])("damage has a line and a column: %s", (_, old, now, line, column) => {
  expect(parseLock(edited(old, now))).toMatchObject({ damage: { line, column } });
});
