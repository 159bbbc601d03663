import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { startFeedServer, type FeedServer } from '../servers/feeds.ts';
import { startSlackServer, type SlackServer } from '../servers/slack/server.ts';
import { formOf, press } from '../adapters/chat/slack/hands.ts';
import { rss, type Item } from './in-process.ts';
import { startProgram, type Running } from './program.ts';

const LIMIT_MS = 180_000;

/** The program as a host would start it, between a feed and a Slack of its own. */
interface Journey {
  readonly slack: SlackServer;
  readonly data: string;
  readonly port: number;
  readonly program: Running;
  /** A story comes into the feed. */
  publish(title: string): void;
  /** Ends the program as a host would, or waits for it to be killed, and starts it again. */
  restart(): Promise<void>;
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => {
    server.close(resolve);
  });
  return port;
}

async function begin(
  transport: 'socket' | 'http',
  install: 'token' | 'oauth',
  killAt: string | null = null,
): Promise<Journey> {
  const [slack, feeds, data, port] = await Promise.all([
    startSlackServer({ patienceMs: 20_000 }),
    startFeedServer(),
    mkdtemp(join(tmpdir(), 'newshound-slack-')),
    freePort(),
  ]);
  onTestFinished(async () => {
    await Promise.all([slack.close(), feeds.stop()]);
    await rm(data, { recursive: true, force: true });
  });
  const items: Item[] = [{ title: 'An old story', link: 'https://harbour.example/old', at: Date.now() }];
  const serve = (): void => feeds.on('/feed.xml', { ...rss(items) });
  serve();
  const env = { ...(await settingsFor(feeds, data)), ...secretsFor(slack, transport, install), PORT: String(port) };
  if (transport === 'http') slack.requestUrl(`http://127.0.0.1:${port}/slack/events`);
  const first = killAt === null ? env : { ...env, NEWSHOUND_KILL_AT: killAt };
  let program = startProgram(['start', '--data', data], first);
  onTestFinished(async () => {
    program.child.kill('SIGKILL');
    await program.ended;
  });
  await started(slack, transport, program, port);
  return {
    slack,
    data,
    port,
    get program() {
      return program;
    },
    publish(title) {
      items.unshift({
        title,
        link: `https://harbour.example/${items.length}`,
        at: Date.now(),
        text: `${title}, we hear.`,
      });
      serve();
    },
    async restart() {
      if (killAt === null) program.child.kill('SIGTERM');
      expect(await program.ended).toEqual(
        killAt === null ? { code: 0, signal: null } : { code: null, signal: 'SIGKILL' },
      );
      program = startProgram(['start', '--data', data], env);
      await started(slack, transport, program, port);
    },
  };
}

async function settingsFor(feeds: FeedServer, data: string): Promise<Record<string, string>> {
  const opml = join(data, 'feeds.opml');
  await writeFile(
    opml,
    `<opml version="2.0"><body><outline type="rss" text="Harbour" xmlUrl="${feeds.origin}/feed.xml"/></body></opml>`,
  );
  return {
    NEWSHOUND_FEEDS_OPML: opml,
    NEWSHOUND_FEEDS_ALLOW_PRIVATE_HOSTS: feeds.host,
    NEWSHOUND_FEEDS_INTERVAL_SECONDS: '1',
    NEWSHOUND_FEEDS_MIN_INTERVAL_SECONDS: '1',
    NEWSHOUND_FEEDS_MAX_INTERVAL_SECONDS: '1',
    NEWSHOUND_FEEDS_HOST_SPACING_MS: '0',
    NEWSHOUND_ARTICLES_FETCH: 'false',
  };
}

