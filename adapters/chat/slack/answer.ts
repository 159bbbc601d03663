import type { Action, Card, Inline, Line } from '../../../src/commands/card.ts';
import { wordsFor } from '../../../src/commands/words/words.ts';
import { asciiUrl, looksLikeAddress, oneLine, truncateGraphemes, visibleText } from '../../../src/delivery/sanitize.ts';
import { readAddress } from './address.ts';
import { escaped } from './escape.ts';
import { storyBlocks, type SlackBlock, type SlackButton } from './render.ts';

/** Text shown literally, whatever signs are in it: unlike mrkdwn, rich text obeys no markup within its texts. */
type RichElement =
  | { readonly type: 'text'; readonly text: string; readonly style?: { readonly bold?: true; readonly code?: true } }
  | { readonly type: 'link'; readonly url: string; readonly text: string }
  | { readonly type: 'channel'; readonly channel_id: string }
  | { readonly type: 'date'; readonly timestamp: number; readonly format: string; readonly fallback: string };

export type AnswerBlock =
  | SlackBlock
  | {
      readonly type: 'rich_text';
      readonly elements: readonly {
        readonly type: 'rich_text_section' | 'rich_text_preformatted';
        readonly elements: readonly RichElement[];
      }[];
    };

/** An answer as messages: what `response_url` and `chat.postMessage` take. */
export interface AnswerPayload {
  readonly text: string;
  readonly blocks: readonly AnswerBlock[];
}

const BLOCKS_MAX = 48;
const JSON_MAX = 10_500;
const TEXT_MAX = 3000;
/** JSON characters: of a piece of a line, of a line, and of what is kept together in one message. */
const PIECE_MAX = 1200;
const LINE_MAX = 3000;
const GROUP_MAX = 5000;
const BUTTON_TEXT_MAX = 75;
const VALUE_MAX = 2000;
const BUTTONS_A_ROW = 5;
/** Small enough for a field of a form, so that what is handed over in pieces can be pasted back piece by piece. */
export const PIECE_CHARS = 2800;

const marks: Readonly<Record<Card['tone'], string>> = { plain: '', good: '✓ ', warning: '⚠ ', error: '✗ ' };

/** An answer as few messages as Slack's limits allow, in order; at least one. `openForm` is said of a form that stands beside other things. */
export function renderAnswer(card: Card, openForm: string): AnswerPayload[] {
  const text = plainText(card);
  const payloads: AnswerPayload[] = [];
  let blocks: AnswerBlock[] = [];
  for (const group of answerGroups(card, openForm)) {
    const next = [...blocks, ...group];
    if (blocks.length > 0 && !fits(next)) {
      payloads.push({ text, blocks });
      blocks = [...group];
    } else blocks = next;
  }
  return blocks.length > 0 || payloads.length === 0 ? [...payloads, { text, blocks }] : payloads;
}

/** An answer as blocks of a page or a form, at most so many; what does not fit is left out from the end. */
export function answerBlocks(card: Card, openForm: string, most: number): AnswerBlock[] {
  const blocks: AnswerBlock[] = [];
  for (const group of answerGroups(card, openForm)) {
    if (blocks.length + group.length > most) break;
    blocks.push(...group);
  }
  return blocks;
}

/** Nothing to show but a form. */
export function isOnlyForm({ form, lines, rows, stories }: Card): boolean {
  return form !== undefined && lines.length + rows.length + stories.length === 0;
}

/** The text of an answer without its form, as a notification shows it. */
export function plainText(card: Card): string {
  const [first] = card.lines;
  const said = [card.title, first === undefined ? '' : lineText(first), card.stories[0]?.title ?? '', 'Newshound'];
  const shown = said.map(oneLine).find((text) => text !== '') ?? '';
  return escaped(truncateGraphemes(`${marks[card.tone]}${shown}`, TEXT_MAX, (part) => escaped(part).length));
}

function fits(blocks: readonly AnswerBlock[]): boolean {
  return blocks.length <= BLOCKS_MAX && JSON.stringify(blocks).length < JSON_MAX;
}

/**
 * Blocks that belong together, in order. Action ids count up, since they must differ within a message; of what `form:…`
 * says the form alone is shown.
 */
function answerGroups(card: Card, openForm: string): AnswerBlock[][] {
  let count = 0;
  const buttons = (actions: readonly Action[], kind: 'say' | 'form' = 'say'): AnswerBlock[] => {
    const made = actions.flatMap((action) => buttonFor(action, `${kind}:${count++}`) ?? []);
    return buttonRows(made).map((elements) => ({ type: 'actions', elements }));
  };
  const { title, tone, lines, rows, stories, form, file, language = '' } = card;
  const words = wordsFor([language]);
  const head: Line[] = title === '' ? [] : [[{ bold: `${marks[tone]}${title}` }]];
  const tail: Line[] =
    title === '' && marks[tone] !== '' ? lines.map((line, i) => (i === 0 ? [marks[tone], ...line] : line)) : [...lines];
  const change: Action[] =
    form === undefined || isOnlyForm(card) ? [] : [{ label: openForm, command: form.command, style: 'plain' }];
  return [
    ...textGroups([...head, ...(rows.length === 0 ? tail : [])]),
    ...rows.flatMap((row) => together([...textGroups(row.lines).flat(), ...buttons(row.actions)])),
    ...stories.map((story) => storyBlocks(story, false, words)),
    ...(rows.length === 0 ? [] : textGroups(tail)),
    ...(file === undefined ? [] : piecesOf(file.text).map((piece) => [preformatted(piece)])),
    ...together(buttons(card.actions)),
    ...together(buttons(change, 'form')),
  ];
}

