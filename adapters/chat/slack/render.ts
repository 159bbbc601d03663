import { wordsFor, type Words } from '../../../src/commands/words/words.ts';
import type { Message, StoryCard } from '../../../src/delivery/card.ts';
import { asciiHost, asciiUrl, looksLikeAddress, oneLine, truncateGraphemes } from '../../../src/delivery/sanitize.ts';
import { markedText } from '../../../src/delivery/marked-text.ts';
import { escaped, escapedAddress, escapedLabel } from './escape.ts';

/**
 * Slack's limits, in characters. Documented: 3,000 a text object, 4,000 for the top-level text, 50 blocks, 10 elements of
 * a context block. Not documented: the JSON of all blocks, refused somewhere above 13,000.
 */
const SECTION_MAX = 3000;
const TEXT_MAX = 4000;
const BLOCKS_MAX = 50;
const JSON_MAX = 11_000;
const LABEL_MAX = 300;
const SUMMARY_MAX = 1400;
const MARKS_MAX = 40;
const CONTEXT_MAX = 1500;
const NAME_MAX = 80;
const OUTLETS_MAX = 8;
/** Address and label together have to fit into one text object. */
const ADDRESS_MAX = 1200;

interface TextObject {
  readonly type: 'mrkdwn';
  readonly text: string;
  readonly verbatim: true;
}

export interface SlackButton {
  readonly type: 'button';
  readonly text: { readonly type: 'plain_text'; readonly text: string; readonly emoji: false };
  readonly action_id: string;
  readonly value: string;
  readonly style?: 'primary' | 'danger';
}

export type SlackBlock =
  | { readonly type: 'section'; readonly text: TextObject }
  | { readonly type: 'context'; readonly elements: readonly TextObject[] }
  | { readonly type: 'actions'; readonly elements: readonly SlackButton[] }
  | { readonly type: 'divider' };

/** What `chat.postMessage` takes, but for the channel. */
export interface SlackPayload {
  readonly text: string;
  readonly blocks: readonly SlackBlock[];
  readonly unfurl_links: false;
  readonly unfurl_media: false;
}

/** Stories as messages, as few as Slack's limits allow, in order; none for no stories. */
export function renderSlack(cards: readonly StoryCard[]): SlackPayload[] {
  return renderMessage({ kind: cards.length > 1 ? 'digest' : 'alert', heading: '', cards });
}

/** A message as Slack takes it: its heading above the first stories, a story's buttons where it stands alone. */
export function renderMessage({ heading, cards, language = '' }: Message): SlackPayload[] {
  const words = wordsFor([language]);
  const lead = truncateGraphemes(heading.trim(), SECTION_MAX - 2, (text) => escaped(text).length);
  const top: SlackBlock[] = lead === '' ? [] : [section(`*${escaped(lead).replaceAll('*', '∗')}*`)];
  if (lead !== '' && cards.length === 0) return [payload(lead, [section(escaped(lead))])];
  const groups = cards.map((card) => ({
    name: nameOf(card, words),
    blocks: storyBlocks(card, cards.length === 1, words),
  }));
  const payloads: SlackPayload[] = [];
  let names: string[] = [];
  let blocks: SlackBlock[] = [...top];
  for (const group of groups) {
    const next = [...blocks, ...(names.length === 0 ? [] : [divider]), ...group.blocks];
    if (names.length > 0 && !fits(next)) {
      payloads.push(payload(textFor(payloads.length === 0 ? lead : '', names), blocks));
      blocks = [...group.blocks];
      names = [group.name];
    } else {
      blocks = next;
      names.push(group.name);
    }
  }
  if (names.length > 0) payloads.push(payload(textFor(payloads.length === 0 ? lead : '', names), blocks));
  return payloads;
}

const divider: SlackBlock = { type: 'divider' };

function fits(blocks: readonly SlackBlock[]): boolean {
  return blocks.length <= BLOCKS_MAX && JSON.stringify(blocks).length < JSON_MAX;
}

function payload(text: string, blocks: readonly SlackBlock[]): SlackPayload {
  const plain = truncateGraphemes(text, TEXT_MAX, (part) => escaped(part).length);
  return { text: escaped(plain), blocks, unfurl_links: false, unfurl_media: false };
}

/** What a notification shows. */
function textFor(heading: string, names: readonly string[]): string {
  return [heading, ...names].filter((text) => text !== '').join('\n');
}

/** The blocks of one story; with its buttons where it stands alone. */
export function storyBlocks(card: StoryCard, alone: boolean, words: Words): SlackBlock[] {
  const summary = summaryOf(card);
  const title = titleOf(card, words);
  const context = contextOf(card, words);
  const buttons = alone ? buttonsFor(card, words) : [];
  return [
    section(summary === '' ? title : `${title}\n${summary}`),
    ...(context === '' ? [] : [{ type: 'context', elements: [mrkdwn(context)] } as const]),
    ...(buttons.length === 0 ? [] : [{ type: 'actions', elements: buttons } as const]),
  ];
}

