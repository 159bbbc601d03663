/**
 * The namespaces that feeds are written in, by a part of their address that all variants share, and the prefix that the
 * rest of the reading knows them by. '' stands for the elements of RSS and Atom themselves. First match wins.
 */
const KNOWN: readonly (readonly [string, string])[] = [
  ['www.w3.org/1999/02/22-rdf-syntax-ns', 'rdf'],
  ['purl.org/rss/1.0/modules/content', 'content'],
  ['purl.org/rss/1.0/modules/syndication', 'sy'],
  ['purl.org/rss/1.0/modules/slash', 'slash'],
  ['purl.org/rss/1.0/modules/email', 'email'],
  ['purl.org/rss/1.0/modules/', 'module'],
  ['purl.org/dc/elements', 'dc'],
  ['purl.org/dc/terms', 'dcterms'],
  ['purl.org/rss/', ''],
  ['purl.org/atom/ns', 'atom'],
  ['purl.org/atom-blog/ns', 'atom'],
  ['example.com/newformat', 'atom'],
  ['www.w3.org/2005/atom', 'atom'],
  ['purl.org/net/rss1.1', ''],
  ['my.netscape.com/rdf/simple', ''],
  ['my.netscape.com/publish/formats/rss', ''],
  ['channel.netscape.com/rdf/simple', ''],
  ['backend.userland.com/', ''],
  ['blogs.law.harvard.edu/tech/rss', ''],
  ['cyber.law.harvard.edu/rss', ''],
  ['www.rssboard.org/', ''],
  ['search.yahoo.com/mrss', 'media'],
  ['video.search.yahoo.com/mrss', 'media'],
  ['www.itunes.com/dtds/podcast', 'itunes'],
  ['www.itunes.com/podcast', 'itunes'],
  ['example.com/dtds/podcast', 'itunes'],
  ['www.google.com/schemas/play-podcasts', 'googleplay'],
  ['www.w3.org/1999/xhtml', 'xhtml'],
  ['rssnamespace.org/feedburner', 'feedburner'],
  ['feedburner.google.com', 'feedburner'],
  ['prismstandard.org/namespaces', 'prism'],
  ['xmlns.com/foaf', 'foaf'],
];

/** Prefixes that mean what they say when nobody declared them. */
const CUSTOMARY: ReadonlyMap<string, string> = new Map([
  ['a10', 'atom'],
  ['atom', 'atom'],
  ['atom10', 'atom'],
  ['content', 'content'],
  ['dc', 'dc'],
  ['dcterms', 'dcterms'],
  ['feedburner', 'feedburner'],
  ['foaf', 'foaf'],
  ['googleplay', 'googleplay'],
  ['itunes', 'itunes'],
  ['media', 'media'],
  ['prism', 'prism'],
  ['rdf', 'rdf'],
  ['rss', ''],
  ['sy', 'sy'],
  ['syn', 'sy'],
  ['xhtml', 'xhtml'],
]);

/** What an address comes to that says less than a customary prefix does. */
const VAGUE = new Set(['?', '', 'module']);

/** Declarations in force within an element. */
export interface NamespaceScope {
  readonly parent: NamespaceScope | null;
  /** Prefix ('' for the default) to the customary prefix of its namespace; `?` for one that nobody knows. */
  readonly declared: ReadonlyMap<string, string>;
  /** Names already resolved in this scope. */
  readonly names: Map<string, string>;
}

export function rootScope(): NamespaceScope {
  return { parent: null, declared: new Map(), names: new Map() };
}

/** The scope inside an element with these attributes: the outer one itself when they declare nothing. */
export function scopeWithin(outer: NamespaceScope, attributes: ReadonlyMap<string, string>): NamespaceScope {
  let declared: Map<string, string> | null = null;
  for (const [name, value] of attributes) {
    if (!name.startsWith('xmlns')) continue;
    if (name !== 'xmlns' && name[5] !== ':') continue;
    declared ??= new Map();
    const prefix = name.slice(6);
    const meant = customaryPrefix(value);
    // An address that nobody knows is a slip of the publisher where the prefix is a customary one, and for the elements without.
    if (!VAGUE.has(meant)) declared.set(prefix, meant);
    else declared.set(prefix, prefix === '' ? '' : (CUSTOMARY.get(prefix) ?? meant));
  }
  return declared === null ? outer : { parent: outer, declared, names: new Map() };
}

/**
 * The name that a tag's name stands for, in lower case: `title` for RSS and Atom themselves whatever their prefix,
 * `dc:date` and the like for what has a customary prefix, `?:name` for the rest.
 */
export function resolveName(scope: NamespaceScope, raw: string): string {
  const known = scope.names.get(raw);
  if (known !== undefined) return known;
  const name = raw.toLowerCase();
  const colon = name.indexOf(':');
  const prefix = colon < 0 ? '' : name.slice(0, colon);
  const local = name.slice(colon + 1);
  const meant = lookUp(scope, prefix);
  const resolved = meant === '' || meant === 'atom' ? local : `${meant}:${local}`;
  scope.names.set(raw, resolved);
  return resolved;
}

/** True when this name is in an Atom namespace: its `type` attribute says what the text is. */
export function isAtom(scope: NamespaceScope, raw: string): boolean {
  const colon = raw.indexOf(':');
  return lookUp(scope, colon < 0 ? '' : raw.slice(0, colon).toLowerCase()) === 'atom';
}

function lookUp(scope: NamespaceScope, prefix: string): string {
  for (let at: NamespaceScope | null = scope; at !== null; at = at.parent) {
    const meant = at.declared.get(prefix);
    if (meant !== undefined) return meant;
  }
  return prefix === '' ? '' : (CUSTOMARY.get(prefix) ?? '?');
}

function customaryPrefix(address: string): string {
  const plain = address.trim().toLowerCase();
  if (plain === '') return '';
  for (const [part, prefix] of KNOWN) if (plain.includes(part)) return prefix;
  return '?';
}
