/** Parsers of names, blocks, host names and reasons: each returns a meaning, or a problem. */

import { likeness } from "../../diagnostics/did-you-mean";
import { quoted } from "../../diagnostics/edit";
import { accept, type Parsed, type Refusal, refuse } from "../../diagnostics/problem";
import { type Cidr, formatCidr, parseCidr, parseIp } from "../../net/cidr";

const RESERVED = new Set(["internet", "any", "all", "enclave"]);
const isReserved = (text: string): boolean => RESERVED.has(text) || text.startsWith("enclave-");

export const LABEL = /^[a-z](?:[a-z0-9-]*[a-z0-9])?$/;

const withoutAccents = (text: string): string => text.normalize("NFKD").replace(/\p{M}/gu, "");

/** The text as a name: lower case, without accents, hyphens between its words; undefined if that is none. */
function labelOf(text: string, longest = 20): string | undefined {
  const label = withoutAccents(text)
    .replace(/(?<=[a-z])(?=[A-Z][a-z])/g, "-")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "");
  return LABEL.test(label) && label.length <= longest && !isReserved(label) ? label : undefined;
}

/** An RFC 1035 label of at most 20 characters without `--`, and no reserved word. */
export function parseName(text: string): Parsed<string> {
  if (isReserved(text)) {
    const detail =
      '"internet", "any", "all", "enclave" and names that begin with "enclave-" have a meaning of their own.';
    return refuse("name-reserved", `the name ${quoted(text)} is reserved`, detail);
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
  const instead = labelOf(text, longest);
  const more = { facts: { length: text.length, longest }, instead, applicability: likeness(text, instead) };
  return refuse("name-invalid", `${quoted(text)} is not a name that every cloud takes`, detail, more);
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
      "A block is four numbers from 0 to 255 without leading zeros, a slash and a prefix length from " +
      "0 to 32: 10.20.0.0/16.";
    const summary = `${quoted(text)} is not an IPv4 block`;
    return refuse("cidr-syntax", summary, detail, { instead: likelyBlock(text) });
  }
  const aligned = formatCidr(parsed.aligned);
  const detail = `The block of that size that holds the address is ${aligned}. Nothing is rounded here.`;
  const more = { facts: { aligned }, instead: aligned };
  return refuse("cidr-misaligned", `${quoted(text)} has host bits set`, detail, more);
}

/** `010.20.8.0/24`, `10.20.8.0 / 255.255.255.0` as blocks. */
function likelyBlock(text: string): string | undefined {
  const [, address = "", size = ""] = /^([\d.]+)\s*\/\s*([\d.]+)$/.exec(text.trim()) ?? [];
  const plain = address.split(".").map(Number).join(".");
  const mask = parseIp(size);
  const prefix = mask === undefined ? size : 32 - Math.log2(2 ** 32 - mask);
  const parsed = parseCidr(`${plain}/${Number(prefix)}`);
  const block = parsed.ok ? parsed.cidr : parsed.aligned;
  return block && formatCidr(block);
}

/** A block; a single address is a block of one. */
export function parseSource(text: string): Parsed<Cidr> {
  const parsed = parseBlock(text);
  if (parsed.ok || parseIp(text) === undefined) return parsed;
  return { ok: false, problem: { ...parsed.problem, instead: `${text}/32`, applicability: "exact" } };
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
    const more = { instead: lower, applicability: "exact" } as const;
    return refuse("host-case", `${quoted(text)} is not in lower case`, detail, more);
  }
  const name = text.startsWith("*.") ? text.slice(2) : text;
  const labels = name.split(".");
  const wrong = wrongWildcard(text, name, wildcard);
  if (wrong !== undefined) return refuse("host-wildcard", `${quoted(text)} is not a usable wildcard`, wrong);
  const isName = labels.length > 1 && name.length <= 253 && labels.every((label) => HOST_LABEL.test(label));
  return isName && !/^\d+$/.test(labels.at(-1) ?? "") ? accept(text) : refuseHostName(text);
}

/** `name` is the text without its wildcard. */
function wrongWildcard(text: string, name: string, wildcard: boolean): string | undefined {
  if (text === "*")
    return (
      "Everything on the internet is not a destination. " + 'Write the names, or "*.x" for the names below x.'
    );
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
    "A host name has two or more labels of letters, digits and hyphens, without scheme, port or " +
    "path: mirror.example.com.";
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
    const facts = { length: text.length, longest: 140 };
    return refuse("why-too-long", "the reason is too long", detail, { facts });
  }
  const strange = [...new Set([...text].filter((character) => !REASON.test(character)))];
  if (strange.length === 0) return accept(text);
  const shown = strange.map((character) => JSON.stringify(character)).join(" ");
  const detail = `These are refused: ${shown}. Letters, digits, spaces and ._-:/()#,@[]+=&;{}!$* are taken.`;
  const quoteless = text.replace(/["'?\u2018-\u201f]/g, "").replace(/[\u2013\u2014]/g, "-");
  const plain = withoutAccents(quoteless.replace(/\s/g, " "));
  return refuse("why-characters", "the reason has characters that some cloud refuses", detail, {
    facts: { refused: strange.join("") },
    ...(REASON.test(plain) && plain.trim() !== "" ? { instead: plain } : {}),
  });
}
