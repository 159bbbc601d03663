import type { Card, Field, Form } from '../../../src/commands/card.ts';
import { oneLine, truncateGraphemes } from '../../../src/delivery/sanitize.ts';
import type { Destination } from '../../../src/subscription/destination.ts';
import { answerBlocks, PIECE_CHARS, type AnswerBlock } from './answer.ts';
import { readAddress } from './address.ts';
import type { Words } from '../../../src/commands/words/words.ts';

/** What a form must know when it comes back: it is not kept here, so that forms outlive a restart. */
export interface FormState {
  /** Where its command is said. */
  readonly place: Destination;
  /** Where its alerts go, when that was chosen in a form before. */
  readonly to: Destination;
  /** As typed after `/news`, without the fields. */
  readonly command: string;
  /** The home tab is to be shown anew after it. */
  readonly home: boolean;
}

export type View = Readonly<Record<string, unknown>> & { readonly type: 'modal' | 'home' };

const TITLE_MAX = 24;
const LABEL_MAX = 2000;
const PLACEHOLDER_MAX = 150;
const INPUT_MAX = 3000;
const OPTION_TEXT_MAX = 75;
const OPTION_VALUE_MAX = 150;
const METADATA_MAX = 3000;
const BLOCKS_MAX = 98;
const CHOICES_MAX = 100;
const PASTE_FIELDS = 5;

export const formCallback = 'form';
export const pasteCallback = 'paste';
const answerCallback = 'answer';

/** A form as a modal; an alert's form also asks for the place to post to. */
export function formView(form: Form, state: FormState, words: Words): View {
  const to = form.command === 'add' ? [placeField(words, state.to)] : [];
  return modal(
    form.title,
    formCallback,
    { ...state, command: form.command },
    [...form.fields.map((field) => (field.choices === undefined ? textField(field) : choiceField(field))), ...to],
    { submit: words.continueLabel, close: words.cancel },
  );
}

/** A modal to paste the text of a file into, for an app that may read no files. */
export function pasteView(title: string, state: FormState, words: Words): View {
  const fields = Array.from({ length: PASTE_FIELDS }, (_, i) => ({
    type: 'input',
    block_id: `part${i}`,
    optional: i > 0,
    label: plain(i === 0 ? words.pasteLabel : words.pasteMore, LABEL_MAX),
    element: { type: 'plain_text_input', action_id: 'value', multiline: true, max_length: INPUT_MAX },
  }));
  return modal(title, pasteCallback, state, fields, { submit: words.continueLabel, close: words.cancel });
}

/** An answer as a modal. */
export function answerView(card: Card, title: string, state: FormState, words: Words): View {
  const blocks = answerBlocks(card, words.change, BLOCKS_MAX);
  return modal(
    title,
    answerCallback,
    state,
    blocks.length === 0 ? answerBlocks(noticeCard(words.cancelled), '', 1) : blocks,
    {
      close: words.closeLabel,
    },
  );
}

/** What stands there while the answer is being made. */
export function waitingView(title: string, state: FormState, words: Words): View {
  return modal(title, answerCallback, state, answerBlocks(noticeCard(words.working), '', 1), {
    close: words.closeLabel,
  });
}

/** The form's state as it came back, or null when it is none of ours. */
export function readState(metadata: unknown): FormState | null {
  const read = parsed(metadata);
  if (typeof read !== 'object' || read === null) return null;
  const { place, to, command, home } = read as Partial<FormState>;
  if (typeof place !== 'string' || typeof to !== 'string' || typeof command !== 'string') return null;
  if (readAddress(place) === null || readAddress(to) === null) return null;
  return { place, to, command, home: home === true };
}

/** The values of a submitted view by block; what was left empty is ''. A place is written as the counter reads it. */
export function readFields(values: unknown): Record<string, string> {
  const fields: Record<string, string> = {};
  for (const [block, elements] of Object.entries((values ?? {}) as Record<string, Record<string, unknown>>)) {
    const [element] = Object.values(elements) as {
      readonly value?: string | null;
      readonly selected_option?: { readonly value?: string } | null;
      readonly selected_conversation?: string | null;
    }[];
    const channel = element?.selected_conversation;
    fields[block] =
      typeof channel === 'string'
        ? channel.startsWith('D')
          ? 'me'
          : `<#${channel}>`
        : (element?.value ?? element?.selected_option?.value ?? '');
  }
  return fields;
}

