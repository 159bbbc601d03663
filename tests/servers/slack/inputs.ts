import type { Block } from './door.ts';
import { object, objects, string, type Json } from './json.ts';
import { choicesOf, elementsOf } from './looks.ts';

/** Where inputs stand, with what was filled in. */
interface Filled {
  readonly blocks: readonly Block[];
  readonly filled: ReadonlyMap<string, unknown>;
}

/** Where the value of each kind of element stands in an interaction. */
const places: Readonly<Record<string, string>> = {
  static_select: 'selected_option',
  external_select: 'selected_option',
  radio_buttons: 'selected_option',
  overflow: 'selected_option',
  checkboxes: 'selected_options',
  multi_static_select: 'selected_options',
  users_select: 'selected_user',
  channels_select: 'selected_channel',
  conversations_select: 'selected_conversation',
  datepicker: 'selected_date',
  timepicker: 'selected_time',
  plain_text_input: 'value',
  email_text_input: 'value',
  url_text_input: 'value',
  number_input: 'value',
};

/** Where an element says what it starts with. */
const beginnings = [
  'initial_value',
  'initial_option',
  'initial_options',
  'initial_user',
  'initial_channel',
  'initial_conversation',
  'initial_date',
  'initial_time',
];

export function placeOf(element: Json): string {
  return places[string(element['type'])] ?? 'value';
}

/** The name under which a filled-in value is kept. */
export function inputKey(block: Block, element: Json): string {
  return `${block.block_id}\n${string(element['action_id'])}`;
}

/** What an element holds now: what was filled in, else what it starts with, else null. */
export function heldBy({ filled }: Filled, block: Block, element: Json): unknown {
  const key = inputKey(block, element);
  if (filled.has(key)) return filled.get(key);
  const beginning = beginnings.find((name) => element[name] !== undefined);
  return beginning === undefined ? null : element[beginning];
}

/** All values of a view as an interaction carries them: by block_id, then action_id. */
export function inputsOf(view: Filled): Json {
  const values: Record<string, Record<string, unknown>> = {};
  for (const { block, element } of elementsOf(view.blocks)) {
    if (!(string(element['type']) in places) || element['type'] === 'overflow') continue;
    const value = heldBy(view, block, element);
    const empty = element['type'] === 'checkboxes' || element['type'] === 'multi_static_select' ? [] : null;
    const of = (values[block.block_id] ??= {});
    of[string(element['action_id'])] = {
      type: element['type'],
      [placeOf(element)]: value === '' ? null : (value ?? empty),
    };
  }
  return values;
}

/** The value that a member's words stand for in an element: the option of that label or value, several parted by commas, or the text. */
export function valueFor(element: Json, said: string): unknown {
  const place = placeOf(element);
  if (place === 'selected_option') {
    if (element['type'] === 'external_select') return { text: { type: 'plain_text', text: said }, value: said };
    return optionFor(element, said);
  }
  if (place !== 'selected_options') return said;
  return said === '' ? [] : said.split(',').map((one) => optionFor(element, one.trim()));
}

/** Why the client would not send a form: what is missing, too short or too long; '' when it would. */
export function clientRefusal(view: Filled): string {
  for (const { block, element } of elementsOf(view.blocks)) {
    if (block.type !== 'input') continue;
    const value = heldBy(view, block, element);
    const label = string(object(block['label'])['text']);
    const empty = value === null || value === '' || (Array.isArray(value) && value.length === 0);
    if (empty && block['optional'] !== true) return `“${label}” is required`;
    if (empty || typeof value !== 'string') continue;
    if (value.length < Number(element['min_length'] ?? 0)) return `“${label}” is too short`;
    if (value.length > Number(element['max_length'] ?? 3000)) return `“${label}” is too long`;
  }
  return '';
}

function optionFor(element: Json, said: string): Json {
  const options = choicesOf(element);
  const found = options.find(({ text, value }) => object(text)['text'] === said || value === said);
  if (found) return found;
  const offered = objects(options).map(({ text }) => string(object(text)['text']));
  throw new Error(`No option “${said}”; there are: ${offered.join(', ')}`);
}
