import { absoluteLink } from './links.ts';
import { decodeReferences } from './plain-text.ts';
import { readAttributes } from './xml-scan.ts';

const MOST_FEEDS = 20;
const HEAD_LENGTH = 300_000;
const FEED_TYPE = /^application\/(?:rss\+xml|atom\+xml|feed\+json|rdf\+xml|json)$|^text\/xml$|^application\/xml$/;

/** The feeds that a web page names with `<link rel="alternate">`, absolute, in its order, at most 20. */
export function feedsOfPage(html: string, pageUrl: string): string[] {
  const head = html.slice(0, HEAD_LENGTH);
  const tags = [...head.matchAll(/<(link|base)\s([^<>]{1,2000})>/gi)].map(([, name, attributes]) => ({
    name: (name ?? '').toLowerCase(),
    attributes: readAttributes(attributes ?? ''),
  }));
  const base = tags.find(({ name }) => name === 'base')?.attributes.get('href') ?? '';
  const from = absoluteLink(decodeReferences(base), pageUrl) || pageUrl;
  const found = new Set<string>();
  for (const { name, attributes } of tags) {
    const relations = (attributes.get('rel') ?? '').toLowerCase().split(/\s+/);
    const type = (attributes.get('type') ?? '').trim().toLowerCase();
    if (name !== 'link' || !relations.some((one) => one === 'alternate' || one === 'feed')) continue;
    if (!FEED_TYPE.test(type) && !relations.includes('feed')) continue;
    const link = absoluteLink(decodeReferences(attributes.get('href') ?? ''), from);
    if (link !== '') found.add(link);
    if (found.size >= MOST_FEEDS) break;
  }
  return [...found];
}
