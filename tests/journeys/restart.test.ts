import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ledgerTitles, startProgram, type Running } from './program.ts';

let server: Server;
let data: string;
let env: Record<string, string>;
let titles: string[];
let running: Running | null;

beforeEach(async () => {
  titles = ['Old lighthouse burns'];
  running = null;
  server = createServer((_, response) => {
    const items = titles.map(
      (title, i) => `<item><guid>${i}</guid><title>${title}</title><link>https://harbour.example/${i}</link></item>`,
    );
    response.setHeader('content-type', 'application/rss+xml');
    response.end(`<rss version="2.0"><channel><title>Harbour</title>${items.toReversed().join('')}</channel></rss>`);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  data = await mkdtemp(join(tmpdir(), 'newshound-restart-'));
  const opml = join(data, 'feeds.opml');
  await writeFile(
    opml,
    `<opml version="2.0"><body><outline type="rss" xmlUrl="http://${host}/feed.xml"/></body></opml>`,
  );
  env = {
    NEWSHOUND_DATA: data,
    NEWSHOUND_FEEDS_OPML: opml,
    NEWSHOUND_FEEDS_ALLOW_PRIVATE_HOSTS: host,
    NEWSHOUND_FEEDS_INTERVAL_SECONDS: '1',
    NEWSHOUND_FEEDS_MIN_INTERVAL_SECONDS: '1',
    NEWSHOUND_FEEDS_MAX_INTERVAL_SECONDS: '1',
    NEWSHOUND_STORE_LEASE_SECONDS: '2',
    NEWSHOUND_ARTICLES_FETCH: 'false',
    PORT: '0',
  };
});

afterEach(async () => {
  running?.child.kill('SIGKILL');
  server.closeAllConnections();
  server.close();
  await rm(data, { recursive: true, force: true });
});

function start(): Running {
  running = startProgram(['start'], env);
  return running;
}

async function until(condition: () => Promise<boolean> | boolean): Promise<void> {
  for (let tries = 0; tries < 300; tries++) {
    if (await condition()) return;
    await wait(100);
  }
  throw new Error(`It did not come about; the program said:\n${running?.output()}`);
}

const posted = (title: string) => async (): Promise<boolean> => (await ledgerTitles(data)).includes(title);

test(
  'a program stopped or killed, and started again, posts what is new once and nothing again',
  { timeout: 60_000 },
  async () => {
    const first = start();
    first.child.stdin?.write('/news add lighthouse\n');
    await until(() => first.output().includes('The feed is read') && first.output().includes('#1'));
    titles.push('New lighthouse lit');
    await until(posted('New lighthouse lit'));

    const asked = performance.now();
    first.child.kill('SIGTERM');
    expect(await first.ended).toEqual({ code: 0, signal: null });
    expect(performance.now() - asked).toBeLessThan(5_000);

    titles.push('Third lighthouse planned');
    const second = start();
    await until(posted('Third lighthouse planned'));
    second.child.kill('SIGKILL');
    await second.ended;

    titles.push('Fourth lighthouse sold');
    start();
    await until(posted('Fourth lighthouse sold'));
    await wait(2_500);
    expect(await ledgerTitles(data)).toEqual([
      'New lighthouse lit',
      'Third lighthouse planned',
      'Fourth lighthouse sold',
    ]);
  },
);
