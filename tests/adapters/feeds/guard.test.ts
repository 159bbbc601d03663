import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createGuard, isPublicAddress, type ResolvedAddress } from '../../../adapters/feeds/guard.ts';
import { createHttp } from '../../../adapters/feeds/http.ts';
import { startFeedServer, type FeedServer } from '../../servers/feeds.ts';

describe('an address by number', () => {
  test.each([
    ['1.1.1.1', 'ordinary'],
    ['8.8.8.8', 'ordinary'],
    ['93.184.215.14', 'ordinary'],
    ['100.63.255.255', 'below the carrier range'],
    ['100.128.0.0', 'above the carrier range'],
    ['172.15.255.255', 'below the private range'],
    ['172.32.0.0', 'above the private range'],
    ['192.167.255.255', 'below the private range'],
    ['223.255.255.255', 'below multicast'],
    ['2606:4700:4700::1111', 'ordinary'],
    ['2001:4860:4860::8888', 'ordinary'],
    ['::ffff:8.8.8.8', 'mapped, public inside'],
    ['64:ff9b::8.8.8.8', 'NAT64, public inside'],
  ])('%s is public: %s', (ip) => expect(isPublicAddress(ip)).toBe(true));

  test.each([
    ['0.0.0.0', 'unspecified'],
    ['0.1.2.3', 'this network'],
    ['10.0.0.1', 'private'],
    ['10.255.255.255', 'private'],
    ['100.64.0.1', 'carrier-grade NAT'],
    ['100.100.100.200', 'metadata within carrier-grade NAT'],
    ['127.0.0.1', 'loopback'],
    ['127.255.255.254', 'loopback'],
    ['168.63.129.16', 'metadata on a public number'],
    ['169.254.0.1', 'link-local'],
    ['169.254.169.254', 'metadata'],
    ['169.254.170.2', 'metadata of containers'],
    ['172.16.0.1', 'private'],
    ['172.31.255.255', 'private'],
    ['192.0.0.1', 'protocol assignments'],
    ['192.0.0.192', 'metadata'],
    ['192.0.2.1', 'documentation'],
    ['192.88.99.1', '6to4 relay'],
    ['192.168.0.1', 'private'],
    ['192.168.255.255', 'private'],
    ['198.18.0.1', 'benchmarking'],
    ['198.19.255.255', 'benchmarking'],
    ['198.51.100.1', 'documentation'],
    ['203.0.113.1', 'documentation'],
    ['224.0.0.1', 'multicast'],
    ['239.255.255.250', 'multicast'],
    ['240.0.0.1', 'reserved'],
    ['255.255.255.255', 'broadcast'],
    ['::', 'unspecified'],
    ['::1', 'loopback'],
    ['0:0:0:0:0:0:0:1', 'loopback written out'],
    ['::2', 'unassigned'],
    ['::127.0.0.1', 'compatible'],
    ['::8.8.8.8', 'compatible, public inside'],
    ['::7f00:1', 'compatible in hexadecimal'],
    ['::ffff:127.0.0.1', 'mapped'],
    ['::ffff:7f00:1', 'mapped in hexadecimal'],
    ['::ffff:a9fe:a9fe', 'mapped metadata'],
    ['::FFFF:10.0.0.1', 'mapped in capitals'],
    ['::ffff:0:127.0.0.1', 'translated (RFC 6145)'],
    ['::ffff:0:8.8.8.8', 'translated, public inside'],
    ['64:ff9b::127.0.0.1', 'NAT64'],
    ['64:ff9b::a9fe:a9fe', 'NAT64 metadata'],
    ['64:ff9b:1::8.8.8.8', 'NAT64 of a local network'],
    ['100::1', 'discard'],
    ['2001::1', 'Teredo'],
    ['2001:0:7f00:1::', 'Teredo'],
    ['2001:2::1', 'benchmarking'],
    ['2001:10::1', 'ORCHID'],
    ['2001:20::1', 'ORCHIDv2'],
    ['2001:db8::1', 'documentation'],
    ['2002:7f00:1::1', '6to4 of loopback'],
    ['2002:808:808::1', '6to4 of a public address'],
    ['3fff::1', 'documentation'],
    ['4000::1', 'unassigned'],
    ['5f00::1', 'segment routing'],
    ['fc00::1', 'unique local'],
    ['fd00:ec2::254', 'metadata'],
    ['fe80::1', 'link-local'],
    ['fe80::1%eth0', 'link-local with a zone'],
    ['2606:4700::1%eth0', 'public with a zone'],
    ['febf::1', 'link-local'],
    ['fec0::1', 'site-local'],
    ['ff02::1', 'multicast'],
    ['', 'nothing'],
    ['localhost', 'a name'],
    ['2130706433', 'a number'],
    ['0x7f.1', 'hexadecimal'],
    ['8.8.8', 'short'],
    ['08.8.8.8', 'octal'],
    ['[2606:4700::1]', 'in brackets'],
    ['8.8.8.8 ', 'with a space'],
  ])('%s is not public: %s', (ip) => expect(isPublicAddress(ip)).toBe(false));
});

