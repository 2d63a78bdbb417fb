/** Ports and protocols as a spec writes them. */
import { quoted } from "../../diagnostics/edit";
import { accept, type Parsed, refuse } from "../../diagnostics/problem";
import type { Traffic } from "../../model/enclave";
import { lookup } from "../../model/lookup";
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
    'Ports are written "443/tcp", "8000-8100/tcp", "53/udp", "icmp" (all ICMPv4) or "any" (every protocol); ports count from 1 to 65535.';
  return refuse("ports-syntax", `${quoted(text)} names no ports`, detail, { instead: likelyPorts(text) });
}

/** Ports by IANA service names. */
const WELL_KNOWN = lookup({
  ssh: "22/tcp",
  dns: "53/udp",
  http: "80/tcp",
  https: "443/tcp",
  tls: "443/tcp",
  postgres: "5432/tcp",
  postgresql: "5432/tcp",
  mysql: "3306/tcp",
  redis: "6379/tcp",
  ping: "icmp",
});

/** The ports that a text without a valid port probably means: `443`, `tcp/443`, `80:90`, `https`. */
function likelyPorts(text: string): string | undefined {
  const plain = text.trim().toLowerCase();
  if (["*", "all", "0-65535", "-1"].includes(plain)) return "any";
  if (plain in WELL_KNOWN) return WELL_KNOWN[plain];
  const turned = plain.replace(/^(tcp|udp)\s*[/:]\s*(.*)$/, "$2/$1");
  const [, first = "", last = first, protocol = "tcp"] =
    /^(\d{1,5})(?:\s*[-:]\s*(\d{1,5}))?(?:\s*\/\s*(tcp|udp))?$/.exec(turned) ?? [];
  const ports = [...new Set([first, last].map(Number))].sort((a, b) => a - b);
  if (ports.some((port) => !isPort(String(port)))) return undefined;
  return `${ports.join("-")}/${protocol}`;
}
