import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startFeedServer, type FeedServer } from '../servers/feeds.ts';
import { startHub, type Hub } from '../servers/hub.ts';
import { ledgerTitles, startProgram, type Running } from './program.ts';

let feeds: FeedServer;
let hub: Hub;
let data: string;
let running: Running;

/** A port that nobody listens on. */
async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => void server.close(resolve));
  return port;
}

function feedOf(titles: readonly string[]): string {
  const items = titles.map((title, i) => `<item><guid>${i}</guid><title>${title}</title></item>`);
  return (
    `<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel><title>Harbour</title>` +
    `<atom:link rel="hub" href="${hub.url}"/><atom:link rel="self" href="${feeds.origin}/feed"/>` +
    `${items.toReversed().join('')}</channel></rss>`
  );
}

beforeEach(async () => {
  [feeds, hub] = await Promise.all([startFeedServer(), startHub()]);
  feeds.on('/feed', () => ({ kind: 'answer', body: feedOf(['Old ferry sold']) }));
  data = await mkdtemp(join(tmpdir(), 'newshound-push-'));
  const opml = join(data, 'feeds.opml');
  const outline = `<outline type="rss" xmlUrl="${feeds.origin}/feed"/>`;
  await writeFile(opml, `<opml version="2.0"><body>${outline}</body></opml>`);
  const port = String(await freePort());
  running = startProgram(['start'], {
    NEWSHOUND_DATA: data,
    NEWSHOUND_FEEDS_OPML: opml,
    NEWSHOUND_FEEDS_ALLOW_PRIVATE_HOSTS: `${feeds.host},${hub.host}`,
    NEWSHOUND_ARTICLES_FETCH: 'false',
    NEWSHOUND_SERVER_PUBLIC_URL: `http://127.0.0.1:${port}/`,
    PORT: port,
  });
  running.child.stdin?.write('/news add ferry\n');
});

afterEach(async () => {
  running.child.kill('SIGKILL');
  await Promise.all([feeds.stop(), hub.stop()]);
  await rm(data, { recursive: true, force: true });
});

async function until(condition: () => Promise<boolean> | boolean): Promise<void> {
  for (let tries = 0; tries < 150; tries++) {
    if (await condition()) return;
    await wait(100);
  }
  throw new Error(`It did not come about; the program said:\n${running.output()}`);
}

test('what a hub sends is posted at once, long before the feed is asked again', { timeout: 60_000 }, async () => {
  await until(() => hub.subscribers.size === 1);
  await until(() => running.output().includes('#1'));
  expect(await hub.publish(`${feeds.origin}/feed`, feedOf(['Old ferry sold', 'New ferry bought']))).toEqual([202]);
  await until(async () => (await ledgerTitles(data)).includes('New ferry bought'));
  expect(await ledgerTitles(data)).toEqual(['New ferry bought']);
  expect(feeds.seen('/feed')).toHaveLength(1);
});
