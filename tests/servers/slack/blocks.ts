import { z } from 'zod';
import {
  button,
  either,
  id,
  image,
  inputs,
  mrkdwn,
  option,
  overflow,
  pickers,
  plain,
  richList,
  richParts,
  selects,
} from './elements.ts';

/** Blocks and views as Slack documents them (docs.slack.dev/reference/block-kit/blocks, docs.slack.dev/reference/views). */
const block = z.discriminatedUnion('type', [
  z
    .strictObject({
      type: z.literal('section'),
      block_id: id,
      text: either(3000).optional(),
      fields: z.array(either(2000)).min(1).max(10).optional(),
      accessory: z.discriminatedUnion('type', [button, overflow, image, ...selects, ...pickers]).optional(),
      expand: z.boolean().optional(),
    })
    .refine(({ text, fields }) => text !== undefined || fields !== undefined, 'needs text or fields'),
  z.strictObject({ type: z.literal('header'), block_id: id, text: plain(150) }),
  z.strictObject({ type: z.literal('divider'), block_id: id }),
  z.strictObject({
    type: z.literal('context'),
    block_id: id,
    elements: z
      .array(z.discriminatedUnion('type', [plain(3000), mrkdwn(3000), image]))
      .min(1)
      .max(10),
  }),
  z.strictObject({
    type: z.literal('actions'),
    block_id: id,
    elements: z
      .array(z.discriminatedUnion('type', [button, overflow, ...selects, ...pickers]))
      .min(1)
      .max(25),
  }),
  z.strictObject({
    type: z.literal('input'),
    block_id: id,
    label: plain(2000),
    element: z.discriminatedUnion('type', [...inputs, ...selects, ...pickers]),
    hint: plain(2000).optional(),
    optional: z.boolean().optional(),
    dispatch_action: z.boolean().optional(),
  }),
  z.strictObject({
    type: z.literal('image'),
    block_id: id,
    image_url: z.url().max(3000),
    alt_text: z.string().min(1).max(2000),
    title: plain(2000).optional(),
  }),
  z.strictObject({
    type: z.literal('rich_text'),
    block_id: id,
    elements: z.array(z.discriminatedUnion('type', [...richParts, richList])).min(1),
  }),
]);

const shared = {
  blocks: z.array(block).max(100),
  private_metadata: z.string().max(3000).optional(),
  callback_id: z.string().max(255).optional(),
  external_id: z.string().max(255).optional(),
};
const view = z.discriminatedUnion('type', [
  z
    .strictObject({
      type: z.literal('modal'),
      ...shared,
      title: plain(24),
      submit: plain(24).optional(),
      close: plain(24).optional(),
      clear_on_close: z.boolean().optional(),
      notify_on_close: z.boolean().optional(),
    })
    .refine(({ blocks, submit }) => submit !== undefined || !blocks.some(({ type }) => type === 'input'), {
      message: 'submit is required with input blocks',
      path: ['submit'],
    }),
  z.strictObject({ type: z.literal('home'), ...shared }),
]);

const message = z.array(block).max(50);
const offered = z.array(option).max(100);

/** What is wrong with the blocks of a message, each with a JSON pointer; none when nothing is. */
export function faultsOfBlocks(blocks: unknown): string[] {
  return [...faultsBy(message, blocks, '/blocks'), ...repeatedIds(blocks)];
}

/** What is wrong with a view. */
export function faultsOfView(given: unknown): string[] {
  const blocks = typeof given === 'object' && given !== null && 'blocks' in given ? given.blocks : [];
  return [...faultsBy(view, given, '/view'), ...repeatedIds(blocks)];
}

/** What is wrong with the options an external select is answered with. */
export function faultsOfOptions(given: unknown): string[] {
  return faultsBy(offered, given, '/options');
}

function faultsBy(schema: z.ZodType, value: unknown, root: string): string[] {
  const { error } = schema.safeParse(value);
  return (error?.issues ?? []).map(({ message, path }) => `${message} [json-pointer:${[root, ...path].join('/')}]`);
}

/** A block_id stands once in a message, an action_id once in a block. */
function repeatedIds(blocks: unknown): string[] {
  if (!Array.isArray(blocks)) return [];
  const faults: string[] = [];
  const seen = new Set<unknown>();
  blocks.forEach((one: unknown, at) => {
    if (typeof one !== 'object' || one === null) return;
    const { block_id: blockId, elements } = one as { block_id?: unknown; elements?: unknown };
    if (blockId !== undefined && seen.has(blockId)) faults.push(`block_id repeated [json-pointer:/blocks/${at}]`);
    seen.add(blockId);
    const actions = (Array.isArray(elements) ? elements : [])
      .map((element: unknown) => (element as { action_id?: unknown } | null)?.action_id)
      .filter((action) => action !== undefined);
    if (new Set(actions).size < actions.length) faults.push(`action_id repeated [json-pointer:/blocks/${at}/elements]`);
  });
  return faults;
}
