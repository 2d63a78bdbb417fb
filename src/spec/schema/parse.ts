/**
 * The words a spec is made of: names, blocks, ports, host names, reasons. Each is read into what it means, or refused with a
 * problem that says what is wrong and what to write instead.
 */

import { quoted } from "../../diagnostics/edit";
import { type Parsed, type Problem, refused, sound } from "../../diagnostics/problem";
import { type Cidr, cidr, formatCidr, parseCidr, parseIp } from "../../net/cidr";
import { nearestRange } from "../../net/ranges";

const RESERVED = new Set(["internet", "any", "all", "enclave"]);
const isReserved = (text: string): boolean => RESERVED.has(text) || text.startsWith("enclave-");

export const LABEL = /^[a-z](?:[a-z0-9-]*[a-z0-9])?$/;

/** The name that a user probably meant, as a label: letters without their accents, what is no letter a hyphen. */
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

/** An RFC 1035 label of at most 20 characters without `--`, and none that the product keeps for itself. */
export function parseName(text: string): Parsed<string> {
  if (isReserved(text)) {
    const detail =
      '"internet", "any", "all", "enclave" and names that begin with "enclave-" have a meaning of their own.';
    return refused({
      code: "name-reserved",
      summary: `the name ${quoted(text)} is reserved`,
      detail,
      instead: labelOf(text),
    });
  }
  if (LABEL.test(text) && text.length <= 20 && !text.includes("--")) return sound(text);
  return refused({
    code: "name-invalid",
    summary: `${quoted(text)} is not a name that every cloud takes`,
    detail:
      "A name has 1 to 20 lower-case letters, digits and single hyphens, begins with a letter and does not end with a hyphen.",
    facts: { length: text.length, longest: 20 },
    instead: labelOf(text),
  });
}

export function parseEnclaveName(text: string): Parsed<string> {
  if (LABEL.test(text) && text.length <= 24) return sound(text);
  return refused({
    code: "name-invalid",
    summary: `${quoted(text)} is not a name that every cloud takes`,
    detail:
      "An enclave's name has 1 to 24 lower-case letters, digits and hyphens, begins with a letter and does not end with a hyphen.",
    facts: { length: text.length, longest: 24 },
    instead: labelOf(text, 24),
  });
}

const IPV6 = /^[0-9a-f:.]*:[0-9a-f:.]*:[0-9a-f:.]*(?:%\w+)?(?:\/\d{1,3})?$/i;

export const ipv6 = (text: string): Problem => ({
  code: "ipv6",
  summary: `${quoted(text)} is IPv6`,
  detail: "An enclave is IPv4 only: IPv6 is switched off on the clouds, and denied where a rule can say so.",
});

/** An IPv4 block, its host bits zero. */
export function parseBlock(text: string): Parsed<Cidr> {
  const parsed = parseCidr(text);
  if (parsed.ok) return sound(parsed.cidr);
  if (IPV6.test(text)) return refused(ipv6(text));
  if (parsed.aligned !== undefined) {
    const aligned = formatCidr(parsed.aligned);
    const detail = `The block of that size that holds the address is ${aligned}. Nothing is rounded here.`;
    return refused({
      code: "cidr-misaligned",
      summary: `${quoted(text)} has host bits set`,
      detail,
      facts: { aligned },
      instead: aligned,
    });
  }
  const problem: Problem = {
    code: "cidr-syntax",
    summary: `${quoted(text)} is not an IPv4 block`,
    detail:
      "A block is four numbers from 0 to 255 without leading zeros, a slash and a prefix length from 0 to 32: 10.20.0.0/16.",
  };
  const likely = likelyBlock(text);
  return refused(likely === undefined ? problem : { ...problem, instead: likely });
}

/** `10.20.8.0`, `010.20.8.0/24`, `10.20.8.0 / 255.255.255.0` as blocks. */
function likelyBlock(text: string): string | undefined {
  const [, address = "", size] = /^([\d.]+)(?:\s*\/\s*([\d.]+))?$/.exec(text.trim()) ?? [];
  const plain = address.split(".").map(Number).join(".");
  const mask = size === undefined ? undefined : parseIp(size);
  const prefix =
    mask === undefined
      ? (size ?? (plain.endsWith(".0") ? "24" : "32"))
      : String(32 - Math.log2(2 ** 32 - mask));
  const parsed = parseCidr(`${plain}/${Number(prefix)}`);
  const block = parsed.ok ? parsed.cidr : parsed.aligned;
  return block && formatCidr(block);
}

/** The range of an enclave: a block, in whose place only one of an allowed size is proposed. */
export function parseRange(text: string): Parsed<Cidr> {
  const parsed = parseBlock(text);
  if (parsed.ok || parsed.problem.instead === undefined) return parsed;
  return refused({ ...parsed.problem, instead: formatCidr(nearestRange(cidr(parsed.problem.instead))) });
}

