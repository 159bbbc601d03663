import { mkdtempSync, rmSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { startFeedServer } from '../servers/feeds.ts';
import { ledgerTitles, startProgram } from './program.ts';

interface Ended {
  readonly code: number | null;
  readonly said: string;
}

async function run(args: readonly string[], env: Readonly<Record<string, string>> = {}, input = ''): Promise<Ended> {
  const running = startProgram(args, { PORT: '0', NEWSHOUND_ARTICLES_FETCH: 'false', ...env });
  running.child.stdin?.end(input);
  const { code } = await running.ended;
  return { code, said: running.output() };
}

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'newshound-command-line-'));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

/** A folder with one feed, and the environment that watches it. */
async function oneFeed(): Promise<{ readonly data: string; readonly env: Record<string, string> }> {
  const data = folder();
  const server = await startFeedServer();
  onTestFinished(async () => server.stop());
  server.on('/feed.xml', {
    kind: 'answer',
    body: `<rss version="2.0"><channel><title>Harbour</title><item><title>Lighthouse lit</title>
      <link>https://harbour.example/1</link></item></channel></rss>`,
  });
  const opml = join(data, 'feeds.opml');
  await writeFile(
    opml,
    `<opml version="2.0"><body><outline type="rss" text="Harbour" xmlUrl="${server.origin}/feed.xml"/></body></opml>`,
  );
  const env = {
    NEWSHOUND_DATA: data,
    NEWSHOUND_FEEDS_OPML: opml,
    NEWSHOUND_FEEDS_ALLOW_PRIVATE_HOSTS: server.host,
  };
  return { data, env };
}

describe('the demo', () => {
  test('prints alerts of both subscriptions and ends; its hostile item is shown for what it is', async () => {
    const { code, said } = await run(['demo', '--once']);
    expect(code).toBe(0);
    expect(said).toContain('for #1 Japan South Korea, #2 "asset seizure"');
    expect(said).toMatch(/● 日韓/u);
    expect(said).toMatch(/● 법원/u);
    expect(said).toContain('https://evil.example/refund?id=1');
    expect(said).not.toMatch(/alert\(|<script|\u001B/u);
  });

  test('answers what is typed', async () => {
    const { code, said } = await run(['demo'], {}, '/news list\n');
    expect(code).toBe(0);
    expect(said).toContain('2 alerts here');
  });
});

describe('a start', () => {
  test('with wrong settings is refused with the path, what was found and what is allowed', async () => {
    const { code, said } = await run(['start'], { NEWSHOUND_FEEDS_TIMEOUT_SECONDS: 'soon' });
    expect(code).toBe(2);
    expect(said).toMatch(
      /feeds\.timeoutSeconds\s+\(NEWSHOUND_FEEDS_TIMEOUT_SECONDS\)\n\s+found\s+"soon"\n\s+allowed\s+a number/u,
    );
  });

  test('with a word that is no command names the nearest one', async () => {
    const { code, said } = await run(['chekc']);
    expect(code).toBe(2);
    expect(said).toContain('There is no command chekc. Did you mean check?');
  });

  test('with a broken list of feeds is refused with its line', async () => {
    const opml = join(folder(), 'feeds.opml');
    await writeFile(opml, '<opml>\n<body>\n<outline xmlUrl="https://a.example">\n</opml>');
    const { code, said } = await run(['start'], { NEWSHOUND_FEEDS_OPML: opml });
    expect(code).toBe(2);
    expect(said).toMatch(/line \d/u);
  });

  test('that only tries out posts nothing and keeps nothing', async () => {
    const { data, env } = await oneFeed();
    await run(['start'], env, '/news add lighthouse\n');
    const before = await run(['feeds'], env);
    const { code } = await run(['start', '--once', '--dry-run'], {
      ...env,
      NEWSHOUND_STORIES_ANNOUNCE_FIRST_POLL_MINUTES: '60',
    });
    expect(code).toBe(0);
    expect(await ledgerTitles(data)).toEqual([]);
    expect(await run(['feeds'], env)).toEqual(before);
  });
});

describe('the other commands', () => {
  test('check says how settings, store and feeds are', async () => {
    const { env } = await oneFeed();
    const { code, said } = await run(['check'], env);
    expect(code).toBe(0);
    expect(said).toMatch(
      /settings +right\nroles +poll, deliver, chat\nstore +right.*\nchat +the terminal[^\n]*\nfeed +right: Harbour, 1 items\nAll is right\./u,
    );
  });

  test('print-config shows the settings in force and no secret', async () => {
    const { said } = await run(['print-config'], {
      DISCORD_API_URL: 'http://127.0.0.1:9',
      LOG_LEVEL: 'warn',
      DISCORD_TOKEN: 'quite-secret',
    });
    expect(said).toContain('log.level: "warn"');
    expect(said).not.toContain('quite-secret');
  });

  test(
    'export, import, backup and restore carry everything over; what cannot be done is said in a line',
    { timeout: 60_000 },
    async () => {
      const { data, env } = await oneFeed();
      await run(['start'], env, '/news add lighthouse --name Lights\n');
      const [dump, copy] = [join(data, 'all.jsonl'), join(data, 'copy.db')];
      expect((await run(['export', dump], env)).code).toBe(0);
      expect((await run(['backup', copy], env)).code).toBe(0);
      const imported = { ...env, NEWSHOUND_DATA: join(data, 'imported') };
      expect((await run(['import', dump], imported)).code).toBe(0);
      expect((await run(['start'], imported, '/news list\n')).said).toContain('Lights');
      const again = await run(['import', dump], imported);
      expect(again).toEqual({ code: 1, said: 'The Store is not empty: there are feeds in it\n' });
      const restored = { ...env, NEWSHOUND_DATA: join(data, 'restored') };
      expect((await run(['restore', copy], restored)).code).toBe(0);
      expect((await run(['start'], restored, '/news list\n')).said).toContain('Lights');
    },
  );

  test('healthcheck ends with 1 where nothing runs', async () => {
    const { code, said } = await run(['healthcheck'], { PORT: '9' });
    expect(code).toBe(1);
    expect(said).toContain('no answer from');
  });
});
