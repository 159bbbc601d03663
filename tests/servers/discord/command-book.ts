import { isObject, listIn, textIn, type Body } from './body.ts';

/** A command as it is registered. */
export type Command = Body & { readonly id: string; readonly name: string; readonly type: number };

export type CommandBook = ReturnType<typeof createCommandBook>;

/** The registered commands: global ones, and those of each guild. */
export function createCommandBook(applicationId: string, newId: () => string) {
  /** By guild id, '' for the global ones. */
  const books = new Map<string, readonly Command[]>();
  const all = (guildId: string | null): readonly Command[] => books.get(guildId ?? '') ?? [];

  /** As Discord gives a command back: defaults filled in, what is false or empty left out. A known name keeps its id. */
  function stored(command: Body, guildId: string | null): Command {
    const type = typeof command['type'] === 'number' ? command['type'] : 1;
    const name = textIn(command['name']);
    const known = all(guildId).find((other) => other.type === type && other.name === name);
    const options = listIn(command['options']).filter(isObject).map(storedOption);
    return {
      id: known?.id ?? newId(),
      application_id: applicationId,
      version: newId(),
      ...(guildId === null ? {} : { guild_id: guildId }),
      type,
      name,
      name_localizations: command['name_localizations'] ?? null,
      description: type === 1 ? textIn(command['description']) : '',
      description_localizations: command['description_localizations'] ?? null,
      ...(options.length === 0 ? {} : { options }),
      default_member_permissions: command['default_member_permissions'] ?? null,
      nsfw: command['nsfw'] ?? false,
      ...(guildId === null
        ? { contexts: command['contexts'] ?? null, integration_types: command['integration_types'] ?? [0] }
        : {}),
    };
  }

  return {
    all,
    replaceAll(guildId: string | null, commands: readonly Body[]): readonly Command[] {
      const written = commands.map((command) => stored(command, guildId));
      books.set(guildId ?? '', written);
      return written;
    },
    put(guildId: string | null, command: Body): Command {
      const written = stored(command, guildId);
      books.set(guildId ?? '', [...all(guildId).filter(({ id }) => id !== written.id), written]);
      return written;
    },
    remove(guildId: string | null, id: string): boolean {
      const left = all(guildId).filter((command) => command.id !== id);
      const found = left.length < all(guildId).length;
      books.set(guildId ?? '', left);
      return found;
    },
    /** What a member finds under a name: a guild's own command hides the global one. */
    find(guildId: string | null, type: number, name: string): Command | undefined {
      const is = (command: Command): boolean => command.type === type && command.name === name;
      return (guildId === null ? undefined : all(guildId).find(is)) ?? all(null).find(is);
    },
  };
}

function storedOption(option: Body): Body {
  const kept = Object.entries(option).filter(
    ([, value]) => value !== undefined && value !== false && !(Array.isArray(value) && value.length === 0),
  );
  const inner = listIn(option['options']).filter(isObject);
  return { ...Object.fromEntries(kept), ...(inner.length === 0 ? {} : { options: inner.map(storedOption) }) };
}