function secretsFor(
  slack: SlackServer,
  transport: 'socket' | 'http',
  install: 'token' | 'oauth',
): Record<string, string> {
  return {
    SLACK_API_URL: slack.apiUrl,
    SLACK_AUTHORIZE_URL: slack.authorizeUrl,
    ...(transport === 'socket' ? { SLACK_APP_TOKEN: slack.appToken } : { SLACK_SIGNING_SECRET: slack.signingSecret }),
    ...(install === 'token'
      ? { SLACK_BOT_TOKEN: slack.workspace().botToken }
      : {
          SLACK_CLIENT_ID: slack.clientId,
          SLACK_CLIENT_SECRET: slack.clientSecret,
          SLACK_STATE_SECRET: 'a secret for states',
          NEWSHOUND_ENCRYPTION_KEY: 'a key for the tests that is long enough',
        }),
  };
}

async function started(slack: SlackServer, transport: string, program: Running, port: number): Promise<void> {
  const ready = async (): Promise<boolean> =>
    fetch(`http://127.0.0.1:${port}/readyz`).then(
      ({ ok }) => ok,
      () => false,
    );
  await expect.poll(ready, { timeout: 40_000, message: program.output() }).toBe(true);
  if (transport === 'socket') await slack.connected();
}

/** What the program has kept and said. */
async function everythingWritten({ data, program }: Journey): Promise<string> {
  const files = await readdir(data);
  const texts = await Promise.all(files.map(async (file) => readFile(join(data, file), 'latin1')));
  return [program.output(), ...texts].join('\n');
}

test.each(['socket', 'http'] as const)(
  'from the first command to an alert, a pause after a restart, and the home tab (%s)',
  async (transport) => {
    const journey = await begin(transport, 'token');
    const { slack } = journey;
    slack.channel('C1', { name: 'general', member: false });
    const user = slack.user('U1', { channel: 'C1', tz: 'Asia/Tokyo' });

    const form = await formOf(user, await user.run('/news', 'add'));
    const preview = await user.submit(form, { query: 'ferry strike' });
    expect((await press(user, preview, 'Save')).text).toContain('#1');
    await expect.poll(() => journey.program.output(), { timeout: 40_000 }).toContain('all feeds have been looked at');
    journey.publish('Ferry strike ends at dawn');
    await expect.poll(() => slack.messages('C1').length, { timeout: 60_000 }).toBe(1);
    const [alert] = slack.messages('C1');
    expect((await user.click(alert!, 'Why?')).text).toContain('“Ferry”');

    await journey.restart();
    expect((await user.click(alert!, 'Pause')).text).toContain('#1 is paused');
    journey.publish('Another ferry strike begins');
    const home = await user.openHome();
    expect(home.text).toContain('paused');
    const edit = await formOf(user, await user.click(home, 'edit 1'));
    await user.submit(edit, { query: 'tunnel' });
    await user.next(({ kind, text }) => kind === 'home' && text.includes('tunnel'));
    await user.click(slack.home('U1')!, 'resume 1');
    journey.publish('The tunnel opens in spring');
    await expect
      .poll(() => slack.messages('C1').map(({ text }) => text), { timeout: 60_000 })
      .toEqual(['Ferry strike ends at dawn', 'The tunnel opens in spring']);
    expect({ broken: slack.violations, late: slack.lateAnswers, pings: slack.pings }).toEqual({
      broken: [],
      late: [],
      pings: [],
    });
    expect(await everythingWritten(journey)).not.toMatch(/xox[a-z]-|xapp-/u);
  },
  LIMIT_MS,
);

