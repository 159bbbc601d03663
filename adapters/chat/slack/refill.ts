import type { Card } from '../../../src/commands/card.ts';
import { truncateGraphemes } from '../../../src/delivery/sanitize.ts';
import { answerBlocks } from './answer.ts';
import type { View } from './form.ts';

const ERROR_MAX = 500;
const NOTICE_BLOCKS = 3;

/** A view as Slack sends it back. */
interface Submitted {
  readonly callback_id: string;
  readonly private_metadata: string;
  readonly title: unknown;
  readonly submit?: unknown;
  readonly close?: unknown;
  readonly blocks: readonly unknown[];
}

/**
 * A form that was not taken: what is wrong on each field (on the first where the card names none that is there), and the
 * form anew with all that was typed, for when Slack no longer waits. Null for a view without fields.
 */
export function refill(
  view: Submitted,
  fields: Readonly<Record<string, string>>,
  card: Card,
): { readonly errors: Readonly<Record<string, string>>; readonly again: View } | null {
  const inputs = (view.blocks as readonly Readonly<Record<string, unknown>>[]).filter(({ type }) => type === 'input');
  const names = inputs.map(({ block_id }) => String(block_id));
  const [first] = names;
  if (first === undefined) return null;
  const named = Object.entries(card.fieldErrors ?? {}).filter(([name]) => names.includes(name));
  const errors = named.length > 0 ? named : [[first, messageOf(card)] as const];
  const { form: _, actions: __, ...said } = card;
  return {
    errors: Object.fromEntries(errors.map(([name, text]) => [name, truncateGraphemes(text, ERROR_MAX)])),
    again: {
      type: 'modal',
      callback_id: view.callback_id,
      private_metadata: view.private_metadata,
      title: view.title,
      ...(view.submit ? { submit: view.submit } : {}),
      ...(view.close ? { close: view.close } : {}),
      blocks: [
        ...answerBlocks({ ...said, actions: [] }, '', NOTICE_BLOCKS),
        ...inputs.map((input) => withValue(input, fields[String(input['block_id'])] ?? '')),
      ],
    },
  };
}

function messageOf({ title, lines }: Card): string {
  const words = lines.flat().flatMap((inline) => {
    if (typeof inline === 'string') return inline;
    return 'code' in inline ? inline.code : 'bold' in inline ? inline.bold : '';
  });
  return [title, words.join('')].filter((text) => text !== '').join(': ') || '…';
}

function withValue(input: Readonly<Record<string, unknown>>, value: string): Readonly<Record<string, unknown>> {
  const element = input['element'] as Readonly<Record<string, unknown>>;
  return { ...input, element: { ...element, ...initialOf(element, value) } };
}

function initialOf(element: Readonly<Record<string, unknown>>, value: string): Readonly<Record<string, unknown>> {
  switch (element['type']) {
    case 'plain_text_input':
      return { initial_value: value };
    case 'static_select': {
      const options = (element['options'] ?? []) as readonly { readonly value: string }[];
      const chosen = options.find((option) => option.value === value);
      return chosen === undefined ? {} : { initial_option: chosen };
    }
    case 'conversations_select': {
      const channel = /^<#(\w+)>$/u.exec(value)?.[1];
      return channel === undefined ? {} : { initial_conversation: channel };
    }
    default:
      return {};
  }
}
