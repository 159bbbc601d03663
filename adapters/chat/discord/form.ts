import type { Field, Form } from '../../../src/commands/card.ts';
import { oneLine, truncateGraphemes, visibleText } from '../../../src/delivery/sanitize.ts';
import { spoken, type Kept } from './spoken.ts';

/** https://discord.com/developers/docs/components/reference#text-input */
const TITLE_MAX = 45;
const LABEL_MAX = 45;
const DESCRIPTION_MAX = 100;
const VALUE_MAX = 4000;
const FIELDS_MAX = 5;
/** A query may be long: it gets room for several lines. */
const LONG = new Set(['query']);

interface TextInput {
  readonly type: 4;
  readonly custom_id: string;
  readonly style: 1 | 2;
  readonly required: boolean;
  readonly max_length: number;
  readonly value?: string;
}

interface Label {
  readonly type: 18;
  readonly label: string;
  readonly description?: string;
  readonly component: TextInput;
}

export interface DiscordModal {
  readonly title: string;
  readonly custom_id: string;
  readonly components: readonly Label[];
}

/** A form as a modal. Discord shows five fields: what stands after the fifth is left to the command's options. */
export function renderForm({ title, command, fields }: Form): {
  readonly modal: DiscordModal;
  readonly kept: Kept | null;
} {
  const { customId, kept } = spoken('fill', command);
  const modal: DiscordModal = {
    title: truncateGraphemes(oneLine(title), TITLE_MAX) || 'Newshound',
    custom_id: customId,
    components: fields.slice(0, FIELDS_MAX).map(labelled),
  };
  return { modal, kept };
}

function labelled(field: Field): Label {
  const choices = field.choices?.map(({ value }) => value).join(', ') ?? '';
  const description = [field.hint, choices].filter((part) => part !== '').join('; ');
  return {
    type: 18,
    label: truncateGraphemes(oneLine(field.label), LABEL_MAX) || field.name,
    ...(description === '' ? {} : { description: truncateGraphemes(oneLine(description), DESCRIPTION_MAX) }),
    component: inputFor(field),
  };
}

function inputFor({ name, value, optional }: Field): TextInput {
  const text = truncateGraphemes(visibleText(value), VALUE_MAX);
  return {
    type: 4,
    custom_id: name,
    style: LONG.has(name) ? 2 : 1,
    required: !optional,
    max_length: VALUE_MAX,
    ...(text === '' ? {} : { value: text }),
  };
}
