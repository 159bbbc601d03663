import {
  Client,
  DiscordAPIError,
  Events,
  GatewayIntentBits,
  SlashCommandBuilder,
  type Interaction,
  type TextChannel,
} from 'discord.js';
import { onTestFinished } from 'vitest';
import { startDiscordServer, type DiscordOptions, type DiscordServer } from './server.ts';

export const READER = '210000000000000001';

/** A server for one test. */
export async function start(options: DiscordOptions = {}): Promise<DiscordServer> {
  const server = await startDiscordServer({ lifeMs: 30_000, ...options });
  onTestFinished(() => server.close());
  return server;
}

/** discord.js as it comes, told only where the API is; ready. */
export async function connect(server: DiscordServer, rest: object = {}): Promise<Client<true>> {
  const client = new Client({
    intents: [GatewayIntentBits.Guilds],
    rest: { api: `${server.url}/api`, ...rest },
    allowedMentions: { parse: [] },
  });
  onTestFinished(() => client.destroy());
  const ready = new Promise((resolve) => {
    client.once(Events.ClientReady, resolve);
  });
  await client.login(server.token);
  await ready;
  return client as Client<true>;
}

export async function general(client: Client<true>, server: DiscordServer): Promise<TextChannel> {
  return (await client.channels.fetch(generalId(server))) as TextChannel;
}

export function generalId(server: DiscordServer): string {
  return server.home.channels['general'] ?? '';
}

/** Answers every interaction so; what goes wrong is in the list returned. */
export function answer(client: Client, how: (interaction: Interaction) => Promise<unknown>): unknown[] {
  const errors: unknown[] = [];
  client.on(Events.InteractionCreate, (interaction) => {
    how(interaction).catch((error: unknown) => errors.push(error));
  });
  return errors;
}

/** A request without any client's help. */
export async function raw(server: DiscordServer, method: string, path: string, body?: object): Promise<Response> {
  return fetch(`${server.url}/api/v10${path}`, {
    method,
    headers: { authorization: `Bot ${server.token}`, 'content-type': 'application/json' },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
}

/** Discord's code of an error, 0 for any other. */
export function codeOf(error: unknown): number {
  return error instanceof DiscordAPIError ? Number(error.code) : 0;
}

export const ping = new SlashCommandBuilder()
  .setName('ping')
  .setDescription('Answers')
  .addStringOption((option) => option.setName('text').setDescription('What').setAutocomplete(true).setRequired(true))
  .toJSON();
