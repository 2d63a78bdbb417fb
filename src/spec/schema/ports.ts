/** Ports and protocols as a spec writes them. */
import { likeness } from "../../diagnostics/did-you-mean";
import { quoted } from "../../diagnostics/edit";
import { accept, type Parsed, refuse } from "../../diagnostics/problem";
import type { Traffic } from "../../model/enclave";
import { refuseIpv6 } from "./parse";

const PORTS = /^(\d{1,5})(?:-(\d{1,5}))?\/(tcp|udp)$/;
const isPort = (text: string): boolean =>
  String(Number(text)) === text && Number(text) >= 1 && Number(text) <= 65535;

/** `443/tcp`, `8000-8100/udp`, `icmp`, `any`. */
export function parseTraffic(text: string): Parsed<Traffic> {
  if (text === "icmp" || text === "any") return accept({ protocol: text });
  const [, first = "", last = first, protocol] = PORTS.exec(text) ?? [];
  if (isPort(first) && isPort(last) && Number(first) <= Number(last))
    return accept({ protocol: protocol === "tcp" ? "tcp" : "udp", from: Number(first), to: Number(last) });
  if (/^icmp-?v?6$/i.test(text)) return refuseIpv6(text);
  const detail =
    'Ports are written "443/tcp", "8000-8100/tcp", "53/udp", "icmp" (all ICMPv4) or "any" (every ' +
    "protocol); ports count from 1 to 65535.";
  const instead = likelyPorts(text);
  const applicability = likeness(text.replace(/^(tcp|udp)\W+(.*)$/i, "$2/$1"), instead);
  return refuse("ports-syntax", `${quoted(text)} names no ports`, detail, { instead, applicability });
}

/** The ports that a text without a valid port probably means: `443`, `tcp/443`, `80:90`. */
function likelyPorts(text: string): string | undefined {
  const turned = text
    .trim()
    .toLowerCase()
    .replace(/^(tcp|udp)\s*[/:]\s*(.*)$/, "$2/$1");
  const [, first = "", last = first, protocol = "tcp"] =
    /^(\d{1,5})(?:\s*[-:]\s*(\d{1,5}))?(?:\s*\/\s*(tcp|udp))?$/.exec(turned) ?? [];
  const ports = [...new Set([first, last].map(Number))].sort((a, b) => a - b);
  if (ports.some((port) => !isPort(String(port)))) return undefined;
  return `${ports.join("-")}/${protocol}`;
}
