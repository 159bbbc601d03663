import type { RequestListener } from 'node:http';
import { join } from 'node:path';
import type { SlackCredentials } from '../../adapters/chat/slack/credentials.ts';
import type { SlackChat } from '../../adapters/chat/slack/slack.ts';
import type { Logger } from '../log.ts';
import type { Chat, Clock, Store } from '../ports.ts';
import type { Settings } from '../settings.ts';
import type { Setup } from './setup.ts';

/** The one place of the terminal chat. */
export const home = 'terminal:me';

/** What a chat is made of besides its own settings. */
interface ChatParts {
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Logger;
  readonly onQuit: () => void;
}

/** Chats, and what they want served by path. */
export interface Chats {
  readonly chats: readonly Chat[];
  readonly routes: ReadonlyMap<string, RequestListener>;
}

/** Whether this process has to do with chats at all. */
export function usesChats({ settings: { roles } }: Setup): boolean {
  return roles.includes('deliver') || roles.includes('chat');
}

export function usesTerminal(setup: Setup): boolean {
  return usesChats(setup) && setup.secrets.discordToken === '' && setup.slack === null;
}

/** The chats that there are tokens for; the terminal when there are none. None for a process that only polls. */
export async function openChats(setup: Setup, parts: ChatParts): Promise<Chats> {
  if (!usesChats(setup)) return { chats: [], routes: new Map() };
  if (usesTerminal(setup)) return { chats: [await openTerminal(setup, parts)], routes: new Map() };
  const hears = setup.settings.roles.includes('chat');
  const slack = setup.slack === null ? null : await openSlack(setup.slack, setup.settings, parts);
  const discord = setup.secrets.discordToken === '' ? null : await openDiscord(setup, parts);
  return {
    chats: [slack, discord].filter((chat) => chat !== null),
    routes: hears ? (slack?.routes ?? new Map()) : new Map(),
  };
}

async function openSlack(
  credentials: SlackCredentials,
  { slack }: Settings,
  { store, clock, log }: ChatParts,
): Promise<SlackChat> {
  const { openSlackChat } = await import('../../adapters/chat/slack/slack.ts');
  return openSlackChat({ credentials, ...slack, store, clock, log });
}

async function openDiscord({ secrets, settings }: Setup, { store, clock, log }: ChatParts): Promise<Chat> {
  const { openDiscordChat } = await import('../../adapters/chat/discord/discord.ts');
  return openDiscordChat({
    token: secrets.discordToken,
    ...settings.discord,
    leaseMs: settings.store.leaseSeconds * 1000,
    store,
    clock,
    log,
  });
}

async function openTerminal(setup: Setup, { clock, log, onQuit }: ChatParts): Promise<Chat> {
  const [{ openTerminalChat }, { abilitiesOf }] = await Promise.all([
    import('../../adapters/chat/terminal/terminal.ts'),
    import('../../adapters/chat/terminal/abilities.ts'),
  ]);
  const interactive = process.stdin.isTTY && process.stdout.isTTY && !setup.once;
  return openTerminalChat({
    input: setup.once ? null : process.stdin,
    output: process.stdout,
    ledgerPath: join(setup.data, 'terminal.jsonl'),
    historyPath: join(setup.data, 'history'),
    interactive,
    ...abilitiesOf(process.env, process.stdout.isTTY),
    clock,
    onQuit,
    onError: (error) => log.error({ err: error }, 'an answer could not be given'),
  });
}

/** Chats that say in the log what they would post, and post nothing. */
export async function withoutSending(chats: readonly Chat[], log: Logger): Promise<Chat[]> {
  const { dryRun } = await import('../../adapters/chat/dry-run.ts');
  return chats.map((chat) =>
    dryRun(chat, (destination, message) => {
      const titles = message.cards.map(({ title }) => title);
      log.info({ destination, kind: message.kind, heading: message.heading, titles }, 'would be posted');
    }),
  );
}
