import { z } from 'zod';

/**
 * Block Kit as Slack documents it (docs.slack.dev/reference/block-kit): every limit in characters or in number.
 * Strict: a field that is not listed is refused, as Slack does.
 */
const plain = (max: number) =>
  z.strictObject({ type: z.literal('plain_text'), text: z.string().min(1).max(max), emoji: z.boolean().optional() });
const mrkdwn = (max: number) =>
  z.strictObject({ type: z.literal('mrkdwn'), text: z.string().min(1).max(max), verbatim: z.boolean().optional() });
const either = (max: number) => z.discriminatedUnion('type', [plain(max), mrkdwn(max)]);

const id = z.string().min(1).max(255).optional();
const style = z.enum(['primary', 'danger']).optional();
const confirm = z
  .strictObject({
    title: plain(100).optional(),
    text: either(300),
    confirm: plain(30).optional(),
    deny: plain(30).optional(),
    style,
  })
  .optional();
const placeholder = plain(150).optional();
const focus = z.boolean().optional();

const option = z.strictObject({
  text: plain(75),
  value: z.string().min(1).max(75),
  description: plain(75).optional(),
});
const markedOption = option.extend({ text: either(75), description: either(75).optional() });
const menuItem = option.extend({ url: z.string().max(3000).optional() });
const groups = z.array(z.strictObject({ label: plain(75), options: z.array(option).min(1).max(100) })).max(100);
const choice = {
  action_id: id,
  options: z.array(option).min(1).max(100).optional(),
  option_groups: groups.min(1).optional(),
  placeholder,
  confirm,
  focus_on_load: focus,
};
const picked = { action_id: id, placeholder, confirm, focus_on_load: focus };
const filter = z
  .strictObject({
    include: z
      .array(z.enum(['im', 'mpim', 'private', 'public']))
      .min(1)
      .optional(),
    exclude_external_shared_channels: z.boolean().optional(),
    exclude_bot_users: z.boolean().optional(),
  })
  .optional();
const dispatch = z
  .strictObject({ trigger_actions_on: z.array(z.enum(['on_enter_pressed', 'on_character_entered'])).min(1) })
  .optional();
const typed = { action_id: id, placeholder, focus_on_load: focus, dispatch_action_config: dispatch };
const most = z.number().int().min(1).optional();

const button = z.strictObject({
  type: z.literal('button'),
  text: plain(75),
  action_id: id,
  url: z.string().min(1).max(3000).optional(),
  value: z.string().max(2000).optional(),
  style,
  confirm,
  accessibility_label: z.string().max(75).optional(),
});
const selects = [
  z
    .strictObject({ type: z.literal('static_select'), ...choice, initial_option: option.optional() })
    .refine(hasOptions, 'needs options or option_groups'),
  z
    .strictObject({
      type: z.literal('multi_static_select'),
      ...choice,
      initial_options: z.array(option).optional(),
      max_selected_items: most,
    })
    .refine(hasOptions, 'needs options or option_groups'),
  z.strictObject({
    type: z.literal('external_select'),
    ...picked,
    initial_option: option.optional(),
    min_query_length: z.number().int().min(0).optional(),
  }),
  z.strictObject({ type: z.literal('users_select'), ...picked, initial_user: z.string().optional() }),
  z.strictObject({
    type: z.literal('channels_select'),
    ...picked,
    initial_channel: z.string().optional(),
    response_url_enabled: z.boolean().optional(),
  }),
  z.strictObject({
    type: z.literal('conversations_select'),
    ...picked,
    initial_conversation: z.string().optional(),
    default_to_current_conversation: z.boolean().optional(),
    response_url_enabled: z.boolean().optional(),
    filter,
  }),
] as const;
const pickers = [
  z.strictObject({
    type: z.literal('checkboxes'),
    action_id: id,
    options: z.array(markedOption).min(1).max(10),
    initial_options: z.array(markedOption).min(1).optional(),
    confirm,
    focus_on_load: focus,
  }),
  z.strictObject({
    type: z.literal('radio_buttons'),
    action_id: id,
    options: z.array(markedOption).min(1).max(10),
    initial_option: markedOption.optional(),
    confirm,
    focus_on_load: focus,
  }),
  z.strictObject({ type: z.literal('datepicker'), ...picked, initial_date: z.iso.date().optional() }),
  z.strictObject({
    type: z.literal('timepicker'),
    ...picked,
    initial_time: z
      .string()
      .regex(/^\d\d:\d\d$/u)
      .optional(),
    timezone: z.string().optional(),
  }),
] as const;
const overflow = z.strictObject({
  type: z.literal('overflow'),
  action_id: id,
  options: z.array(menuItem).min(1).max(5),
  confirm,
});
const image = z.strictObject({
  type: z.literal('image'),
  image_url: z.url().max(3000),
  alt_text: z.string().min(1).max(2000),
});
const inputs = [
  z.strictObject({
    type: z.literal('plain_text_input'),
    ...typed,
    initial_value: z.string().max(3000).optional(),
    multiline: z.boolean().optional(),
    min_length: z.number().int().min(0).max(3000).optional(),
    max_length: z.number().int().min(1).max(3000).optional(),
  }),
  z.strictObject({ type: z.literal('email_text_input'), ...typed, initial_value: z.string().optional() }),
  z.strictObject({ type: z.literal('url_text_input'), ...typed, initial_value: z.string().optional() }),
  z.strictObject({
    type: z.literal('number_input'),
    ...typed,
    is_decimal_allowed: z.boolean(),
    initial_value: z.string().optional(),
    min_value: z.string().optional(),
    max_value: z.string().optional(),
  }),
  z.strictObject({
    type: z.literal('file_input'),
    action_id: id,
    filetypes: z.array(z.string()).min(1).optional(),
    max_files: z.number().int().min(1).max(10).optional(),
  }),
] as const;

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
    elements: z.array(z.looseObject({ type: z.string().startsWith('rich_text_'), elements: z.array(z.unknown()) })),
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

/** What is wrong with the blocks of a message, each with a JSON pointer; none when nothing is. */
export function faultsOfBlocks(blocks: unknown): string[] {
  return [...faultsBy(z.array(block).max(50), blocks, '/blocks'), ...repeatedIds(blocks)];
}

/** What is wrong with a view. */
export function faultsOfView(given: unknown): string[] {
  const blocks = typeof given === 'object' && given !== null && 'blocks' in given ? given.blocks : [];
  return [...faultsBy(view, given, '/view'), ...repeatedIds(blocks)];
}

/** What is wrong with the options an external select is answered with. */
export function faultsOfOptions(given: unknown): string[] {
  return faultsBy(z.array(option).max(100), given, '/options');
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

function hasOptions(select: { options?: unknown; option_groups?: unknown }): boolean {
  return (select.options === undefined) !== (select.option_groups === undefined);
}
