// Which address a call to somebody else's server may go to: a public one, looked up once and then kept to.
import { lookup } from 'node:dns/promises';
import { BlockList, isIP } from 'node:net';

export interface OutgoingAddress {
  readonly address: string;
  readonly family: 4 | 6;
}

/** IANA's special-purpose IPv4 blocks (RFC 6890 and after), with multicast and what is reserved. */
const notPublic4 = blocksOf('ipv4', [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  // The cloud's own: credentials of this very function are served here.
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
]);

/** All IPv6 that is given out to networks. Loopback, link-local, unique local, mapped and NAT64 are outside of it. */
const given6 = blocksOf('ipv6', [['2000::', 3]]);

/** Inside of it, but leading elsewhere: tunnels that carry an IPv4 address, documentation, benchmarks. */
const notPublic6 = blocksOf('ipv6', [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
]);

/** False for anything that is not the text of one public IP address. */
export function isPublicAddress(ip: string): boolean {
  switch (isIP(ip)) {
    case 4:
      return !notPublic4.check(ip, 'ipv4');
    case 6:
      // A zone names an interface of this machine.
      if (ip.includes('%')) return false;
      return given6.check(ip, 'ipv6') && !notPublic6.check(ip, 'ipv6');
    default:
      return false;
  }
}

/**
 * The address to connect to, whatever the name leads to a moment later; undefined when any that it leads to now is not
 * public. Takes names and addresses, IPv6 without brackets. Throws when the name leads nowhere.
 */
export async function resolvePublicAddress(hostname: string): Promise<OutgoingAddress | undefined> {
  const found = await resolveAddresses(hostname);
  const isPublic = found.length > 0 && found.every(({ address }) => isPublicAddress(address));
  return isPublic ? found[0] : undefined;
}

/** Longer than any name that leads somewhere takes; whoever saves an address waits for it. */
const lookUpMs = 4000;

/** What can be said of a name when somebody writes it down; calls made to it later look again, for names move. */
export async function placeOfHost(hostname: string): Promise<'public' | 'private' | 'nowhere'> {
  const late = new Promise<undefined>((resolve) => {
    setTimeout(resolve, lookUpMs, undefined).unref();
  });
  try {
    const found = await Promise.race([resolveAddresses(hostname), late]);
    if (found === undefined || found.length === 0) return 'nowhere';
    return found.every(({ address }) => isPublicAddress(address)) ? 'public' : 'private';
  } catch {
    return 'nowhere';
  }
}

/** Without any guard: for a stage on one's own machine, where everything is loopback. */
export async function resolveAnyAddress(hostname: string): Promise<OutgoingAddress | undefined> {
  const [first] = await resolveAddresses(hostname);
  return first;
}

async function resolveAddresses(hostname: string): Promise<OutgoingAddress[]> {
  const found = await lookup(hostname, { all: true, order: 'ipv4first' });
  return found.map(({ address, family }) => ({ address, family: family === 6 ? 6 : 4 }));
}

function blocksOf(
  family: 'ipv4' | 'ipv6',
  blocks: readonly (readonly [network: string, prefix: number])[],
): BlockList {
  const list = new BlockList();
  for (const [network, prefix] of blocks) list.addSubnet(network, prefix, family);
  return list;
}
