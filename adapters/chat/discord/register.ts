import { createHash } from 'node:crypto';
import { Routes, type REST } from 'discord.js';
import type { Store } from '../../../src/ports.ts';
import { commandDefinitions } from './registration.ts';

const KIND = 'registration';

/** What was written last, and to which server; '' for everywhere. */
interface Registered {
  readonly hash: string;
  readonly guild: string;
}

/**
 * Writes the commands to Discord, in one request, when they differ from what was written last; true when it did. With a
 * `guild` they are that server's own, where a change shows at once; without one they are everywhere. What was written
 * elsewhere before is taken back: members would find every command twice.
 */
export async function registerCommands(
  rest: Pick<REST, 'put'>,
  store: Pick<Store, 'getDocument' | 'putDocument'>,
  { application, guild }: { readonly application: string; readonly guild: string },
): Promise<boolean> {
  const body = commandDefinitions(guild === '' ? 'everywhere' : 'guild');
  const hash = createHash('sha256').update(JSON.stringify(body)).digest('hex');
  const id = `discord:${application}`;
  const last = (await store.getDocument(KIND, id)) as Registered | null;
  if (last?.hash === hash && last.guild === guild) return false;
  if (last !== null && last.guild !== guild) await rest.put(routeTo(application, last.guild), { body: [] });
  await rest.put(routeTo(application, guild), { body });
  await store.putDocument(KIND, id, { hash, guild } satisfies Registered, null);
  return true;
}

function routeTo(application: string, guild: string): `/${string}` {
  return guild === '' ? Routes.applicationCommands(application) : Routes.applicationGuildCommands(application, guild);
}