/** A block that a single address can stand for. */
export function parseSource(text: string): Parsed<Cidr> {
  const parsed = parseBlock(text);
  if (parsed.ok || parseIp(text) === undefined) return parsed;
  return refused({ ...parsed.problem, instead: `${text}/32` });
}

const HOST_LABEL = /^(?!-)[a-z0-9-]{1,63}(?<!-)$/;

/** A host name of at least two labels, lower case; with `wildcard` also `*.x`: one or more labels below x, never x itself. */
export function parseHostName(text: string, wildcard: boolean): Parsed<string> {
  const problem = hostNameProblem(text, wildcard);
  return problem === undefined ? sound(text) : refused(problem);
}

function hostNameProblem(text: string, wildcard: boolean): Problem | undefined {
  const name = text.startsWith("*.") ? text.slice(2) : text;
  const labels = name.split(".");
  if (text === "*")
    return wildName(
      text,
      'Everything on the internet is no destination. Write the names, or "*.x" for the names below x.',
    );
  if (parseIp(text) !== undefined || parseCidr(text).ok || /^\d+(?:\.\d+){3}(?:\/\d+)?$/.test(text)) {
    const detail =
      "A way out is opened to names: the address behind a name changes, and an address says nothing about who answers.";
    return { code: "host-is-address", summary: `${quoted(text)} is an address, not a name`, detail };
  }
  if (IPV6.test(text)) return ipv6(text);
  const lower = text.toLowerCase();
  if (lower !== text && hostNameProblem(lower, wildcard) === undefined) {
    const detail = "Host names do not differ by case, so they are written in one: lower case.";
    return { code: "host-case", summary: `${quoted(text)} is not in lower case`, detail, instead: lower };
  }
  if (name.includes("*"))
    return wildName(text, 'A wildcard stands for the whole first label, and only there: "*.example.com".');
  if (text !== name && !wildcard) return wildName(text, "One exact name is wanted here.");
  if (text !== name && labels.length < 2)
    return wildName(
      text,
      `Every name below the top-level domain "${name}" is too wide.`,
      `*.example.${name}`,
    );
  if (
    labels.length < 2 ||
    name.length > 253 ||
    !labels.every((label) => HOST_LABEL.test(label)) ||
    /^\d+$/.test(labels.at(-1) ?? "")
  )
    return noHostName(text);
  return undefined;
}

const wildName = (text: string, detail: string, instead?: string): Problem => ({
  code: "host-wildcard",
  summary: `${quoted(text)} is no usable wildcard`,
  detail,
  ...(instead === undefined ? {} : { instead }),
});

function noHostName(text: string): Problem {
  const bare = text
    .replace(/^[a-z]+:\/\//i, "")
    .replace(/[/:?].*$/, "")
    .replace(/\.$/, "")
    .toLowerCase();
  const usable = bare !== text && hostNameProblem(bare, true) === undefined;
  const detail =
    "A host name has two or more labels of letters, digits and hyphens, without scheme, port or path: mirror.example.com.";
  return {
    code: "host-syntax",
    summary: `${quoted(text)} is not a host name`,
    detail,
    ...(usable ? { instead: bare } : {}),
  };
}

export const REASON = /^[A-Za-z0-9 ._\-:/()#,@[\]+=&;{}!$*]*$/;

/** 1 to 140 characters that every cloud's rule description takes. */
export function parseReason(text: string): Parsed<string> {
  if (text.trim() === "") {
    const detail = "It becomes the description of every rule that this line opens, on every cloud.";
    return refused({ code: "why-empty", summary: "the reason is empty", detail });
  }
  if (text.length > 140) {
    const detail = `${text.length} characters are given; every cloud takes 140.`;
    return refused({
      code: "why-too-long",
      summary: "the reason is too long",
      detail,
      facts: { length: text.length, longest: 140 },
      // Not within a word, unless there is but one.
      instead: /^.{1,140}(?!\S)/.exec(text.trim())?.[0].trim() ?? text.trim().slice(0, 140),
    });
  }
  if (REASON.test(text)) return sound(text);
  const strange = [...new Set([...text].filter((character) => !REASON.test(character)))];
  return refused({
    code: "why-characters",
    summary: "the reason has characters that some cloud refuses",
    detail: `These are refused: ${strange.map((character) => JSON.stringify(character)).join(" ")}. Letters, digits, spaces and ._-:/()#,@[]+=&;{}!$* are taken.`,
    facts: { refused: strange.join("") },
    ...instead(
      [...text]
        .map((character) =>
          REASON.test(character)
            ? character
            : /\s/.test(character)
              ? " "
              : /["'?\u2018-\u201f]/.test(character)
                ? ""
                : "-",
        )
        .join(""),
    ),
  });
}

const instead = (text: string): { instead?: string } => (text.trim() === "" ? {} : { instead: text });
