import { createHash } from 'node:crypto';
import { Routes, type REST } from 'discord.js';
import type { Store } from '../../../src/ports.ts';
import { commandDefinitions } from './registration.ts';

const KIND = 'registration';

/**
 * Writes the commands to Discord, in one request, when they differ from what was written last; true when it did. With a
 * `guild` they are that server's own, where a change shows at once; without one they are everywhere.
 */
export async function registerCommands(
  rest: Pick<REST, 'put'>,
  store: Pick<Store, 'getDocument' | 'putDocument'>,
  { application, guild }: { readonly application: string; readonly guild: string },
): Promise<boolean> {
  const body = commandDefinitions(guild === '' ? 'everywhere' : 'guild');
  const hash = createHash('sha256').update(JSON.stringify(body)).digest('hex');
  const id = `discord:${application}:${guild === '' ? 'everywhere' : guild}`;
  const last = (await store.getDocument(KIND, id)) as { readonly hash?: string } | null;
  if (last?.hash === hash) return false;
  const route =
    guild === '' ? Routes.applicationCommands(application) : Routes.applicationGuildCommands(application, guild);
  await rest.put(route, { body });
  await store.putDocument(KIND, id, { hash }, null);
  return true;
}
