/**
 * Second-level names under which a country registers its domains (`example.co.uk`), and hosts that give every
 * customer a name of their own. Only those that carry news: what is missing makes two sites look like one registry's,
 * so a longer list errs on the safe side.
 */
const REGISTRY_LABELS = new Set(
  'ac asn co com edu gen go gob gouv gov gub id info ltd me mil muni net news nom ne nic or org plc press sch'.split(
    ' ',
  ),
);
const HOSTED = new Set([
  'blogspot.com',
  'github.io',
  'gitlab.io',
  'herokuapp.com',
  'livejournal.com',
  'medium.com',
  'netlify.app',
  'pages.dev',
  'substack.com',
  'tumblr.com',
  'typepad.com',
  'vercel.app',
  'web.app',
  'weebly.com',
  'wixsite.com',
  'wordpress.com',
  'workers.dev',
]);

/** Labels that only say which form of a site is served. */
const FORM_LABELS = new Set(['www', 'm', 'mobile', 'amp']);
/** Wikimedia's projects put the mark of the mobile form second: `en.m.wikipedia.org`. */
const MOBILE_WIKI = /^([a-z-]{2,20})\.m\.((?:wiki[a-z]+|wiktionary|mediawiki)\.org)$/u;

/** How many labels of a host belong to its registry: 1 for `example.com`, 2 for `example.co.uk` and `x.github.io`. */
function registryLength(labels: readonly string[]): number {
  const last = labels.at(-1) ?? '';
  const second = labels.at(-2) ?? '';
  if (HOSTED.has(`${second}.${last}`)) return 2;
  return last.length === 2 && REGISTRY_LABELS.has(second) ? 2 : 1;
}

/**
 * The name under which a host's owner registered, `example.co.uk` of `news.example.co.uk`; '' for an address in numbers
 * or a bare registry name. A short list stands for the Public Suffix List, so rare registries count as owners.
 */
export function registrableDomain(host: string): string {
  const bare = host.toLowerCase().replace(/\.$/u, '');
  if (bare.startsWith('[') || /^[\d.]+$/u.test(bare)) return '';
  const labels = bare.split('.');
  const length = registryLength(labels) + 1;
  return labels.length < length ? '' : labels.slice(-length).join('.');
}

/** Whether two http(s) addresses belong to one owner: what a page says of its canonical address counts only then. */
export function sameSite(a: string, b: string): boolean {
  if (!URL.canParse(a) || !URL.canParse(b)) return false;
  const [left, right] = [new URL(a).hostname, new URL(b).hostname];
  if (left === right) return left !== '';
  const domain = registrableDomain(left);
  return domain !== '' && domain === registrableDomain(right);
}

/** A host without the labels that only name a form of the site (`www`, `m`, `mobile`, `amp`), never down to a registry. */
export function bareHost(host: string): string {
  const wiki = MOBILE_WIKI.exec(host);
  if (wiki) return `${wiki[1]}.${wiki[2]}`;
  const labels = host.split('.');
  const keep = registryLength(labels) + 1;
  let first = 0;
  while (labels.length - first > keep && FORM_LABELS.has(labels[first] ?? '')) first++;
  return labels.slice(first).join('.');
}
