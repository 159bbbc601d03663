import { Resolver, lookup as systemLookup } from 'node:dns/promises';
import { isIP, type LookupFunction, type Socket } from 'node:net';
import { callbackify } from 'node:util';
import ipaddr from 'ipaddr.js';
import { buildConnector } from 'undici';

/** One answer of a name look-up. */
export interface ResolvedAddress {
  readonly address: string;
  readonly family: number;
}

/** All addresses of a name; rejects with an error that has a `code` (`ENOTFOUND`, `ETIMEOUT`) where there are none. */
export type LookUp = (hostname: string) => Promise<readonly ResolvedAddress[]>;

export interface GuardRules {
  /** `host:port` of single private hosts that may be asked; IPv6 as `[::1]:8080`. */
  readonly allowPrivateHosts: readonly string[];
  readonly allowPorts: readonly number[];
  readonly connectTimeoutMs: number;
  /** Default: the name servers of this machine. */
  readonly lookUp?: LookUp;
}

/** Why an address is not asked. */
export interface Refusal {
  readonly code: 'bad_url' | 'port_refused' | 'private_address';
  /** Names the host at most: paths, queries and passwords may be secrets. */
  readonly message: string;
}

export interface Guard {
  /** What can be told from the address itself; null when nothing speaks against it. Names are judged when connecting. */
  readonly refuse: (url: URL) => Refusal | null;
  /** Connects for undici to addresses that were checked, and to no others. */
  readonly connect: buildConnector.connector;
}

/** A connection that was not made: the name stands for an address that is not public. */
export class AddressRefused extends Error {
  readonly code = 'private_address';
}

/** Azure's metadata and name service answers on a public number (168.63.129.16). */
const METADATA_ADDRESSES = new Set(['168.63.129.16']);
/** RFC 6761 and RFC 6762 names, and what clouds and home routers use inside. */
const INNER_NAME = /(?:^|\.)(?:localhost|localdomain|local|internal|intranet|home\.arpa)$/u;
/** Global unicast, 2000::/3: whatever else is assigned in IPv6 is not for hosts on the Internet (RFC 4291). */
const GLOBAL_UNICAST = ipaddr.IPv6.parseCIDR('2000::/3');
const NAT64 = ipaddr.IPv6.parseCIDR('64:ff9b::/96');
const RESOLVER_TRIES = { timeout: 2500, tries: 2 };

/**
 * True for an address on the public Internet. False for everything special (IANA registries of special-purpose
 * addresses, RFC 6890), for cloud metadata services, and for text that is not an address in its plain form.
 * An IPv4 address inside IPv6 (mapped, or RFC 6052 NAT64) is judged as IPv4; the tunnels 6to4 and Teredo, IPv4-compatible
 * and site-local NAT64 addresses are never public.
 */
export function isPublicAddress(ip: string): boolean {
  switch (isIP(ip)) {
    case 4:
      return isPublicIPv4(ipaddr.IPv4.parse(ip));
    case 6:
      return isPublicIPv6(ip);
    default:
      return false;
  }
}

/** What may be connected to by these rules. The port and host rules hold for every hop, so ask `refuse` for each. */
export function createGuard(rules: GuardRules): Guard {
  const opened = new Set(rules.allowPrivateHosts.map((host) => host.toLowerCase()));
  const ports = new Set(rules.allowPorts);
  const lookUp = rules.lookUp ?? resolveName;
  const options = { timeout: rules.connectTimeoutMs, allowH2: false };
  const connectChecked = buildConnector({ ...options, lookup: lookupFor(lookUp, checkAddresses) });
  const connectOpened = buildConnector({ ...options, lookup: lookupFor(lookUp, () => undefined) });

  return {
    refuse(url) {
      if (url.protocol !== 'http:' && url.protocol !== 'https:') {
        return { code: 'bad_url', message: 'only http and https addresses are asked' };
      }
      if (opened.has(`${url.hostname}:${portOf(url.protocol, url.port)}`)) return null;
      const port = Number(portOf(url.protocol, url.port));
      if (!ports.has(port)) {
        return { code: 'port_refused', message: `port ${port} is not among those allowed` };
      }
      return isInnerHost(url.hostname)
        ? { code: 'private_address', message: `${url.hostname} is not on the public Internet` }
        : null;
    },

    connect(target, callback) {
      if (opened.has(`${bracketed(target.hostname)}:${portOf(target.protocol, target.port)}`)) {
        connectOpened(target, callback);
        return;
      }
      if (isInnerHost(target.hostname)) {
        callback(refusedError(target.hostname), null);
        return;
      }
      connectChecked(target, (error, socket) => {
        if (error) callback(error, null);
        else if (isWhereItShould(socket)) callback(null, socket);
        else {
          socket.destroy();
          callback(refusedError(target.hostname), null);
        }
      });
    },
  };
}

