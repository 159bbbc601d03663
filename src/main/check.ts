import type { OpmlFeed } from '../feeds/opml.ts';
import { createLogger } from '../log.ts';
import type { FeedSource } from '../ports.ts';
import { roles } from '../settings.ts';
import { usesChats, usesTerminal } from './chats.ts';
import { say } from './say.ts';
import { readSetup, Refused, type Options, type Setup } from './setup.ts';
import { openSources } from './sources.ts';
import { closing, openStore } from './store.ts';

export async function check(options: Options): Promise<void> {
  const setup = await readSetup(options);
  say(`settings   right`);
  sayRoles(setup);
  await using store = closing(await openStore(setup));
  await store.it.probe();
  const depths = await store.it.depths(Date.now());
  say(`store      right: alerts ${depths.subscriptions}, stories ${depths.stories}, messages waiting ${depths.queued}`);
  await checkChats(setup);
  if (!setup.settings.roles.includes('poll')) return say('All is right.');
  await using sources = closing(await openSources(setup));
  const read = await Promise.all(setup.feeds.map(async (feed) => checkFeed(sources.it.feeds, feed)));
  const failed = read.filter((one) => !one).length;
  say(
    failed === 0
      ? 'All is right.'
      : `${failed} of ${setup.feeds.length} feeds cannot be read now; they would be tried again.`,
  );
}

/** Says what this process would do, and what others have to, so that nothing is left undone. */
function sayRoles({ settings, secrets }: Setup): void {
  const elsewhere = roles.filter((role) => !settings.roles.includes(role));
  say(`roles      ${settings.roles.join(', ')}`);
  if (elsewhere.length === 0) return;
  say(`           left to other processes: ${elsewhere.join(', ')}`);
  if (secrets.redisUrl === '')
    say('           without REDIS_URL these must run on this machine, with the same data folder');
}

/** Says which chats there are and whether they let the program in. */
async function checkChats(setup: Setup): Promise<void> {
  if (!usesChats(setup)) return say('chat       none: this process only polls');
  if (usesTerminal(setup)) return say('chat       the terminal, since no token is set');
  if (setup.slack !== null) {
    const { checkSlack } = await import('../../adapters/chat/slack/check.ts');
    say(
      `chat       right: ${await checkSlack(setup.slack, setup.settings.slack.apiUrl, createLogger('silent', { kind: 'json' }))}`,
    );
  }
  if (setup.secrets.discordToken !== '') await checkDiscordToken(setup);
}

async function checkDiscordToken(setup: Setup): Promise<void> {
  const { checkDiscord } = await import('../../adapters/chat/discord/check.ts');
  const found = await checkDiscord({ token: setup.secrets.discordToken, apiUrl: setup.settings.discord.apiUrl });
  if (!found.ok) throw new Refused(found.message);
  const servers = found.servers === null ? '' : `, servers ${found.servers}`;
  say(`chat       right: Discord, as ${found.name}${servers}`);
  say(`           to invite it: ${found.invite}`);
}

/** Says how a feed reads as soon as it is known; true when it reads. */
async function checkFeed(source: FeedSource, { url, title }: OpmlFeed): Promise<boolean> {
  const answer = await source.fetch({ url, validators: { etag: '', lastModified: '' }, bodyHash: '' });
  const how = { document: 'right', unchanged: 'right', failed: 'failed' }[answer.kind];
  const what =
    answer.kind === 'failed'
      ? answer.message
      : `${answer.kind === 'document' ? answer.document.items.length : 0} items`;
  say(`feed       ${how}: ${title === '' ? url : title}, ${what}`);
  return answer.kind !== 'failed';
}
