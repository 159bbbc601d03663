import type { APIApplicationCommandOption } from 'discord.js';
import { describe, expect, test } from 'vitest';
import { commandDefinitions } from '../../../../adapters/chat/discord/registration.ts';
import { languages } from '../../../../src/languages.ts';

interface Described {
  readonly name: string;
  readonly name_localizations?: Readonly<Record<string, string | null>> | null | undefined;
  readonly description?: string;
  readonly description_localizations?: Readonly<Record<string, string | null>> | null | undefined;
  readonly options?: readonly APIApplicationCommandOption[] | undefined;
  readonly choices?: readonly { readonly name: string; readonly value: string | number }[];
}

const commands = commandDefinitions() as readonly Described[];

function everyPart(part: Described): Described[] {
  return [part, ...(part.options ?? []).flatMap((option) => everyPart(option as Described))];
}

/** Of a text and its localisations the longest counts. */
function longest(text = '', localised: Described['name_localizations'] = {}): number {
  return Math.max(text.length, ...Object.values(localised ?? {}).map((other) => other?.length ?? 0));
}

/** https://discord.com/developers/docs/interactions/application-commands */
describe('commands as Discord registers them', () => {
  test('are described in every language, each with texts of its own within 100 characters', () => {
    const described = commands.flatMap(everyPart).filter(({ description }) => description !== undefined);
    expect(described.length).toBeGreaterThan(40);
    for (const { description = '', description_localizations: localised } of described) {
      const texts = Object.entries(localised ?? {});
      expect(new Set(texts.map(([locale]) => locale.slice(0, 2)))).toEqual(
        new Set(languages.filter((language) => language !== 'en')),
      );
      expect([description, ...texts.map(([, text]) => text ?? '')].filter((text) => text.length > 100)).toEqual([]);
      expect(texts.map(([, text]) => text)).not.toContain(description);
      expect(texts.map(([, text]) => text)).not.toContain('');
    }
  });

  test('keep within the 8,000 characters of a command and the 32 of a menu’s name', () => {
    for (const command of commands) {
      const size = everyPart(command).reduce((sum, part) => {
        const values = (part.choices ?? []).reduce((all, { name, value }) => all + name.length + `${value}`.length, 0);
        const own = longest(part.name, part.name_localizations);
        return sum + own + longest(part.description, part.description_localizations) + values;
      }, 0);
      expect(size).toBeLessThanOrEqual(8000);
      expect(longest(command.name, command.name_localizations)).toBeLessThanOrEqual(32);
    }
  });
});
