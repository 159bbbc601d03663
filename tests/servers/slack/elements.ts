import { z } from 'zod';

/**
 * What blocks are made of, as Slack documents it (docs.slack.dev/reference/block-kit): every limit in characters or in
 * number. Strict: a field that is not listed is refused, as Slack does.
 */
export const plain = (max: number) =>
  z.strictObject({ type: z.literal('plain_text'), text: z.string().min(1).max(max), emoji: z.boolean().optional() });
export const mrkdwn = (max: number) =>
  z.strictObject({ type: z.literal('mrkdwn'), text: z.string().min(1).max(max), verbatim: z.boolean().optional() });
export const either = (max: number) => z.discriminatedUnion('type', [plain(max), mrkdwn(max)]);

export const id = z.string().min(1).max(255).optional();
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

export const option = z.strictObject({
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

export const button = z.strictObject({
  type: z.literal('button'),
  text: plain(75),
  action_id: id,
  url: z.string().min(1).max(3000).optional(),
  value: z.string().max(2000).optional(),
  style,
  confirm,
  accessibility_label: z.string().max(75).optional(),
});
export const selects = [
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
export const pickers = [
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
export const overflow = z.strictObject({
  type: z.literal('overflow'),
  action_id: id,
  options: z.array(menuItem).min(1).max(5),
  confirm,
});
export const image = z.strictObject({
  type: z.literal('image'),
  image_url: z.url().max(3000),
  alt_text: z.string().min(1).max(2000),
});
export const inputs = [
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

const textStyle = z
  .strictObject({
    bold: z.boolean().optional(),
    italic: z.boolean().optional(),
    strike: z.boolean().optional(),
    code: z.boolean().optional(),
  })
  .optional();
const richText = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('text'), text: z.string().min(1), style: textStyle }),
  z.strictObject({
    type: z.literal('link'),
    url: z.url().max(3000),
    text: z.string().min(1).optional(),
    unsafe: z.boolean().optional(),
    style: textStyle,
  }),
  z.strictObject({ type: z.literal('user'), user_id: z.string().min(1), style: textStyle }),
  z.strictObject({ type: z.literal('usergroup'), usergroup_id: z.string().min(1), style: textStyle }),
  z.strictObject({ type: z.literal('channel'), channel_id: z.string().min(1), style: textStyle }),
  z.strictObject({ type: z.literal('broadcast'), range: z.enum(['here', 'channel', 'everyone']), style: textStyle }),
  z.strictObject({
    type: z.literal('emoji'),
    name: z.string().min(1),
    unicode: z.string().optional(),
    style: textStyle,
  }),
  z.strictObject({
    type: z.literal('date'),
    timestamp: z.number().int().positive(),
    format: z.string().min(1),
    url: z.url().optional(),
    fallback: z.string().min(1).optional(),
    style: textStyle,
  }),
]);
const richSection = z.strictObject({ type: z.literal('rich_text_section'), elements: z.array(richText) });
const border = z.literal([0, 1]).optional();
export const richParts = [
  richSection,
  z.strictObject({ type: z.literal('rich_text_quote'), elements: z.array(richText), border }),
  z.strictObject({ type: z.literal('rich_text_preformatted'), elements: z.array(richText), border }),
] as const;
export const richList = z.strictObject({
  type: z.literal('rich_text_list'),
  style: z.enum(['bullet', 'ordered']),
  elements: z.array(richSection).min(1),
  indent: z.number().int().min(0).max(8).optional(),
  offset: z.number().int().min(0).optional(),
  border,
});

function hasOptions(select: { options?: unknown; option_groups?: unknown }): boolean {
  return (select.options === undefined) !== (select.option_groups === undefined);
}
