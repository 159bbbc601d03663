import { languages } from '../languages.ts';

/** What an option holds: how it is completed, and which field or type a chat gives it. */
export type OptionKind =
  | 'query'
  | 'subscription'
  | 'feed'
  | 'message'
  | 'place'
  | 'when'
  | 'duration'
  | 'quiet'
  | 'timeZone'
  | 'text'
  | 'address'
  | 'page'
  | 'command'
  | 'choice'
  | 'file';

export interface OptionSpec {
  readonly name: string;
  readonly kind: OptionKind;
  readonly required: boolean;
  /** Given by its place after the command; the last one takes the rest of the line. Others are typed `--name value`. */
  readonly positional: boolean;
  readonly choices?: readonly string[];
}

/**
 * A command as data: registration, parsing, help and completion follow from it.
 * Hidden ones are said by buttons only: they carry state in their options and work after a restart.
 */
export interface CommandSpec {
  readonly name: CommandName;
  readonly options: readonly OptionSpec[];
  readonly hidden: boolean;
}

const shownNames = [
  'add',
  'list',
  'show',
  'edit',
  'remove',
  'pause',
  'resume',
  'preview',
  'why',
  'search',
  'feeds',
  'feeds add',
  'feeds remove',
  'feeds import',
  'feeds export',
  'settings',
  'export',
  'import',
  'help',
] as const;

const hiddenNames = ['save', 'draft', 'cancel', 'undo', 'mute', 'mine', 'unmute'] as const;

/** What members see; the others are said by buttons only. */
export type ShownCommand = (typeof shownNames)[number];
export type CommandName = ShownCommand | (typeof hiddenNames)[number];

/** All commands, in the order in which help lists them. */
export const commandTable: readonly CommandSpec[] = [
  spec('add', [first('query', 'query'), ...manner()]),
  spec('list', [optional('page', 'page')]),
  spec('show', [first('id', 'subscription')]),
  spec('edit', [first('id', 'subscription'), named('query', 'query'), ...manner(), named('quiet', 'quiet')]),
  spec('remove', [first('id', 'subscription')]),
  spec('pause', [first('id', 'subscription'), optional('for', 'duration')]),
  spec('resume', [first('id', 'subscription')]),
  spec('preview', [first('query', 'query')]),
  spec('why', [first('story', 'message')]),
  spec('search', [first('query', 'query')]),
  spec('feeds', [optional('page', 'page')]),
  spec('feeds add', [first('address', 'address'), optional('tag', 'text')]),
  spec('feeds remove', [first('feed', 'feed')]),
  spec('feeds import', [named('file', 'file')]),
  spec('feeds export', []),
  spec('settings', [
    named('timezone', 'timeZone'),
    named('quiet', 'quiet'),
    named('when', 'when'),
    choice('alerts', ['everyone', 'managers']),
    choice('feeds', ['everyone', 'managers']),
    choice('language', [...languages, 'auto']),
  ]),
  spec('export', []),
  spec('import', [named('file', 'file')]),
  spec('help', [optional('command', 'command')]),
  spec('save', [first('draft', 'text')], true),
  spec('draft', [first('draft', 'text')], true),
  spec('cancel', [first('draft', 'text')], true),
  spec('undo', [first('id', 'subscription')], true),
  spec('mute', [first('story', 'text')], true),
  spec('mine', [optional('page', 'page')], true),
  spec('unmute', [first('story', 'text')], true),
];

/** The command of a name, or null. */
export function commandNamed(name: string): CommandSpec | null {
  return commandTable.find((one) => one.name === name) ?? null;
}

function manner(): OptionSpec[] {
  return [named('name', 'text'), named('when', 'when'), named('to', 'place')];
}

function spec(name: CommandName, options: readonly OptionSpec[], hidden = false): CommandSpec {
  return { name, options, hidden };
}

function first(name: string, kind: OptionKind): OptionSpec {
  return { name, kind, required: true, positional: true };
}

function optional(name: string, kind: OptionKind): OptionSpec {
  return { name, kind, required: false, positional: true };
}

function named(name: string, kind: OptionKind): OptionSpec {
  return { name, kind, required: false, positional: false };
}

function choice(name: string, choices: readonly string[]): OptionSpec {
  return { name, kind: 'choice', required: false, positional: false, choices };
}
