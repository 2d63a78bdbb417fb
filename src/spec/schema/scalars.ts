/** The words of a spec as parts of its schema. */
import * as z from "zod";
import { scalar } from "../../clouds/field-facts";
import {
  LABEL,
  parseBlock,
  parseEnclaveName,
  parseHostName,
  parseName,
  parseReason,
  parseSource,
  REASON,
} from "./parse";
import { parseTraffic } from "./ports";

export const count = z.int().min(1);

const BLOCK = "^[0-9.]+/[0-9]{1,2}$";

export const name = scalar(parseName, {
  description: "A name: lower-case letters, digits and single hyphens.",
  pattern: LABEL.source,
  maxLength: 20,
});
export const enclaveName = scalar(parseEnclaveName, {
  description:
    "Name of the enclave: 1 to 24 lower-case letters, digits and hyphens, beginning with a letter.",
  pattern: LABEL.source,
  maxLength: 24,
  examples: ["my-enclave"],
});
export const block = scalar(parseBlock, {
  description: "IPv4 block, its host bits zero.",
  pattern: BLOCK,
  examples: ["10.20.0.0/16"],
});
export const rangeBlock = scalar(parseBlock, {
  description: "The whole range: private (RFC 1918) or shared (RFC 6598), /12 to /22.",
  pattern: BLOCK,
  examples: ["10.20.0.0/16"],
});
export const sourceBlock = scalar(parseSource, {
  description: "Public IPv4 block.",
  pattern: BLOCK,
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
export const why = scalar(parseReason, {
  description:
    "Why this is allowed, in 1 to 140 letters, digits, spaces and `._-:/()#,@[]+=&;{}!$*`. " +
    "It becomes the description of every rule that comes of it.",
  pattern: REASON.source.replace("*$", "{1,140}$"),
  maxLength: 140,
}).meta({ synonyms: ["description", "reason", "comment", "note"] });
