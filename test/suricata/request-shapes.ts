/** Requests, judged one by one: on a port, in the clear or as they are after decryption. */
import {
  ANOTHER,
  asks,
  DATA,
  ENDLESS,
  FIRST,
  interrupted,
  OTHER_TLS,
  SECOND,
  SERVER,
  type Shape,
  says,
  shape,
  talk,
} from "./shapes";
import { chunks, clientHello, HTTP2_BEGINNING, request, request2 } from "./talk";

/** A host that is allowed on a port. */
interface Site {
  readonly port: number;
  readonly host: string;
}

const hostsOf = ({ port }: Site): string => `app to no other host on ${port}`;
const NAMELESS = "a request without a host";
const raw = (head: string): Buffer => Buffer.from(`${head.replace(/\n/g, "\r\n")}\r\n\r\n`);

const alone = ({ port }: Site, words: string, said: Buffer, by: string): Shape =>
  shape(words, FIRST, talk(port, asks(said)), by);

const second = ({ port, host }: Site, words: string, said: Buffer, by: string): Shape =>
  shape(words, SECOND, talk(port, asks(request(host), said)), by);

export const requestShapes = (port: number, host: string): readonly Shape[] =>
  [allowed, otherHosts, nameless, later, others].flatMap((shapes) => shapes({ port, host }));

function allowed(site: Site): readonly Shape[] {
  const { port, host } = site;
  const get = request(host);
  const whole = (words: string, turns: Parameters<typeof talk>[1]): Shape =>
    shape(words, "whole", talk(port, turns), hostsOf(site));
  return [
    whole("requests to allowed hosts", asks(get, request("a.example.org"), get)),
    whole("a host with its port", asks(request(`${host}:${port}`), get)),
    whole("a request in small pieces", says(...chunks(get, 7))),
    whole("a long request", says(...chunks(request(host, { body: 50_000 }), 1400))),
    whole("requests of HTTP/2", says(HTTP2_BEGINNING, request2(1, host), request2(3, "a.example.org"))),
  ];
}

function otherHosts(site: Site): readonly Shape[] {
  const { host } = site;
  const said: readonly (readonly [words: string, said: Buffer])[] = [
    ["another host", request("evil.example.net")],
    ["a host that ends alike", request(`x${host}`)],
    ["a wildcard's own host", request("example.org")],
    ["an address for a host", request(SERVER)],
    ["two hosts", raw(`GET / HTTP/1.1\nHost: ${host}\nHost: evil.example.net`)],
    ["another host in the address", raw(`GET http://evil.example.net/ HTTP/1.1\nHost: ${host}`)],
    ["a way through", raw(`CONNECT evil.example.net:443 HTTP/1.1\nHost: ${host}`)],
    ["two requests in one packet", Buffer.concat([request(host), request("evil.example.net")])],
  ];
  return said.map(([words, each]) => alone(site, words, each, hostsOf(site)));
}

const nameless = (site: Site): readonly Shape[] => [
  alone(site, "no host", request(undefined), NAMELESS),
  alone(site, "no host in HTTP/1.0", request(undefined, { version: "1.0" }), NAMELESS),
  alone(site, "no header", raw("GET / HTTP/1.0"), NAMELESS),
  alone(site, "a host that is empty", request(""), NAMELESS),
  alone(site, "a host that is no name", request("["), NAMELESS),
  second(site, "a second request without a host", request(undefined), NAMELESS),
  shape(
    "a request of HTTP/2 without a host",
    SECOND,
    talk(site.port, says(HTTP2_BEGINNING, request2(1, undefined))),
    "a request without an authority",
  ),
];

function later(site: Site): readonly Shape[] {
  const { port, host } = site;
  const long = raw(`GET / HTTP/1.1\nX-Long: ${"a".repeat(20_000)}\nHost: evil.example.net`);
  const asked = talk(port, asks(request(host), request("evil.example.net")));
  const begun = Buffer.concat([HTTP2_BEGINNING, request2(1, host)]);
  return [
    second(site, "a second request to another host", request("evil.example.net"), hostsOf(site)),
    shape(
      "a second request of HTTP/2 to another host",
      SECOND,
      talk(port, says(begun, request2(3, "evil.example.net"))),
      hostsOf(site),
    ),
    // The engine gives up after 18,000 octets, in the thirteenth piece.
    shape(
      "a second request that is too long to be read",
      SECOND + 2 * 12,
      talk(port, [...asks(request(host)), ...says(...chunks(long, 1400))]),
      "a request too long to be read",
    ),
    shape(
      "another host after a message that a packet is too large",
      SECOND + 1,
      interrupted(asked, FIRST + 1),
      hostsOf(site),
    ),
  ];
}

const others = ({ port, host }: Site): readonly Shape[] => [
  shape(
    "a request that never ends",
    FIRST + 2 * 11,
    talk(port, says(...chunks(Buffer.from(`GET /${"a".repeat(40_000)}`), 1400))),
    ENDLESS,
  ),
  shape("TLS that is not decrypted", FIRST, talk(port, says(clientHello(host), DATA)), ANOTHER, OTHER_TLS),
  shape("another protocol", FIRST, talk(port, says(Buffer.from("SSH-2.0-client\r\n"), DATA)), ANOTHER),
];