describe('an address as people and attackers write it', () => {
  const guard = createGuard({ allowPrivateHosts: ['[::1]:8080'], allowPorts: [80, 443], connectTimeoutMs: 1000 });
  const code = (address: string): string => {
    const url = URL.parse(address);
    return url === null ? 'no address' : (guard.refuse(url)?.code ?? 'asked');
  };

  test.each([
    'http://127.1/',
    'http://127.0.1/',
    'http://2130706433/',
    'http://017700000001/',
    'http://0177.0.0.1/',
    'http://0x7f000001/',
    'http://0x7f.0x0.0x0.0x1/',
    'http://0/',
    'http://1.0x7f.1.127.0.0.1.localhost/',
    'http://%31%32%37.0.0.1/',
    'http://127。0。0。1/',
    'http://①②⑦.⓪.⓪.①/',
    'http://127.0.0.1./',
    'http://user:word@127.0.0.1/',
    'http://public.example@127.0.0.1/',
    'http://127.0.0.1:80#@public.example/',
    'http:127.0.0.1',
    'http:///127.0.0.1/',
    'http:\\\\127.0.0.1\\',
    'http://127%2e0%2e0%2e1/',
    'http://１２７.０.０.１/',
    'http://127．0．0．1/',
    'http://127。1/',
    'http://127.00000.0.1/',
    'http://00.00.00.00/',
    'http://10.0.0.0xa/',
    'http://192.168.257/',
    'http://0xA9FEA9FE/',
    'http://0251.0376.0251.0376/',
    'http://100.100.100.200/',
    'http://192.0.0.192/',
    'http://168.63.129.16/',
    'http://198.18.0.1/',
    'http://224.0.0.1/',
    'http://255.255.255.255/',
    'http://169.254.169.254/latest/meta-data/',
    'http://2852039166/',
    'http://[::]/',
    'http://[::1]/',
    'http://[::127.0.0.1]/',
    'http://[::ffff:169.254.169.254]/',
    'http://[0:0:0:0:0:ffff:127.0.0.1]/',
    'http://[::ffff:0:127.0.0.1]/',
    'http://[64:ff9b:1::1]/',
    'http://[2001:0:7f00:1::]/',
    'http://[fec0::1]/',
    'http://[ff02::1]/',
    'http://[fd20:ce::254]/',
    'http://[fd00:c1::a9fe:a9fe]/',
    'http://[0000:0000:0000:0000:0000:0000:0000:0001]/',
    'http://[::ffff:127.0.0.1]/',
    'http://[::ffff:7f00:1]/',
    'http://[64:ff9b::7f00:1]/',
    'http://[2002:7f00:1::]/',
    'http://[fe80::1]/',
    'http://[fd00:ec2::254]/',
    'http://localhost/',
    'http://LOCALHOST/',
    'http://localhost./',
    'http://ｌｏｃａｌｈｏｓｔ/',
    'http://feeds.localhost/',
    'http://ⓛocalhost/',
    'http://1.1.1.1.localhost/',
    'http://Printer.LOCAL./',
    'http://instance-data.ec2.internal/',
    'http://kubernetes.default.svc.cluster.local/',
    'http://printer.local/',
    'http://metadata.google.internal/computeMetadata/v1/',
    'http://router.home.arpa/',
    'http://localhost.localdomain/',
  ])('%s is refused', (address) => expect(code(address)).toBe('private_address'));

  test.each([
    ['http://[fe80::1%25eth0]/', 'no address'],
    ['http://256.1.1.1/', 'no address'],
    ['http://4294967296/', 'no address'],
    ['http://0x100000000/', 'no address'],
    ['http://127.0.0.1%00.news.example/', 'no address'],
    ['http://[::1', 'no address'],
    ['http://news.example/', 'asked'],
    ['https://news.example:443/', 'asked'],
    ['http://localhost.news.example/', 'asked'],
    ['http://1.1.1.1/', 'asked'],
    ['http://[::1]:8080/', 'asked'],
    ['http://[::1]:8081/', 'port_refused'],
    ['http://news.example:22/', 'port_refused'],
    ['http://news.example:6379/', 'port_refused'],
    ['ftp://news.example/', 'bad_url'],
    ['file:///etc/passwd', 'bad_url'],
    ['javascript:1', 'bad_url'],
    ['data:text/xml,x', 'bad_url'],
    ['gopher://news.example/', 'bad_url'],
  ])('%s: %s', (address, expected) => expect(code(address)).toBe(expected));
});

