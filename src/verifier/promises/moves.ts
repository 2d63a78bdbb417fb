/** Moves from former addresses, so that Terraform replaces nothing of what was renamed. */
import { idOf } from "../../model/ids";
import { newName, RENAMABLE, type Renamable } from "../../model/naming";
import { type Fault, unless } from "../replay/fault";
import { everyResource } from "../terraform/document";
import { same } from "./places";
import { type Asked, type EnclavePromise, promise } from "./promise";

interface Move {
  readonly from: string;
  readonly to: string;
}

const movesIn = ({ document }: Asked): readonly Move[] => (document["moved"] ?? []) as readonly Move[];

/** The ids of an item in each run since the first rename that is not forgotten, the present one last. */
const idsOf = ({ addresses }: Asked, kind: Renamable, present: string): readonly string[] =>
  [...addresses.names.former.map((naming) => newName(naming, kind, present)), present].map(idOf);

/** Each address comes from one and goes to one, and what has moved is where nothing has stayed. */
function untied(asked: Asked): Fault[] {
  const moves = movesIn(asked);
  const there = new Set(everyResource(asked.document).map(([address]) => address));
  const [from, to] = [moves.map((move) => move.from), moves.map((move) => move.to)];
  return moves.flatMap((move, index) => [
    ...unless(!there.has(move.from), move.from, "it is moved away, and is still there"),
    ...unless(
      there.has(move.to) || from.includes(move.to),
      move.to,
      "something is moved to it, and it is not there",
    ),
    ...unless(from.indexOf(move.from) === index, move.from, "it is moved twice"),
    ...unless(to.indexOf(move.to) === index, move.to, "two are moved to it"),
  ]);
}

/** Between two names of one item, and nothing else in the address is another. */
function strange(asked: Asked): Fault[] {
  const ids = RENAMABLE.flatMap((kind) => asked.enclave[kind].map(({ name }) => idsOf(asked, kind, name)));
  const changes = ids.flatMap((names) =>
    names.flatMap((old, index) => names.slice(index + 1).map((now) => [words(old), words(now)] as const)),
  );
  return movesIn(asked).flatMap(({ from, to }) =>
    unless(isLike(words(from), words(to), changes), from, `it is moved to ${to}, which is another`),
  );
}

type Words = readonly string[];

const words = (text: string): Words => text.split(/(?<=\.)|_/);

const begins = (text: Words, part: Words): boolean => part.every((word, index) => text[index] === word);

/** One is the other after some of the changes, none of them or many. */
function isLike(from: Words, to: Words, changes: readonly (readonly [Words, Words])[]): boolean {
  if (from.length === 0 || to.length === 0) return from.length === to.length;
  if (from[0] === to[0] && isLike(from.slice(1), to.slice(1), changes)) return true;
  return changes.some(
    ([old, now]) =>
      begins(from, old) && begins(to, now) && isLike(from.slice(old.length), to.slice(now.length), changes),
  );
}

/** What outputs name of each zone comes from where it was under each former name. */
function left(asked: Asked): Fault[] {
  const origins = new Map(movesIn(asked).map(({ from, to }) => [to, from]));
  return asked.enclave.zones.flatMap(({ name }) => {
    // One that comes again later is reached only then.
    const [present = "", ...former] = new Set([...idsOf(asked, "zones", name)].reverse());
    const ids = [asked.read.subnetIdsOf(present), asked.read.groupIdsOf(present)].flat();
    const own = ids.flatMap((id) => /^\$\{(\w+\.\w+)\.id\}$/.exec(id)?.[1] ?? []);
    return own.flatMap((resource) => {
      const wanted = former.map((id) => resource.replace(`.${present}`, `.${id}`));
      return same(chainTo(resource, origins), wanted, resource);
    });
  });
}

function chainTo(address: string, origins: ReadonlyMap<string, string>): string[] {
  const chain: string[] = [];
  let at = origins.get(address);
  while (at !== undefined && !chain.includes(at)) {
    chain.push(at);
    at = origins.get(at);
  }
  return chain;
}

export const MOVES: readonly EnclavePromise[] = [
  promise("what is moved goes from one address to one that is there", untied),
  promise("what is moved keeps everything but a name that was changed", strange),
  promise("subnets and groups of a renamed zone are moved from each former address", left),
];
