/**
 * Paths as users write them: `flows[2].ports[0]`, `zones.vector-db.cidr`. A key that is not a plain word has
 * quotes, so that every path can be split again: `tags["cost centre"]`.
 */
import type { SpecPath } from "./diagnostic";

export type Segment = string | number;

const PLAIN_KEY = /^[A-Za-z_][A-Za-z0-9_-]*$/;

/** The path of something below `path`. */
export function joinPath(path: SpecPath, ...segments: readonly Segment[]): SpecPath {
  return segments.reduce<string>((joined, segment) => {
    if (typeof segment === "number") return `${joined}[${segment}]`;
    if (!PLAIN_KEY.test(segment)) return `${joined}[${JSON.stringify(segment)}]`;
    return joined === "" ? segment : `${joined}.${segment}`;
  }, path);
}

const SEGMENT = /\.?([A-Za-z_][A-Za-z0-9_-]*)|\[(\d+)\]|\[("(?:[^"\\]|\\.)*")\]/y;

/** The segments of a path up to the first unreadable character. */
export function splitPath(path: SpecPath): readonly Segment[] {
  const segments: Segment[] = [];
  SEGMENT.lastIndex = 0;
  for (let match = SEGMENT.exec(path); match !== null; match = SEGMENT.exec(path)) {
    const [, key, index, quoted] = match;
    segments.push(key ?? (index === undefined ? (JSON.parse(quoted ?? '""') as string) : Number(index)));
  }
  return segments;
}