test(
  'a second workspace, installed by its own page, gets its own and nothing of the first’s',
  async () => {
    const journey = await begin('http', 'oauth');
    const { slack } = journey;
    for (const [workspace, user, channel] of [
      ['T1', 'U1', 'C1'],
      ['T2', 'U2', 'C2'],
    ] as const) {
      slack.workspace({ id: workspace, installed: false });
      const member = slack.user(user, { workspace, channel });
      const page = await slack.install(`http://127.0.0.1:${journey.port}/slack/install`, { workspace, user });
      expect(page.status).toBe(200);
      slack.channel(channel, { workspace });
      const preview = await member.run('/news', `add ${workspace === 'T1' ? 'ferry' : 'tunnel'}`);
      await press(member, preview, 'Save');
    }
    await expect.poll(() => journey.program.output(), { timeout: 40_000 }).toContain('all feeds have been looked at');
    journey.publish('Ferry strike ends at dawn');
    journey.publish('The tunnel opens in spring');
    await expect
      .poll(() => [slack.messages('C1'), slack.messages('C2')].map((all) => all.map(({ text }) => text)), {
        timeout: 60_000,
      })
      .toEqual([['Ferry strike ends at dawn'], ['The tunnel opens in spring']]);
    expect((await slack.user('U2').openHome()).text).not.toContain('ferry');
    expect(await everythingWritten(journey)).not.toMatch(/xox[a-z]-|xapp-/u);
    expect({ broken: slack.violations, late: slack.lateAnswers }).toEqual({ broken: [], late: [] });
  },
  LIMIT_MS,
);

test(
  'a program that is killed between a post and its record posts the story once',
  async () => {
    const journey = await begin('socket', 'token', 'posted:1');
    const { slack } = journey;
    slack.channel('C1');
    const user = slack.user('U1', { channel: 'C1' });
    await press(user, await user.run('/news', 'add ferry OR tunnel'), 'Save');
    await expect.poll(() => journey.program.output(), { timeout: 40_000 }).toContain('all feeds have been looked at');
    journey.publish('Ferry strike ends at dawn');
    await journey.restart();
    journey.publish('The tunnel opens in spring');
    await expect
      .poll(() => slack.messages('C1').map(({ text }) => text), { timeout: 60_000 })
      .toEqual(['Ferry strike ends at dawn', 'The tunnel opens in spring']);
  },
  LIMIT_MS,
);

test.each([
  ['SLACK_APP_TOKEN', { SLACK_BOT_TOKEN: 'xoxb-1' }],
  ['SLACK_BOT_TOKEN', { SLACK_APP_TOKEN: 'xapp-1' }],
  ['SLACK_CLIENT_SECRET', { SLACK_CLIENT_ID: '1.2', SLACK_SIGNING_SECRET: 'x' }],
  [
    'one of them',
    {
      SLACK_CLIENT_ID: '1',
      SLACK_CLIENT_SECRET: 'x',
      SLACK_STATE_SECRET: 'x',
      SLACK_BOT_TOKEN: 'xoxb-1',
      SLACK_APP_TOKEN: 'xapp-1',
    },
  ],
  ['server.port', { SLACK_BOT_TOKEN: 'xoxb-1', SLACK_SIGNING_SECRET: 'x', PORT: '0' }],
])('half of what Slack needs is refused at the start, naming %s', async (named, env) => {
  const program = startProgram(['check'], env);
  expect((await program.ended).code).toBe(2);
  expect(program.output()).toContain(named);
  expect(program.output()).not.toContain('xoxb-1');
});

test('check says in which workspace the token works, or that it does not', async () => {
  const slack = await startSlackServer();
  onTestFinished(async () => slack.close());
  const data = await mkdtemp(join(tmpdir(), 'newshound-slack-'));
  onTestFinished(async () => rm(data, { recursive: true, force: true }));
  const empty = join(data, 'feeds.opml');
  await writeFile(empty, '<opml version="2.0"><body/></opml>');
  const env = {
    ...secretsFor(slack, 'socket', 'token'),
    NEWSHOUND_DATA: data,
    NEWSHOUND_FEEDS_OPML: empty,
  };
  const good = startProgram(['check'], env);
  expect((await good.ended).code).toBe(0);
  expect(good.output()).toContain(`Slack, workspace ${slack.workspace().name}`);
  const bad = startProgram(['check'], { ...env, SLACK_BOT_TOKEN: 'xoxb-none' });
  expect((await bad.ended).code).toBe(2);
  expect(bad.output()).toContain('SLACK_BOT_TOKEN');
  expect(bad.output()).not.toContain('xoxb-none');
});
