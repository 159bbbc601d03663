import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { digest } from '../../src/story/identity.ts';

/** A news site with one feed, to which stories about a lighthouse are added, and a folder with the list of its feed. */
export interface Lighthouse {
  /** The folder, for the program's data. */
  readonly folder: string;
  /** Settings by which the program watches it closely. */
  readonly env: Readonly<Record<string, string>>;
  /** The titles published so far, oldest first. */
  readonly published: readonly string[];
  /** Adds stories, no two of which could be taken for one event; each has the word Lighthouse. */
  publish(count: number): void;
  close(): Promise<void>;
}

export async function openLighthouse(): Promise<Lighthouse> {
  const published: string[] = [];
  const site = createServer((_, response) => {
    response.setHeader('content-type', 'application/rss+xml');
    response.end(feedOf(published));
  });
  await new Promise<void>((resolve) => {
    site.listen(0, '127.0.0.1', resolve);
  });
  const host = `127.0.0.1:${(site.address() as AddressInfo).port}`;
  const folder = await mkdtemp(join(tmpdir(), 'newshound-lighthouse-'));
  const opml = join(folder, 'feeds.opml');
  await writeFile(
    opml,
    `<opml version="2.0"><body><outline type="rss" text="Harbour" xmlUrl="http://${host}/feed.xml"/></body></opml>`,
  );
  return {
    folder,
    published,
    env: {
      NEWSHOUND_DATA: folder,
      NEWSHOUND_FEEDS_OPML: opml,
      NEWSHOUND_FEEDS_ALLOW_PRIVATE_HOSTS: host,
      NEWSHOUND_FEEDS_INTERVAL_SECONDS: '1',
      NEWSHOUND_FEEDS_MIN_INTERVAL_SECONDS: '1',
      NEWSHOUND_FEEDS_MAX_INTERVAL_SECONDS: '1',
      PORT: '0',
    },
    publish(count) {
      const from = published.length;
      published.push(...Array.from({ length: count }, (_, i) => `Lighthouse ${words(`title ${from + i}`, 4)}`));
    },
    async close() {
      site.closeAllConnections();
      site.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** The feed with all items so far, newest first. */
function feedOf(titles: readonly string[]): string {
  const items = titles.map(
    (title, i) =>
      `<item><guid>${title}</guid><title>${title}</title><link>https://harbour.example/${i}</link>
       <description>${words(`text ${i}`, 16)}.</description></item>`,
  );
  return `<rss version="2.0"><channel><title>Harbour</title><link>https://harbour.example/</link>${items.toReversed().join('')}</channel></rss>`;
}

function words(seed: string, count: number): string {
  return Array.from({ length: count }, (_, i) =>
    digest(seed, String(i)).replaceAll(/\d/gu, (figure) => 'ghijklmnop'.charAt(Number(figure))),
  ).join(' ');
}
