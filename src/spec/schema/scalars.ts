/** The words of a spec as parts of its schema: read by their parsers, with what an editor can check of them before. */

import { z } from "zod";
import { quoted } from "../../diagnostics/edit";
import {
  LABEL,
  type Parsed,
  parseBlock,
  parseEnclaveName,
  parseHostName,
  parseName,
  parseRange,
  parseReason,
  parseSource,
  REASON,
  refused,
  sound,
} from "./parse";
import { parseTraffic } from "./ports";

/** What an editor shows and checks of a scalar; the parser alone decides. */
interface Hints {
  readonly description: string;
  readonly pattern?: string;
  readonly maxLength?: number;
  readonly examples?: string[];
}

function scalar<T>(parse: (text: string) => Parsed<T>, hints: Hints) {
  return z
    .string()
    .transform((text, context): T => {
      const parsed = parse(text);
      if (parsed.ok) return parsed.value;
      context.addIssue({
        code: "custom",
        message: parsed.problem.summary,
        params: { problem: parsed.problem },
      });
      return z.NEVER;
    })
    .meta({ ...hints });
}

/** Text of a given form: an identifier that a cloud made up. `likely` reads it from what people write instead. */
export function shaped(
  pattern: RegExp,
  what: string,
  example: string,
  likely: (text: string) => string | undefined = () => undefined,
) {
  const parse = (text: string): Parsed<string> => {
    if (pattern.test(text)) return sound(text);
    const bare = text.replace(/\s+/g, "");
    const fitting = [
      likely(text),
      bare,
      bare.toLowerCase(),
      text
        .trim()
        .toLowerCase()
        .replace(/[\s_]+/g, "-"),
    ].find((each) => each !== undefined && pattern.test(each));
    return refused({
      code: "value-shape",
      summary: `${quoted(text)} is not ${what}`,
      detail: `It has the form of ${example}.`,
      instead: fitting ?? example,
    });
  };
  return scalar(parse, {
    description: `${what[0]?.toUpperCase() ?? ""}${what.slice(1)}.`,
    pattern: pattern.source,
    examples: [example],
  });
}

export const name = scalar(parseName, {
  description: "A name: lower-case letters, digits and single hyphens.",
  pattern: LABEL.source,
  maxLength: 20,
});
export const enclaveName = scalar(parseEnclaveName, {
  description: "Name of the enclave; it begins the name of everything that is built.",
  pattern: LABEL.source,
  maxLength: 24,
  examples: ["private-rag"],
});
export const block = scalar(parseBlock, {
  description: "IPv4 block, its host bits zero.",
  pattern: "^[0-9.]+/[0-9]{1,2}$",
  examples: ["10.20.0.0/16"],
});
export const rangeBlock = scalar(parseRange, {
  description: "IPv4 block, its host bits zero.",
  pattern: "^[0-9.]+/[0-9]{1,2}$",
  examples: ["10.20.0.0/16"],
});
export const sourceBlock = scalar(parseSource, {
  description: "Public IPv4 block.",
  pattern: "^[0-9.]+/[0-9]{1,2}$",
  examples: ["198.51.100.0/24"],
});
export const traffic = scalar(parseTraffic, {
  description:
    "443/tcp, 8000-8100/tcp, 53/udp, icmp (all ICMPv4) or any (every protocol; refused from the internet).",
  pattern: "^(?:[0-9]{1,5}(?:-[0-9]{1,5})?/(?:tcp|udp)|icmp|any)$",
  examples: ["443/tcp"],
});
export const hostPattern = scalar((text) => parseHostName(text, true), {
  description: "Exact name, or *.x for the names below x (never x itself).",
  pattern: "^(?:\\*\\.)?[a-z0-9-]+(?:\\.[a-z0-9-]+)+$",
  examples: ["mirror.example.com", "*.huggingface.co"],
});
export const hostName = scalar((text) => parseHostName(text, false), {
  description: "Exact host name.",
  pattern: "^[a-z0-9-]+(?:\\.[a-z0-9-]+)+$",
});
export const why = scalar(parseReason, {
  description:
    "Why this is allowed: becomes the description of every rule that comes of it. 1 to 140 characters.",
  pattern: REASON.source.replace("*$", "{1,140}$"),
  maxLength: 140,
});