describe('a name', () => {
  let server: FeedServer;
  beforeAll(async () => {
    server = await startFeedServer();
    server.on('/feed', { kind: 'answer', body: 'inside' });
  });
  afterAll(() => server.stop());

  function httpWith(lookup: (name: string) => Promise<readonly ResolvedAddress[]>, allowPrivateHosts: string[] = []) {
    return createHttp({
      timeoutMs: 3000,
      maxBodyBytes: 10_000,
      maxRedirects: 5,
      allowPrivateHosts,
      allowPorts: [server.port],
      userAgent: 'test',
      perHostConcurrency: 4,
      hostSpacingMs: 0,
      concurrency: 4,
      lookup,
    });
  }
  const four = (address: string): ResolvedAddress => ({ address, family: 4 });

  test.each([
    [['127.0.0.1']],
    [['93.184.215.14', '127.0.0.1']],
    [['::1']],
    [['::ffff:127.0.0.1']],
    [['169.254.169.254']],
    [['10.1.2.3']],
  ])('that stands for %s is never connected to', async (addresses) => {
    const before = server.connections();
    const http = httpWith(async () => addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })));
    const answer = await http.get(`http://rebound.example:${server.port}/feed`);
    expect(answer).toMatchObject({ kind: 'failed', code: 'private_address' });
    expect(server.connections()).toBe(before);
    await http.close();
  });

  test('that changes its address between look-ups is looked up once for each connection, and checked then', async () => {
    const before = server.connections();
    let lookUps = 0;
    // Public when first asked, private ever after: whoever checks one answer and connects with another is caught out.
    const http = httpWith(async () => [four(lookUps++ === 0 ? '198.41.0.4' : '127.0.0.1')]);
    const first = await http.get(`http://rebound.example:${server.port}/feed`, { signal: AbortSignal.timeout(300) });
    expect(first.kind).toBe('failed');
    expect(lookUps).toBe(1);
    const second = await http.get(`http://other.example:${server.port}/feed`);
    expect(second).toMatchObject({ kind: 'failed', code: 'private_address' });
    expect(lookUps).toBe(2);
    expect(server.connections()).toBe(before);
    await http.close();
  });

  test('that is opened by the settings may be private, on that port only', async () => {
    const http = httpWith(async () => [four('127.0.0.1')], [`intranet.example:${server.port}`]);
    expect(await http.get(`http://intranet.example:${server.port}/feed`)).toMatchObject({ kind: 'ok', status: 200 });
    expect(await http.get('http://intranet.example:81/feed')).toMatchObject({ code: 'port_refused' });
    await http.close();
  });

  test('that a redirect leads to is judged like the first', async () => {
    server.on('/to-private', {
      kind: 'answer',
      status: 302,
      headers: { location: `http://rebound.example:${server.port}/feed` },
    });
    server.on('/to-number', { kind: 'answer', status: 301, headers: { location: 'http://169.254.169.254/x' } });
    server.on('/to-file', { kind: 'answer', status: 302, headers: { location: 'file:///etc/passwd' } });
    server.on('/to-port', { kind: 'answer', status: 302, headers: { location: 'http://news.example:6379/' } });
    const http = httpWith(async () => [four('127.0.0.1')], [`intranet.example:${server.port}`]);
    const ask = (path: string) => http.get(`http://intranet.example:${server.port}${path}`);
    expect(await ask('/to-private')).toMatchObject({ kind: 'failed', code: 'private_address' });
    expect(await ask('/to-number')).toMatchObject({ kind: 'failed', code: 'port_refused' });
    expect(await ask('/to-file')).toMatchObject({ kind: 'failed', code: 'bad_url' });
    expect(await ask('/to-port')).toMatchObject({ kind: 'failed', code: 'port_refused' });
    expect(server.seen('/feed').every((request) => request.headers.host?.startsWith('intranet'))).toBe(true);
    await http.close();
  });

  test('that nobody knows is said in words', async () => {
    const http = httpWith(() => Promise.reject(Object.assign(new Error('x'), { code: 'ENOTFOUND' })));
    expect(await http.get(`http://nowhere.example:${server.port}/`)).toMatchObject({ kind: 'failed', code: 'dns' });
    await http.close();
  });
});
