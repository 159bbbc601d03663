import { isObject, listIn, objectIn, textIn, type Body } from './body.ts';
import { place, type Context } from './begin.ts';
import type { Command } from './command-book.ts';
import type { Core } from './core.ts';
import { attachmentPayload, channelPayload } from './payloads.ts';

/** Values of a slash command's options: a channel by its id, an attachment as a file, else as typed. */
export type OptionValues = Readonly<Record<string, OptionValue>>;
type OptionValue = string | number | boolean | AttachedFile;

export interface AttachedFile {
  readonly name: string;
  readonly contentType: string;
  readonly text: string;
}

const CHAT_INPUT = 1;
const type = {
  subcommand: 1,
  group: 2,
  string: 3,
  integer: 4,
  boolean: 5,
  channel: 7,
  number: 10,
  attachment: 11,
} as const;
const MANAGE_GUILD = 1n << 5n;
const STRING_MAX = 6000;

/** The `data` of a slash command as Discord's client sends it; throws where the client would not let it be sent. */
export function commandData(core: Core, context: Context, typed: string, values: OptionValues): Body {
  const { command, path, options } = located(core, context, typed);
  const known = options.map(({ name }) => textIn(name));
  const unknown = Object.keys(values).find((name) => !known.includes(name));
  if (unknown !== undefined) throw new Error(`${typed} has no option ${unknown}; there is: ${known.join(', ')}`);
  const missing = options.find(({ name, required }) => required === true && values[textIn(name)] === undefined);
  if (missing) throw new Error(`${typed} needs its option ${textIn(missing['name'])}`);
  const resolved: Resolved = { attachments: {}, channels: {} };
  const given = options.flatMap((option) => {
    const value = values[textIn(option['name'])];
    if (value === undefined) return [];
    return [{ name: option['name'], type: option['type'], value: checkedValue(core, option, value, resolved) }];
  });
  return wrapped(command, path, given, resolved);
}

/** The `data` while an option is typed. */
export function completionData(
  core: Core,
  context: Context,
  command: string,
  {
    focused,
    typed,
    options: values,
  }: { readonly focused: string; readonly typed: string; readonly options: OptionValues },
): { readonly data: Body; readonly focusedType: number } {
  const { command: found, path, options } = located(core, context, command);
  const option = options.find(({ name }) => name === focused);
  if (option?.['autocomplete'] !== true) throw new Error(`${command} completes no option ${focused}`);
  const given = options.flatMap((one) => {
    const name = textIn(one['name']);
    if (name === focused) return [{ name, type: one['type'], value: typed, focused: true }];
    return values[name] === undefined ? [] : [{ name, type: one['type'], value: values[name] }];
  });
  const data = wrapped(found, path, given, { attachments: {}, channels: {} });
  return { data, focusedType: Number(option['type']) };
}

interface Resolved {
  readonly attachments: Record<string, Body>;
  readonly channels: Record<string, Body>;
}

interface Located {
  readonly command: Command;
  /** The group and subcommand within it. */
  readonly path: readonly Body[];
  readonly options: readonly Body[];
}

/** Finds a command by `add`, `feeds add` or `/other`, in this place and for this member. */
function located(core: Core, context: Context, typed: string): Located {
  const words = typed.trim().split(/\s+/u);
  const roots = [...core.commands.all(context.guildId), ...core.commands.all(null)].filter(
    (command) => command.type === CHAT_INPUT && isOffered(core, command, context),
  );
  const [first = ''] = words;
  const named = first.startsWith('/');
  for (const command of roots) {
    if (named && command.name !== first.slice(1)) continue;
    const found = within(listIn(command['options']).filter(isObject), named ? words.slice(1) : words);
    if (found) return { command, ...found };
  }
  throw new Error(`No command ${typed} is offered here`);
}

