/** Reads a network once for each list of zones in quarantine; none when absent. */
export function forEachQuarantine<Net>(
  read: (cut: readonly string[]) => Net,
): (cut?: readonly string[]) => Net {
  const nets = new Map<string, Net>();
  return (cut = []) => {
    const net = nets.get(cut.join()) ?? read(cut);
    nets.set(cut.join(), net);
    return net;
  };
}
