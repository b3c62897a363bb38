/** Decides whether a model's address is in the studio's own network, by the address alone: what it resolves to may change. */
import { BlockList, isIP } from 'node:net';

const own = new BlockList();
for (const [network, bits] of [
  ['127.0.0.0', 8],
  ['10.0.0.0', 8],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
  ['169.254.0.0', 16],
] as const) {
  own.addSubnet(network, bits, 'ipv4');
}
for (const [network, bits] of [
  ['::1', 128],
  ['fc00::', 7],
  ['fe80::', 10],
] as const) {
  own.addSubnet(network, bits, 'ipv6');
}

/** Names that no public name server answers: RFC 6761, 6762 and 8375, ICANN's `.internal`, and routers' `.lan`. */
const OWN_NAMES = /(^|\.)(localhost|local|lan|internal|home\.arpa)$/;

/**
 * Whether an address is a loopback or private address, or a name that only the own network knows: 'localhost', a name
 * without a dot, '.local', '.lan', '.internal', '.home.arpa'.
 */
export function isOwnNetwork(url: string): boolean {
  const host = new URL(url).hostname.replace(/^\[(.*)\]$/, '$1').replace(/\.$/, '');
  const family = isIP(host);
  if (family !== 0) return own.check(host, family === 4 ? 'ipv4' : 'ipv6');
  return host !== '' && (!host.includes('.') || OWN_NAMES.test(host));
}