function nameOf(card: StoryCard, words: Words): string {
  return oneLine(card.title) || oneLine(card.source) || asciiHost(card.url) || words.untitled;
}

/** A title that reads like an address is no label for another one: its own follows it in the open. */
function titleOf(card: StoryCard, words: Words): string {
  const name = nameOf(card, words);
  const label = escapedLabel(truncateGraphemes(name, LABEL_MAX, (text) => escapedLabel(text).length));
  const url = asciiUrl(card.url);
  const address = escapedAddress(url);
  const bold = (text: string): string => (label.includes('*') ? text : `*${text}*`);
  if (address === '' || address.length > ADDRESS_MAX) return bold(label);
  return looksLikeAddress(name)
    ? `${bold(label)} <${address}|${escapedLabel(words.read)}>`
    : bold(`<${address}|${label}>`);
}

function summaryOf(card: StoryCard): string {
  const text = truncateGraphemes(card.summary.trim(), SUMMARY_MAX, (part) => escaped(part).length);
  const spans = (card.spans ?? []).filter(({ field }) => field === 'summary').slice(0, MARKS_MAX);
  return markedText(text, spans)
    .map((piece, i, all) => {
      const plain = escaped(piece.text);
      return piece.bold && stands(all[i - 1]?.text, piece.text, all[i + 1]?.text) ? `*${plain}*` : plain;
    })
    .join('');
}

/** Slack reads an asterisk as bold only at the edge of a word. */
function stands(before: string | undefined, text: string, after: string | undefined): boolean {
  const edge = (letter: string): boolean => letter === '' || /[\s\p{P}]/u.test(letter);
  return !text.includes('*') && text.trim() === text && edge(before?.at(-1) ?? '') && edge(after?.at(0) ?? '');
}

/** Outlet, true host, time, other outlets, and which alerts asked. */
function contextOf(card: StoryCard, words: Words): string {
  const host = asciiHost(card.url).replace(/^www\./u, '');
  const outlet = truncateGraphemes(oneLine(card.source), NAME_MAX);
  const parts = [
    escaped(outlet),
    host === outlet.toLowerCase() ? '' : escaped(host),
    dateOf(card.published),
    alsoOf(card, words),
    (card.matched ?? [])
      .map(({ id, name }) => `#${id} ${escaped(truncateGraphemes(oneLine(name), NAME_MAX))}`)
      .join(', '),
  ];
  let line = '';
  for (const part of parts) {
    if (part === '') continue;
    if (line.length + part.length > CONTEXT_MAX) break;
    line += line === '' ? part : ` · ${part}`;
  }
  return line;
}

/** Shown in the reader's own time zone; the fallback is for clients that cannot. */
function dateOf(published: string): string {
  const at = Date.parse(published);
  if (Number.isNaN(at) || at < 0) return '';
  const fallback = new Date(at).toISOString().slice(0, 16).replace('T', ' ');
  return `<!date^${Math.floor(at / 1000)}^{date_short_pretty} {time}|${fallback} UTC>`;
}

function alsoOf({ also = [] }: StoryCard, words: Words): string {
  if (also.length === 0) return '';
  const outlets = also.slice(0, OUTLETS_MAX).map(({ source, url }) => {
    const name = truncateGraphemes(oneLine(source) || asciiHost(url), NAME_MAX);
    const address = escapedAddress(asciiUrl(url, 300));
    return address === '' || looksLikeAddress(name) ? escaped(name) : `<${address}|${escapedLabel(name)}>`;
  });
  const rest = also.length > OUTLETS_MAX ? words.andMore(also.length - OUTLETS_MAX) : '';
  const line = `${words.also}${outlets.join(', ')}${rest}`;
  return line.length > CONTEXT_MAX / 2 ? `${words.also}${words.moreOutlets(also.length)}` : line;
}

/** What can be asked of a story: nothing but its id stands in a button, so that it works after a restart. */
function buttonsFor({ storyId, matched = [] }: StoryCard, words: Words): SlackButton[] {
  const [asked] = matched;
  return [
    ...(storyId === undefined ? [] : [button(words.why, `why ${storyId}`), button(words.muteStory, `mute ${storyId}`)]),
    ...(asked === undefined ? [] : [button(words.pause, `pause ${asked.id}`), button(words.edit, `edit ${asked.id}`)]),
  ];
}

function button(label: string, command: string): SlackButton {
  return {
    type: 'button',
    text: { type: 'plain_text', text: label, emoji: false },
    action_id: `say:${command}`,
    value: command,
  };
}

function section(text: string): SlackBlock {
  return { type: 'section', text: mrkdwn(text) };
}

function mrkdwn(text: string): TextObject {
  return { type: 'mrkdwn', text, verbatim: true };
}
