/** Parsers of names, blocks, host names and reasons. Each returns a meaning or a value to write instead. */

import { quoted } from "../../diagnostics/edit";
import { accept, type Parsed, type Refusal, refuse } from "../../diagnostics/problem";
import { type Cidr, cidr, formatCidr, parseCidr, parseIp } from "../../net/cidr";
import { nearestRange } from "../../net/ranges";

const RESERVED = new Set(["internet", "any", "all", "enclave"]);
const isReserved = (text: string): boolean => RESERVED.has(text) || text.startsWith("enclave-");

export const LABEL = /^[a-z](?:[a-z0-9-]*[a-z0-9])?$/;

/** The name that a user probably meant: without accents, and a hyphen for every character except letters. */
export function labelOf(text: string, longest = 20): string {
  const words = text
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .replace(/(?<=[a-z])(?=[A-Z][a-z])/g, "-")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "");
  const label = words === "" ? "my-name" : /^[a-z]/.test(words) && !isReserved(words) ? words : `my-${words}`;
  return label.slice(0, longest).replace(/-+$/, "");
}

/** An RFC 1035 label of at most 20 characters without `--`, and no reserved word. */
export function parseName(text: string): Parsed<string> {
  if (isReserved(text)) {
    const detail =
      '"internet", "any", "all", "enclave" and names that begin with "enclave-" have a meaning of their own.';
    return refuse("name-reserved", `the name ${quoted(text)} is reserved`, detail, {
      instead: labelOf(text),
    });
  }
  if (LABEL.test(text) && text.length <= 20 && !text.includes("--")) return accept(text);
  return invalidName(text, 20, "A name has 1 to 20 lower-case letters, digits and single hyphens");
}

export function parseEnclaveName(text: string): Parsed<string> {
  if (LABEL.test(text) && text.length <= 24) return accept(text);
  return invalidName(text, 24, "An enclave's name has 1 to 24 lower-case letters, digits and hyphens");
}

function invalidName(text: string, longest: number, form: string): Refusal {
  const detail = `${form}, begins with a letter and does not end with a hyphen.`;
  return refuse("name-invalid", `${quoted(text)} is not a name that every cloud takes`, detail, {
    facts: { length: text.length, longest },
    instead: labelOf(text, longest),
  });
}

const IPV6 = /^[0-9a-f:.]*:[0-9a-f:.]*:[0-9a-f:.]*(?:%\w+)?(?:\/\d{1,3})?$/i;

export function refuseIpv6(text: string): Refusal {
  const detail =
    "An enclave is IPv4 only: IPv6 is switched off on the clouds, and denied where a rule can say so.";
  return refuse("ipv6", `${quoted(text)} is IPv6`, detail);
}

/** An IPv4 block, its host bits zero. */
export function parseBlock(text: string): Parsed<Cidr> {
  const parsed = parseCidr(text);
  if (parsed.ok) return accept(parsed.cidr);
  if (IPV6.test(text)) return refuseIpv6(text);
  if (parsed.aligned === undefined) {
    const detail =
      "A block is four numbers from 0 to 255 without leading zeros, a slash and a prefix length from 0 to 32: 10.20.0.0/16.";
    const summary = `${quoted(text)} is not an IPv4 block`;
    return refuse("cidr-syntax", summary, detail, { instead: likelyBlock(text) });
  }
  const aligned = formatCidr(parsed.aligned);
  const detail = `The block of that size that holds the address is ${aligned}. Nothing is rounded here.`;
  const more = { facts: { aligned }, instead: aligned };
  return refuse("cidr-misaligned", `${quoted(text)} has host bits set`, detail, more);
}

/** `10.20.8.0`, `010.20.8.0/24`, `10.20.8.0 / 255.255.255.0` as blocks. */
function likelyBlock(text: string): string | undefined {
  const [, address = "", size] = /^([\d.]+)(?:\s*\/\s*([\d.]+))?$/.exec(text.trim()) ?? [];
  const plain = address.split(".").map(Number).join(".");
  const mask = size === undefined ? undefined : parseIp(size);
  const whole = plain.endsWith(".0") ? "24" : "32";
  const prefix = mask === undefined ? (size ?? whole) : String(32 - Math.log2(2 ** 32 - mask));
  const parsed = parseCidr(`${plain}/${Number(prefix)}`);
  const block = parsed.ok ? parsed.cidr : parsed.aligned;
  return block && formatCidr(block);
}

const insteadOf = <T>(parsed: Parsed<T>, instead: string): Parsed<T> =>
  parsed.ok ? parsed : { ok: false, problem: { ...parsed.problem, instead } };

/** The range of an enclave: a block. Its proposals are only blocks of an allowed size. */
export function parseRange(text: string): Parsed<Cidr> {
  const parsed = parseBlock(text);
  const likely = parsed.ok ? undefined : parsed.problem.instead;
  return likely === undefined ? parsed : insteadOf(parsed, formatCidr(nearestRange(cidr(likely))));
}

