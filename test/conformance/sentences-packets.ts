/** Who may open a connection to whom. */
import {
  at,
  closed,
  endpoint,
  every,
  INTERNET,
  leave,
  open,
  type Sentence,
  sentence,
  stay,
  TRAFFIC,
  unless,
  ZONES,
  zone,
} from "./asking";

const DECLARED = new Set(["web>app", "app>app", "app>db", "batch>vault", "lab>db"]);
const others = (...not: string[]): string[] => ZONES.filter((each) => !not.includes(each));
const zones = (names: readonly string[]) => names.map((name) => zone(name));
const PRIVATE = ["10.255.0.9", "172.31.255.9", "192.168.255.9", "100.127.0.9"].map(at);

const between: readonly Sentence[] = [
  sentence("bare", "without flows no zone opens anything to another", (read) =>
    closed(
      read,
      every(zones(["web", "app", "db"]), zones(["web", "app", "db"])).filter(([from, to]) => from !== to),
    ),
  ),
  sentence("bare", "without flows nothing comes in from the internet", (read) =>
    closed(read, every([INTERNET], zones(["web", "app", "db"]))),
  ),
  sentence("bare", "without ways out nothing leaves", (read) => [
    ...closed(read, every(zones(["web", "app", "db"]), [INTERNET])),
    ...stay(read, [
      ["app", "mirror.example.com", 443],
      ["web", "mirror.example.com", 443],
      ["db", "mirror.example.com", 80],
    ]),
  ]),
  sentence("whole", "zones without a flow between them open nothing to each other", (read) => {
    const undeclared = ZONES.flatMap((from) =>
      ZONES.filter((to) => !DECLARED.has(`${from}>${to}`)).map((to) => [from, to] as const),
    );
    return closed(
      read,
      undeclared.flatMap(([from, to]) => every([zone(from)], [zone(to, 2, 2)])),
    );
  }),
  sentence("whole", "a declared flow is admitted at both ends, in every availability zone", (read) =>
    open(
      read,
      [1, 2].flatMap((slot) =>
        [1, 2].flatMap((other) => every([zone("app", slot)], [zone("db", other)], ["5432/tcp"])),
      ),
    ),
  ),
  sentence("whole", "a range of ports is open from its first to its last and no further", (read) => [
    ...open(read, every([zone("app")], [zone("db")], ["8000/udp", "8050/udp", "8100/udp"])),
    ...closed(read, every([zone("app")], [zone("db")], ["7999/udp", "8101/udp"])),
  ]),
  sentence("whole", "a port that is open for one protocol is closed for the others", (read) =>
    closed(read, every([zone("app")], [zone("db")], ["5432/udp", "8000/tcp", "8100/tcp", "gre"])),
  ),
  sentence("whole", "a flow of icmp opens icmp and no port", (read) => [
    ...open(read, every([zone("app")], [zone("db")], ["icmp"])),
    ...closed(read, every([zone("app")], [zone("db")], ["443/tcp", "53/udp"])),
  ]),
  sentence("whole", "a flow of any is every protocol and port", (read) =>
    open(read, every([zone("batch")], [zone("vault")], TRAFFIC)),
  ),
  sentence("whole", "a flow opens nothing in the other direction but replies", (read) =>
    closed(read, [
      ...every([zone("db")], [zone("app")]),
      ...every([zone("app")], [zone("web")]),
      ...every([zone("vault")], [zone("batch")]),
    ]),
  ),
  sentence("whole", "hosts of one zone reach each other only by a declared flow", (read) => [
    ...open(read, every([zone("app")], [zone("app", 1, 2), zone("app", 2)], ["7000/tcp"])),
    ...closed(
      read,
      every([zone("app")], [zone("app", 1, 2), zone("app", 2)], ["22/tcp", "443/tcp", "7000/udp", "icmp"]),
    ),
    ...closed(read, every([zone("db")], [zone("db", 1, 2), zone("db", 2)])),
  ]),
];