/** Blocks that stand in one message, unless they are too long for that. */
function together(blocks: readonly AnswerBlock[]): AnswerBlock[][] {
  if (blocks.length === 0) return [];
  return JSON.stringify(blocks).length <= GROUP_MAX ? [[...blocks]] : blocks.map((block) => [block]);
}

/** Lines as rich text; a new block where one would grow too long. */
function textGroups(lines: readonly Line[]): AnswerBlock[][] {
  const groups: AnswerBlock[][] = [];
  let elements: RichElement[] = [];
  let length = 0;
  const flush = (): void => {
    if (elements.length > 0) groups.push([{ type: 'rich_text', elements: [{ type: 'rich_text_section', elements }] }]);
    elements = [];
    length = 0;
  };
  for (const line of lines) {
    const made = lineElements(line);
    const size = JSON.stringify(made).length;
    if (length + size > GROUP_MAX) flush();
    if (made.length === 0) continue;
    elements = elements.length === 0 ? made : [...elements, { type: 'text', text: '\n' }, ...made];
    length += size;
  }
  flush();
  return groups;
}

/** A line's elements, as many as fit. */
function lineElements(line: Line): RichElement[] {
  const elements: RichElement[] = [];
  for (const element of line.flatMap(elementsOf)) {
    if (JSON.stringify([...elements, element]).length > LINE_MAX) break;
    elements.push(element);
  }
  return elements;
}

function elementsOf(inline: Inline): RichElement[] {
  if (typeof inline === 'string') return textElements(inline);
  if ('bold' in inline) return styled(inline.bold, { bold: true });
  if ('code' in inline) return styled(inline.code, { code: true });
  if ('time' in inline) return [dateElement(inline.time)];
  const url = asciiUrl(inline.url);
  const label = truncateGraphemes(oneLine(inline.link), PIECE_MAX, jsonLength);
  if (url === '') return styled(label);
  if (label === '' || (looksLikeAddress(label) && label !== inline.url)) {
    return [...styled(label === '' ? '' : `${label} `), { type: 'link', url, text: url }];
  }
  return [{ type: 'link', url, text: label }];
}

/** A text with the addresses of channels in it as Slack shows them. */
function textElements(text: string): RichElement[] {
  return text.split(/(slack:[A-Z0-9]+:@?[A-Z0-9]+)/u).flatMap((part): RichElement[] => {
    const address = readAddress(part);
    if (address === null) return styled(part);
    return address.channel === '' ? styled('direct messages') : [{ type: 'channel', channel_id: address.channel }];
  });
}

function styled(text: string, style?: { bold?: true; code?: true }): RichElement[] {
  const shown = truncateGraphemes(visibleText(text), PIECE_MAX, jsonLength);
  if (shown === '') return [];
  return [style === undefined ? { type: 'text', text: shown } : { type: 'text', text: shown, style }];
}

function dateElement(at: number): RichElement {
  const fallback = `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
  return { type: 'date', timestamp: Math.floor(at / 1000), format: '{date_short_pretty} {time}', fallback };
}

function preformatted(text: string): AnswerBlock {
  return { type: 'rich_text', elements: [{ type: 'rich_text_preformatted', elements: [{ type: 'text', text }] }] };
}

/** Cut at line ends where there are any. */
function piecesOf(text: string): string[] {
  const pieces: string[] = [];
  let left = visibleText(text).trimEnd();
  while (left.length > PIECE_CHARS) {
    const line = left.lastIndexOf('\n', PIECE_CHARS);
    const at = line > 0 ? line : PIECE_CHARS;
    pieces.push(left.slice(0, at));
    left = left.slice(line > 0 ? at + 1 : at);
  }
  return left === '' ? pieces : [...pieces, left];
}

/** None for a command that no button can hold. */
function buttonFor({ label, command, style }: Action, id: string): SlackButton | null {
  if (jsonLength(command) > VALUE_MAX) return null;
  return {
    type: 'button',
    text: { type: 'plain_text', text: truncateGraphemes(oneLine(label), BUTTON_TEXT_MAX) || '…', emoji: false },
    action_id: id,
    value: command,
    ...(style === 'plain' ? {} : { style }),
  };
}

function lineText(line: Line): string {
  return line
    .map((inline) => {
      if (typeof inline === 'string') return inline;
      if ('bold' in inline) return inline.bold;
      if ('code' in inline) return inline.code;
      return 'link' in inline ? inline.link : '';
    })
    .join('');
}

/** Rows of buttons, none with too many or too long ones. */
function buttonRows(buttons: readonly SlackButton[]): SlackButton[][] {
  const rows: SlackButton[][] = [];
  let length = 0;
  for (const button of buttons) {
    const size = jsonLength(button.value);
    const row = rows.at(-1);
    if (row === undefined || row.length === BUTTONS_A_ROW || length + size > VALUE_MAX) {
      rows.push([button]);
      length = size;
    } else {
      row.push(button);
      length += size;
    }
  }
  return rows;
}

function jsonLength(text: string): number {
  return JSON.stringify(text).length;
}
