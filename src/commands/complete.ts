import type { Speaker } from './request.ts';
import type { Desk } from './desk.ts';
import { commandTable, type CommandSpec, type OptionSpec } from './table.ts';

export interface Completion {
  /** What takes the place of the last word. */
  readonly value: string;
  /** For people: the value with what it stands for. */
  readonly label: string;
}

const MOST_FEEDS = 1000;

/** Completions for the last word of a command being typed, from the same table that parsing goes by. */
export async function complete(desk: Desk, speaker: Speaker, text: string, limit: number): Promise<Completion[]> {
  const line = text.replace(/^\s*\/?news\s+/iu, '').trimStart();
  const words = line.split(/\s+/u);
  const last = (words.at(-1) ?? '').toLowerCase();
  const before = words.slice(0, -1).join(' ').toLowerCase();
  const spec = commandBefore(before);
  if (spec === null) return plain(nextCommandWords(before), last, limit);
  if (/^(?:--|—|–)/u.test(last)) {
    const names = spec.options.filter(({ positional }) => !positional).map(({ name }) => `--${name}`);
    return plain(names, last.replace(/^[—–]/u, '--'), limit);
  }
  const candidates = [...(await valuesFor(desk, speaker, spec, before)), ...subcommands(spec, before)];
  return candidates
    .filter(({ value, label }) => value.toLowerCase().startsWith(last) || label.toLowerCase().includes(last))
    .slice(0, limit);
}

/** The longest command that the words before the last one begin with. */
function commandBefore(before: string): CommandSpec | null {
  const fitting = commandTable.filter(
    ({ name, hidden }) => !hidden && (before === name || before.startsWith(`${name} `)),
  );
  return fitting.sort((a, b) => b.name.length - a.name.length)[0] ?? null;
}

function nextCommandWords(before: string): string[] {
  const lead = before === '' ? '' : `${before} `;
  const next = commandTable
    .filter(({ name, hidden }) => !hidden && name.startsWith(lead))
    .map(({ name }) => name.slice(lead.length).split(' ', 1)[0] ?? '');
  return [...new Set(next)].filter((word) => word !== '');
}

/** `feeds ` may go on as `feeds add`. */
function subcommands({ name }: CommandSpec, before: string): Completion[] {
  return before === name ? nextCommandWords(before).map((value) => ({ value, label: value })) : [];
}

async function valuesFor(desk: Desk, speaker: Speaker, spec: CommandSpec, before: string): Promise<Completion[]> {
  const option = optionAt(spec, before.slice(spec.name.length).trim());
  switch (option?.kind) {
    case 'subscription': {
      const here = await desk.store.subscriptionsAt(speaker.destination);
      return here.map(({ id, name, query }) => ({ value: String(id), label: `#${id} ${name === '' ? query : name}` }));
    }
    case 'feed': {
      const feeds = await desk.store.listFeeds('', MOST_FEEDS);
      return feeds
        .filter(({ feed }) => feed.followers.some(({ scope }) => scope === speaker.scope))
        .map(({ feed }) => ({ value: feed.url, label: feed.title === '' ? feed.url : feed.title }));
    }
    case 'command':
      return commandTable.filter(({ hidden }) => !hidden).map(({ name }) => ({ value: name, label: name }));
    case 'when':
      return ['instant', 'hourly', 'daily', 'weekly'].map(same);
    case 'duration':
      return ['1h', '8h', '1d', '3d', '1w'].map(same);
    case 'quiet':
      return ['off', '22:00-07:00'].map(same);
    case 'timeZone':
      return Intl.supportedValuesOf('timeZone').map(same);
    case 'choice':
      return (option.choices ?? []).map(same);
    case 'place':
      return ['here', 'me'].map(same);
    case undefined:
    case 'query':
    case 'message':
    case 'text':
    case 'address':
    case 'page':
    case 'file':
      return [];
  }
}

/** The option that the last word belongs to: the one named before it, else the positional one at its place. */
function optionAt(spec: CommandSpec, typed: string): OptionSpec | undefined {
  const named = /(?:--|—|–)([a-z]+)$/u.exec(typed);
  if (named) return spec.options.find(({ name }) => name === named[1]);
  const place = typed === '' ? 0 : typed.split(/\s+/u).length;
  return spec.options.filter(({ positional }) => positional)[place];
}

function same(value: string): Completion {
  return { value, label: value };
}

function plain(words: readonly string[], last: string, limit: number): Completion[] {
  return words
    .filter((word) => word.startsWith(last))
    .slice(0, limit)
    .map(same);
}