/**
 * Asks the name servers without a thread of the pool, which a few dead ones would hold up for everybody; names that
 * only this machine knows (its hosts file, a container network) come from the system.
 */
async function resolveName(hostname: string): Promise<readonly ResolvedAddress[]> {
  const resolver = new Resolver(RESOLVER_TRIES);
  const [four, six] = await Promise.allSettled([resolver.resolve4(hostname), resolver.resolve6(hostname)]);
  const found = [
    ...(four.status === 'fulfilled' ? four.value.map((address) => ({ address, family: 4 })) : []),
    ...(six.status === 'fulfilled' ? six.value.map((address) => ({ address, family: 6 })) : []),
  ];
  if (found.length > 0) return found;
  const reason: unknown = four.status === 'rejected' ? four.reason : null;
  if (codeOf(reason) === 'ETIMEOUT') throw reason;
  return systemLookup(hostname, { all: true });
}

/** The look-up that `net.connect` makes once for a connection: what is checked is what is connected to. */
function lookupFor(
  lookUp: LookUp,
  check: (hostname: string, found: readonly ResolvedAddress[]) => void,
): LookupFunction {
  const find = callbackify(async (hostname: string) => {
    const found = await lookUp(hostname);
    if (found.length === 0) throw Object.assign(new Error('no address'), { code: 'ENOTFOUND' });
    check(hostname, found);
    return found;
  });
  return (hostname, options, callback) => {
    find(hostname, (error, found) => {
      const [first] = found ?? [];
      if (options.all === true && first) callback(null, [...found]);
      else callback(error, first?.address ?? '', first?.family ?? 0);
    });
  };
}

/** One private address among public ones is enough to refuse the name: an honest publisher has none. */
function checkAddresses(hostname: string, found: readonly ResolvedAddress[]): void {
  if (!found.every(({ address }) => isPublicAddress(address))) throw refusedError(hostname);
}

/** The last look, at the connection itself. One that has ended again has no address, and does no harm. */
function isWhereItShould(socket: Socket): boolean {
  return socket.remoteAddress === undefined || isPublicAddress(socket.remoteAddress);
}

/** True for a literal address that is not public and for names that stand for this machine or network. */
function isInnerHost(hostname: string): boolean {
  const name = hostname.replace(/^\[|\]$/gu, '').replace(/\.$/u, '');
  if (isIP(name) !== 0) return !isPublicAddress(name);
  return name === '' || name.includes('%') || INNER_NAME.test(name.toLowerCase());
}

function isPublicIPv4(address: ipaddr.IPv4): boolean {
  return address.range() === 'unicast' && !METADATA_ADDRESSES.has(address.toString());
}

function isPublicIPv6(ip: string): boolean {
  // A zone id names a link of this machine.
  if (ip.includes('%')) return false;
  // ipaddr.js reads `::1.2.3.4` as mapped, so the dotted part is turned into hexadecimal digits first.
  const address = ipaddr.IPv6.parse(new URL(`http://[${ip}]/`).hostname.slice(1, -1));
  if (address.isIPv4MappedAddress()) return isPublicIPv4(address.toIPv4Address());
  if (address.match(NAT64)) return isPublicIPv4(new ipaddr.IPv4(address.toByteArray().slice(12)));
  return address.match(GLOBAL_UNICAST) && address.range() === 'unicast';
}

function portOf(protocol: string, port: string): string {
  if (port !== '') return port;
  return protocol === 'https:' ? '443' : '80';
}

function bracketed(hostname: string): string {
  return isIP(hostname) === 6 ? `[${hostname}]` : hostname;
}

function refusedError(hostname: string): AddressRefused {
  return new AddressRefused(`${hostname} is not on the public Internet`);
}

function codeOf(error: unknown): unknown {
  return typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
}