/** A block; a single address is accepted in its place. */
export function parseSource(text: string): Parsed<Cidr> {
  const parsed = parseBlock(text);
  return parseIp(text) === undefined ? parsed : insteadOf(parsed, `${text}/32`);
}

const HOST_LABEL = /^(?!-)[a-z0-9-]{1,63}(?<!-)$/;

/** A lower-case host name of two or more labels; `wildcard`: or `*.x`, one or more labels below x, not x. */
export function parseHostName(text: string, wildcard: boolean): Parsed<string> {
  if (parseIp(text) !== undefined || parseCidr(text).ok || /^\d+(?:\.\d+){3}(?:\/\d+)?$/.test(text)) {
    const detail =
      "A name is wanted: the address behind a name changes, and an address says nothing about who answers.";
    return refuse("host-is-address", `${quoted(text)} is an address, not a name`, detail);
  }
  if (IPV6.test(text)) return refuseIpv6(text);
  const lower = text.toLowerCase();
  if (lower !== text && parseHostName(lower, wildcard).ok) {
    const detail = "Host names do not differ by case, so they are written in one: lower case.";
    return refuse("host-case", `${quoted(text)} is not in lower case`, detail, { instead: lower });
  }
  const name = text.startsWith("*.") ? text.slice(2) : text;
  const labels = name.split(".");
  const wrong = wrongWildcard(text, name, wildcard);
  if (wrong !== undefined) {
    const isTop = wildcard && name !== text && !/[*.]/.test(name);
    const more = isTop ? { instead: `*.example.${name}` } : {};
    return refuse("host-wildcard", `${quoted(text)} is not a usable wildcard`, wrong, more);
  }
  const isName = labels.length > 1 && name.length <= 253 && labels.every((label) => HOST_LABEL.test(label));
  return isName && !/^\d+$/.test(labels.at(-1) ?? "") ? accept(text) : refuseHostName(text);
}

/** `name` is the text without its wildcard. */
function wrongWildcard(text: string, name: string, wildcard: boolean): string | undefined {
  if (text === "*")
    return 'Everything on the internet is not a destination. Write the names, or "*.x" for the names below x.';
  if (name.includes("*"))
    return 'A wildcard stands for the whole first label, and only there: "*.example.com".';
  if (text === name) return undefined;
  if (!wildcard) return "One exact name is wanted here.";
  return name.includes(".") ? undefined : `Every name below the top-level domain "${name}" is too wide.`;
}

function refuseHostName(text: string): Refusal {
  const bare = text
    .replace(/^[a-z]+:\/\//i, "")
    .replace(/[/:?].*$/, "")
    .replace(/\.$/, "")
    .toLowerCase();
  const detail =
    "A host name has two or more labels of letters, digits and hyphens, without scheme, port or path: mirror.example.com.";
  const more = bare !== text && parseHostName(bare, true).ok ? { instead: bare } : {};
  return refuse("host-syntax", `${quoted(text)} is not a host name`, detail, more);
}

export const REASON = /^[A-Za-z0-9 ._\-:/()#,@[\]+=&;{}!$*]*$/;

/** 1 to 140 characters that every cloud's rule description takes. */
export function parseReason(text: string): Parsed<string> {
  const trimmed = text.trim();
  if (trimmed === "") {
    const detail = "It becomes the description of every rule that this line opens, on every cloud.";
    return refuse("why-empty", "the reason is empty", detail);
  }
  if (text.length > 140) {
    const detail = `${text.length} characters are given; every cloud takes 140.`;
    return refuse("why-too-long", "the reason is too long", detail, {
      facts: { length: text.length, longest: 140 },
      // The parser cuts a word only if it is a single one.
      instead: /^.{1,140}(?!\S)/.exec(trimmed)?.[0].trim() ?? trimmed.slice(0, 140),
    });
  }
  const strange = [...new Set([...text].filter((character) => !REASON.test(character)))];
  if (strange.length === 0) return accept(text);
  const shown = strange.map((character) => JSON.stringify(character)).join(" ");
  const detail = `These are refused: ${shown}. Letters, digits, spaces and ._-:/()#,@[]+=&;{}!$* are taken.`;
  const plain = [...text].map(plainCharacter).join("");
  return refuse("why-characters", "the reason has characters that some cloud refuses", detail, {
    facts: { refused: strange.join("") },
    ...(plain.trim() === "" ? {} : { instead: plain }),
  });
}

function plainCharacter(character: string): string {
  if (REASON.test(character)) return character;
  if (/\s/.test(character)) return " ";
  return /["'?\u2018-\u201f]/.test(character) ? "" : "-";
}
