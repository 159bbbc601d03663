import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { digest } from '../../src/story/identity.ts';

/** Feeds on the loopback whose stories have nothing in common, so that each is to be told on its own. */
export interface News {
  readonly host: string;
  /** An OPML file of all feeds. */
  readonly opml: string;
  /** Titles of what each feed has published, oldest first. */
  readonly published: readonly (readonly string[])[];
  /**
   * Adds so many stories to each feed, but for those that would push out stories the program has not kept yet. Returns how
   * many in all.
   */
  publish(each: number): number;
  close(): Promise<void>;
}

/** What became of published stories. */
export interface Judgement {
  readonly alerts: number;
  /** Published and never told. */
  readonly lost: number;
  /** Told more than once. */
  readonly duplicates: number;
  /** Told and never published. */
  readonly stray: number;
  /** Told after a later story of the same feed. */
  readonly outOfOrder: number;
}

/** A feed shows so many of its newest stories, and this share of them may be new to the program. */
const SHOWN = 200;
const NEW_SHARE = 0.4;
/** Stories that stand in each feed from the beginning, learnt and never told: a feed that is all new would be told gathered. */
const BEFORE = 100;
/**
 * Every title has one of these words, one subscription asks for each: of a single one not even the highest setting lets
 * more than ten thousand alerts an hour go out one by one.
 */
export const WORDS = ['lighthouse', 'harbour'] as const;
/** Asks for every story at once. */
export const QUERY = WORDS.join(' OR ');
/** What a trial starts ends by itself after this long. */
export const LIFE_MS = 3 * 3_600_000;

export async function startNews(feeds: number): Promise<News> {
  const published: string[][] = Array.from({ length: feeds }, () => []);
  const acknowledged: number[] = published.map(() => 0);
  const server: Server = createServer((request, response) => {
    const feed = Number(/\/(\d+)\.xml$/u.exec(request.url ?? '')?.[1] ?? -1);
    const titles = published[feed];
    const etag = `"${titles?.length ?? 0}"`;
    const known = request.headers['if-none-match'] === etag;
    // The validators are what the program keeps last: it asks with those of a document whose stories it has.
    const kept = Number(request.headers['if-none-match']?.replaceAll('"', '') ?? 0);
    acknowledged[feed] = Math.max(acknowledged[feed] ?? 0, kept);
    response.writeHead(titles ? (known ? 304 : 200) : 404, { 'content-type': 'application/rss+xml', etag });
    response.end(titles && !known ? document(feed, titles) : '');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  const outlines = published.map((_, i) => `<outline type="rss" text="Feed ${i}" xmlUrl="http://${host}/${i}.xml"/>`);

  return {
    host,
    opml: `<opml version="2.0"><body>${outlines.join('')}</body></opml>`,
    published,
    publish(each) {
      let added = 0;
      for (const [feed, titles] of published.entries()) {
        if (titles.length + each - (acknowledged[feed] ?? 0) > SHOWN * NEW_SHARE) continue;
        for (let i = 0; i < each; i++) titles.push(titleOf(feed, titles.length));
        added += each;
      }
      return added;
    },
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

/** Judges every place by itself: at each all stories are to be told. */
export function judgeAll(published: News['published'], places: readonly (readonly string[])[]): Judgement {
  const total = { alerts: 0, lost: 0, duplicates: 0, stray: 0, outOfOrder: 0 };
  for (const told of places) {
    const judged = judge(published, told);
    for (const what of Object.keys(total) as (keyof Judgement)[]) total[what] += judged[what];
  }
  return total;
}

/** Compares what was published with the titles told, in the order they were told in. */
function judge(published: News['published'], told: readonly string[]): Judgement {
  const places = new Map<string, { readonly feed: number; readonly place: number }>();
  for (const [feed, titles] of published.entries()) {
    for (const [place, title] of titles.entries()) places.set(title, { feed, place });
  }
  const heard = new Set<string>();
  const latest = new Map<number, number>();
  let [duplicates, stray, outOfOrder] = [0, 0, 0];
  for (const title of told) {
    const known = places.get(title);
    if (!known) {
      stray++;
      continue;
    }
    if (heard.has(title)) {
      duplicates++;
      continue;
    }
    heard.add(title);
    if (known.place < (latest.get(known.feed) ?? -1)) outOfOrder++;
    else latest.set(known.feed, known.place);
  }
  return { alerts: places.size, lost: places.size - heard.size, duplicates, stray, outOfOrder };
}

function titleOf(feed: number, place: number): string {
  return `${WORDS[feed % WORDS.length]} ${words(`${feed} ${place}`, 4)}`;
}

function document(feed: number, titles: readonly string[]): string {
  const before = Array.from({ length: BEFORE }, (_, i) =>
    item(feed, `before-${i}`, `Windmill ${words(`${feed} ${i}`, 4)}`),
  );
  const items = [...before, ...titles.map((title, i) => item(feed, String(i), title))];
  const shown = items.slice(-SHOWN).toReversed().join('');
  return `<rss version="2.0"><channel><title>Feed ${feed}</title><link>https://feed${feed}.example/</link>${shown}</channel></rss>`;
}

function item(feed: number, name: string, title: string): string {
  return `<item><guid isPermaLink="false">${feed}-${name}</guid><title>${title}</title>
    <link>https://feed${feed}.example/${name}</link><description>${words(`${feed} ${name} text`, 16)}.</description></item>`;
}

/** Words that no other story has, so that no two stories are taken for one event. */
function words(seed: string, count: number): string {
  return Array.from({ length: count }, (_, i) =>
    digest(seed, String(i)).replaceAll(/\d/gu, (digit) => 'ghijklmnop'.charAt(Number(digit))),
  ).join(' ');
}
