import { parseCommand } from '../../../src/commands/parse.ts';
import { commandTable } from '../../../src/commands/table.ts';

/** What a command is called among Discord's subcommands: the first of a group is its `list`. */
export function slashName(name: string): string {
  const grouped = commandTable.some((other) => other.name.startsWith(`${name} `));
  return grouped ? `${name} list` : name;
}

/**
 * A command that is typed as one line elsewhere, as its options are filled in here: `/news add query: Japan when: hourly`.
 * Any other text stays.
 */
export function slashText(text: string): string {
  const parsed = text.startsWith('/news ') ? parseCommand(text) : null;
  if (parsed?.ok !== true) return text;
  const options = Object.entries(parsed.options).map(([name, value]) => `${name}: ${value}`);
  return [`/news ${slashName(parsed.spec.name)}`, ...options].join(' ');
}

/** How a command is used, with options as they are called here: `pause <id> [for]`, `add <query> [when: …]`. */
export function slashUsage(text: string): string {
  return text.replaceAll(/\[--([a-z]+) …\]/gu, '[$1: …]');
}
