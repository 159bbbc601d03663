import { flag, Refusal, text } from './ask.ts';
import { faultsOfBlocks } from './blocks.ts';
import type { Block, Message } from './door.ts';
import { isObject, object, objects, string, type Json } from './json.ts';
import { textObjects } from './looks.ts';
import { mentionsIn } from './mrkdwn.ts';
import { withIds, type World } from './world.ts';

/** Slack refuses blocks whose JSON is longer than about this; it is written nowhere. */
const REFUSED_JSON = 13_200;
/** Our own rule keeps well away from it. */
const RULED_JSON = 11_000;
const TEXT_REFUSED = 40_000;
const TEXT_RULED = 4000;
const METADATA_MAX = 16_000;

export interface Content {
  readonly text: string;
  readonly blocks: readonly Block[];
  readonly metadata: Message['metadata'];
}

interface Occasion {
  readonly method: string;
  readonly channel: string;
  /** Whether the method unfurls links unless told not to. */
  readonly unfurls: boolean;
}

/** What a message says, checked: documented limits refuse the call, all faults are written down, mentions counted. */
export function contentOf(world: World, occasion: Occasion, args: Json): Content {
  const { method } = occasion;
  const rule = (message: string): void => void world.violations.push({ method, kind: 'rule', message });
  const blocks = args['blocks'] ?? [];
  const faults = Array.isArray(blocks) ? faultsOfBlocks(blocks) : ['no list [json-pointer:/blocks]'];
  refuseFor(world, method, 'invalid_blocks', faults);

  const size = JSON.stringify(blocks).length;
  if (size > REFUSED_JSON) refuseFor(world, method, 'msg_blocks_too_long', [`${size} characters of JSON in blocks`]);
  if (size >= RULED_JSON) rule(`blocks: ${size} characters of JSON`);

  const said = text(args, 'text');
  if (said.length > TEXT_REFUSED) refuseFor(world, method, 'msg_too_long', [`text: ${said.length} characters`]);
  if (said.length > TEXT_RULED) rule(`text: ${said.length} characters`);
  if (said.trim() === '') {
    if (objects(blocks).length === 0) refuseFor(world, method, 'no_text', ['neither text nor blocks']);
    rule('text is empty');
  }
  for (const name of occasion.unfurls ? ['unfurl_links', 'unfurl_media'] : [])
    if (String(args[name]) !== 'false') rule(`${name} is not false`);
  if (flag(args, 'link_names')) rule('link_names is set');
  if (text(args, 'parse') === 'full') rule('parse is full');
  ruleVerbatim(world, method, blocks);
  countMentions(world, occasion, said, blocks);

  return { text: said, blocks: withIds(world, objects(blocks)), metadata: metadataOf(world, method, args['metadata']) };
}

/** Every mrkdwn object says `verbatim`, or Slack looks for names and addresses in it by itself. */
export function ruleVerbatim(world: World, method: string, value: unknown): void {
  for (const { type, verbatim, text: said } of textObjects(value))
    if (type === 'mrkdwn' && verbatim !== true)
      world.violations.push({ method, kind: 'rule', message: `mrkdwn without verbatim: ${string(said).slice(0, 60)}` });
}

/** Writes the faults down and refuses the call; does nothing when there are none. */
export function refuseFor(world: World, method: string, word: string, faults: readonly string[]): void {
  if (faults.length === 0) return;
  for (const message of faults) world.violations.push({ method, kind: 'limit', message });
  throw new Refusal(word, {
    errors: faults,
    response_metadata: { messages: faults.map((message) => `[ERROR] ${message}`) },
  });
}

function countMentions(world: World, { method, channel }: Occasion, said: string, blocks: unknown): void {
  const inBlocks = textObjects(blocks).flatMap(({ type, text: one, verbatim }) =>
    type === 'mrkdwn' ? mentionsIn(string(one), verbatim === true) : [],
  );
  const rich = richMentions(blocks);
  for (const mention of [...mentionsIn(said, true), ...inBlocks, ...rich])
    world.pings.push({ method, channel, mention });
}

/** In rich text a mention is an element of its own. */
function richMentions(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(richMentions);
  if (!isObject(value)) return [];
  const { type } = value;
  const own = type === 'user' || type === 'usergroup' || type === 'broadcast' ? [JSON.stringify(value)] : [];
  return [...own, ...Object.values(value).flatMap(richMentions)];
}

function metadataOf(world: World, method: string, value: unknown): Message['metadata'] {
  if (value === undefined || value === '') return null;
  const { event_type: type, event_payload: payload } = object(value);
  if (typeof type !== 'string' || type === '' || !isObject(payload))
    refuseFor(world, method, 'invalid_metadata_format', ['metadata needs event_type and event_payload']);
  if (JSON.stringify(value).length > METADATA_MAX)
    refuseFor(world, method, 'metadata_too_large', ['metadata too large']);
  return { event_type: string(type), event_payload: { ...object(payload) } };
}