const outside: readonly Sentence[] = [
  sentence("whole", "the internet reaches a public zone by the declared port alone", (read) => [
    ...open(read, every([INTERNET], [zone("web"), zone("web", 2)], ["443/tcp"])),
    ...closed(
      read,
      every(
        [INTERNET],
        [zone("web")],
        TRAFFIC.filter((traffic) => traffic !== "443/tcp"),
      ),
    ),
  ]),
  sentence("whole", "the internet reaches no private and no isolated zone", (read) =>
    closed(read, every([INTERNET], zones(others("web")))),
  ),
  sentence("given", "a flow from some sources of the internet admits them", (read) =>
    open(read, every([INTERNET], [zone("web")], ["443/tcp"])),
  ),
  sentence("given", "a flow from some sources of the internet admits no others", (read) =>
    closed(read, every([at("203.0.113.7"), at("8.8.8.8")], [zone("web")], ["443/tcp"])),
  ),
  sentence("whole", "a public zone opens nothing to the internet", (read) => [
    ...closed(read, every([zone("web"), zone("web", 2)], [INTERNET])),
    ...stay(read, [
      ["web", "mirror.example.com", 443],
      ["web", "cdn.huggingface.co", 443],
    ]),
  ]),
  sentence("whole", "private ranges outside the enclave are not the internet", (read) =>
    closed(read, [...every(PRIVATE, zones(ZONES)), ...every(zones(ZONES), PRIVATE)]),
  ),
  sentence("whole", "load balancers look after what serves the internet on its ports alone", (read) => {
    const [from, others] = [read.balancers().map(at), TRAFFIC.filter((traffic) => traffic !== "443/tcp")];
    return [
      ...open(read, every(from, [zone("web"), zone("web", 2)], ["443/tcp"])),
      ...closed(read, every(from, [zone("web")], others)),
    ];
  }),
  sentence("whole", "load balancers look after nothing that does not serve the internet", (read) =>
    closed(read, every(read.balancers().map(at), zones(others("web")))),
  ),
];

const quarantine: readonly Sentence[] = [
  sentence("whole", "a zone in quarantine opens nothing and receives nothing", (read) => {
    const [all, cut] = [zones(ZONES), ["app"]];
    return [
      ...closed(
        read,
        [
          ...every([zone("app"), zone("app", 2)], [...all, endpoint("files")]),
          ...every(all, [zone("app", 2)]),
        ],
        cut,
      ),
      ...stay(
        read,
        [
          ["app", "mirror.example.com", 443],
          ["app", "cdn.huggingface.co", 443],
        ],
        cut,
      ),
    ];
  }),
  sentence("whole", "a public zone in quarantine receives nothing from the internet", (read) =>
    closed(read, every([INTERNET], [zone("web")]), ["web"]),
  ),
  sentence("whole", "quarantine of a zone cuts no other zone", (read) => [
    ...open(
      read,
      [
        ...every([INTERNET], [zone("web")], ["443/tcp"]),
        ...every([zone("batch")], [zone("vault")], ["443/tcp"]),
      ],
      ["app"],
    ),
    ...open(read, every([zone("batch")], [endpoint("secrets"), endpoint("metrics")], ["443/tcp"]), ["app"]),
    ...leave(read, [["batch", "mirror.example.com", 80]], ["app"]),
  ]),
  sentence("whole", "several zones can be in quarantine at once", (read) => [
    ...closed(
      read,
      [...every([zone("batch")], [zone("vault")]), ...every([INTERNET], [zone("web")])],
      ["web", "vault"],
    ),
    ...open(read, every([zone("app")], [zone("db")], ["5432/tcp"]), ["web", "vault"]),
  ]),
  sentence("whole", "quarantine ends connections that are open when it begins", (read) =>
    ["web", "app", "db"].flatMap((each) =>
      unless(read.endsConnections(each), `connections of ${each} may go on`),
    ),
  ),
  sentence("whole", "no permit comes or goes with the quarantine", (read) => read.permitsThatComeAndGo()),
];

export const PACKETS: readonly Sentence[] = [...between, ...outside, ...quarantine];