function within(options: readonly Body[], words: readonly string[]): Omit<Located, 'command'> | null {
  const [word, ...rest] = words;
  const nested = options.some((option) => option['type'] === type.subcommand || option['type'] === type.group);
  if (word === undefined) return nested ? null : { path: [], options };
  const next = options.find(
    (option) => option['name'] === word && (option['type'] === type.subcommand || option['type'] === type.group),
  );
  const found = next ? within(listIn(next['options']).filter(isObject), rest) : null;
  return next && found ? { path: [next, ...found.path], options: found.options } : null;
}

/** A command is seen where its contexts and installations have it, by those who hold the permission it asks for. */
export function isOffered(
  { world }: Core,
  command: Command,
  { guildId, manageGuild, userInstalled }: Context,
): boolean {
  const contexts = command['contexts'];
  const here = guildId === null ? place.botDm : place.guild;
  if (Array.isArray(contexts) && !contexts.includes(here)) return false;
  const installs = command['integration_types'];
  if (Array.isArray(installs) && !installs.includes(userInstalled ? 1 : 0)) return false;
  if (!userInstalled && guildId !== null && world.guilds.get(guildId)?.botIn !== true) return false;
  const needed = command['default_member_permissions'];
  if (guildId === null || typeof needed !== 'string') return true;
  return (BigInt(needed) & MANAGE_GUILD) === 0n || manageGuild;
}

function wrapped(command: Command, path: readonly Body[], given: readonly Body[], resolved: Resolved): Body {
  const options = path
    .toReversed()
    .reduce<readonly Body[]>((inner, { name, type: kind }) => [{ name, type: kind, options: inner }], given);
  const kept = Object.entries(resolved).filter(([, found]) => Object.keys(objectIn(found)).length > 0);
  return {
    id: command.id,
    name: command.name,
    type: CHAT_INPUT,
    ...(command['guild_id'] === undefined ? {} : { guild_id: command['guild_id'] }),
    options,
    ...(kept.length === 0 ? {} : { resolved: Object.fromEntries(kept) }),
  };
}

/** A value as it is sent, the thing it names put into `resolved`. */
function checkedValue(core: Core, option: Body, value: OptionValue, resolved: Resolved): string | number | boolean {
  const name = textIn(option['name']);
  const refuse = (why: string): never => {
    throw new Error(`${name}: ${why}`);
  };
  const choices = listIn(option['choices']).map((choice) => objectIn(choice)['value']);
  if (choices.length > 0 && !choices.includes(value)) refuse(`not one of ${choices.join(', ')}`);
  switch (option['type']) {
    case type.string: {
      if (typeof value !== 'string') return refuse('takes text');
      const { min_length: least = 0, max_length: most = STRING_MAX } = option;
      if (value.length < Number(least) || value.length > Number(most)) refuse('too short or too long');
      // Discord hands on nothing that is no Unicode.
      return value.toWellFormed();
    }
    case type.integer:
    case type.number: {
      if (typeof value !== 'number') return refuse('takes a number');
      if (option['type'] === type.integer && !Number.isInteger(value)) refuse('takes a whole number');
      if (value < Number(option['min_value'] ?? -Infinity) || value > Number(option['max_value'] ?? Infinity)) {
        refuse('out of range');
      }
      return value;
    }
    case type.boolean:
      return typeof value === 'boolean' ? value : refuse('takes yes or no');
    case type.channel: {
      const channel = core.world.channels.get(textIn(value));
      if (!channel) return refuse('no such channel');
      const payload = channelPayload(core.world, channel);
      const allowed = listIn(option['channel_types']);
      if (allowed.length > 0 && !allowed.includes(payload['type'])) refuse('not this kind of channel');
      resolved.channels[channel.id] = { ...payload, permissions: '0' };
      return channel.id;
    }
    case type.attachment:
      return typeof value === 'object' ? attached(core, value, resolved) : refuse('takes a file');
    default:
      return refuse('options of this type are not offered by this server');
  }
}

function attached({ world, origin }: Core, { name, contentType, text }: AttachedFile, resolved: Resolved): string {
  const file = { id: world.newId(), name, contentType, bytes: new TextEncoder().encode(text) };
  world.uploads.set(file.id, file);
  resolved.attachments[file.id] = attachmentPayload(file, 'ephemeral', origin());
  return file.id;
}