/** The parts of a pasted text, one after the other. */
export function pastedText(fields: Readonly<Record<string, string>>): string {
  return Array.from({ length: PASTE_FIELDS }, (_, i) => (fields[`part${i}`] ?? '').trim())
    .filter((part) => part !== '')
    .join('\n');
}

/** The most that can be pasted back (characters). */
export const PASTE_MAX = PASTE_FIELDS * PIECE_CHARS;

function modal(
  title: string,
  callback: string,
  state: FormState,
  blocks: readonly (AnswerBlock | Readonly<Record<string, unknown>>)[],
  { submit, close }: { readonly submit?: string; readonly close: string },
): View {
  const metadata = JSON.stringify(state);
  return {
    type: 'modal',
    callback_id: callback,
    title: plain(title, TITLE_MAX),
    ...(submit === undefined ? {} : { submit: plain(submit, TITLE_MAX) }),
    close: plain(close, TITLE_MAX),
    // A command too long to be kept could not be said again: the form then stands for itself.
    private_metadata: metadata.length <= METADATA_MAX ? metadata : JSON.stringify({ ...state, command: '' }),
    blocks,
  };
}

function textField({ name, label, value, hint, optional }: Field): Readonly<Record<string, unknown>> {
  return {
    type: 'input',
    block_id: name,
    optional,
    label: plain(label, LABEL_MAX),
    element: {
      type: 'plain_text_input',
      action_id: 'value',
      max_length: INPUT_MAX,
      ...(value === '' ? {} : { initial_value: value.slice(0, INPUT_MAX) }),
      ...(hint === '' ? {} : { placeholder: plain(hint, PLACEHOLDER_MAX) }),
    },
  };
}

function choiceField({ name, label, value, hint, optional, choices = [] }: Field): Readonly<Record<string, unknown>> {
  const options = choices
    .filter((choice) => choice.value.length <= OPTION_VALUE_MAX)
    .slice(0, CHOICES_MAX)
    .map((choice) => ({ text: plain(choice.label, OPTION_TEXT_MAX), value: choice.value }));
  const chosen = options.find((option) => option.value === value);
  return {
    type: 'input',
    block_id: name,
    optional,
    label: plain(label, LABEL_MAX),
    element: {
      type: 'static_select',
      action_id: 'value',
      options,
      ...(chosen === undefined ? {} : { initial_option: chosen }),
      ...(hint === '' ? {} : { placeholder: plain(hint, PLACEHOLDER_MAX) }),
    },
  };
}

/** The place to post to: the channel the form belongs to, or in direct messages the one the member is looking at. */
function placeField(words: Words, place: Destination): Readonly<Record<string, unknown>> {
  const channel = readAddress(place)?.channel ?? '';
  return {
    type: 'input',
    block_id: 'to',
    optional: true,
    label: plain(words.placeLabel, LABEL_MAX),
    hint: plain(words.placeHint, LABEL_MAX),
    element: {
      type: 'conversations_select',
      action_id: 'value',
      filter: {
        include: ['public', 'private', 'mpim'],
        exclude_external_shared_channels: false,
        exclude_bot_users: true,
      },
      ...(channel === '' ? {} : { initial_conversation: channel }),
    },
  };
}

function noticeCard(text: string): Card {
  return { tone: 'plain', title: '', lines: [[text]], rows: [], stories: [], actions: [] };
}

function plain(text: string, max: number): Readonly<Record<string, unknown>> {
  return { type: 'plain_text', text: truncateGraphemes(oneLine(text), max) || '…', emoji: false };
}

function parsed(text: unknown): unknown {
  try {
    return typeof text === 'string' ? JSON.parse(text) : null;
  } catch {
    return null;
  }
}
