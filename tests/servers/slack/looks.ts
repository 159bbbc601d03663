import type { Block, ButtonSeen, Message, OptionSeen, Sight, View } from './door.ts';
import { object, objects, string, type Json } from './json.ts';
import { decoded, encoded } from './mrkdwn.ts';

/** Something to see, from what there is of it; the rest is empty. */
export function sight(parts: Partial<Sight> & Pick<Sight, 'kind' | 'at'>): Sight {
  const blocks = parts.view?.blocks ?? parts.message?.blocks ?? [];
  const heading = parts.view?.title ?? (blocks.length === 0 ? (parts.message?.text ?? '') : '');
  const text = parts.text ?? [heading, ...blocks.flatMap(textsOf)].filter((line) => line !== '').join('\n');
  return { buttons: buttonsOf(blocks), message: null, view: null, errors: {}, ...parts, text };
}

/** Every text object of a block, in the order in which it is read. */
export function textObjects(value: unknown): readonly Json[] {
  if (Array.isArray(value)) return value.flatMap(textObjects);
  const { type, text } = object(value);
  if ((type === 'mrkdwn' || type === 'plain_text') && typeof text === 'string') return [object(value)];
  return Object.values(object(value)).flatMap(textObjects);
}

/** Interactive elements with the block they stand in. */
export function elementsOf(blocks: readonly Block[]): readonly { readonly block: Block; readonly element: Json }[] {
  return blocks.flatMap((block) => {
    const one = [block['accessory'], block['element']].filter((part) => part !== undefined);
    const many = block.type === 'actions' ? objects(block['elements']) : [];
    return [...objects(one), ...many].map((element) => ({ block, element }));
  });
}

export function buttonsOf(blocks: readonly Block[]): ButtonSeen[] {
  return elementsOf(blocks)
    .filter(({ element }) => element['type'] === 'button')
    .map(({ block, element }) => ({
      label: string(object(element['text'])['text']),
      actionId: string(element['action_id']),
      blockId: block.block_id,
      value: string(element['value']),
      url: string(element['url']),
    }));
}

/** The options of a select, overflow, radio or checkbox element, those of groups too. */
export function choicesOf(element: Json): readonly Json[] {
  return [
    ...objects(element['options']),
    ...objects(element['option_groups']).flatMap((group) => objects(group['options'])),
  ];
}

export function optionSeen(option: Json): OptionSeen {
  return { label: string(object(option['text'])['text']), value: string(option['value']) };
}

/** Blocks as they come back to the app: plain text is escaped on its way. */
export function returned<T>(value: T): T {
  if (Array.isArray(value)) return value.map((part: unknown) => returned(part)) as T;
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, part]: [string, unknown]) => [key, returned(part)] as const);
  const { type, text } = value as Json;
  const copy = Object.fromEntries(entries);
  if (type === 'plain_text' && typeof text === 'string') copy['text'] = encoded(decoded(text));
  return copy as T;
}

export function snapshotMessage(message: Message): Message {
  return { ...message };
}

export function snapshotView(view: View): View {
  const { id, type, hash, title, submit, callbackId, privateMetadata, blocks, open } = view;
  return { id, type, hash, title, submit, callbackId, privateMetadata, blocks, open };
}

function textsOf(block: Block): string[] {
  if (block.type === 'rich_text') return objects(block['elements']).map(richText);
  return textObjects(block).map(({ text }) => string(text));
}

/** The text of a part of rich text; a channel stands as its mention, a time as its fallback. */
function richText({ elements }: Json): string {
  return objects(elements)
    .map(({ type, text, url, channel_id: channel, fallback }) => {
      if (type === 'channel') return `<#${string(channel)}>`;
      return string(text) || string(fallback) || string(url);
    })
    .join('');
}
