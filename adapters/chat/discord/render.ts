import { wordsFor, type Words } from '../../../src/commands/words/words.ts';
import type { Message, StoryCard } from '../../../src/delivery/card.ts';
import {
  asciiHost,
  asciiUrl,
  looksLikeAddress,
  oneLine,
  truncateGraphemes,
  visibleText,
} from '../../../src/delivery/sanitize.ts';
import { markedText } from '../../../src/delivery/marked-text.ts';
import { addressInLink, escaped } from './escape.ts';

/** Discord's documented limits, in characters. https://discord.com/developers/docs/resources/message#embed-object-embed-limits */
const TITLE_MAX = 256;
const CONTENT_MAX = 2000;
const EMBEDS_MAX = 10;
const ALL_EMBEDS_MAX = 6000;
const BUTTON_URL_MAX = 512;
/**
 * Within a description's 4,096 and a footer's 2,048 characters, and such that one story always fits into a message:
 * 256 + 3,000 + marks + 900 + 500 is under 6,000, counted after escaping.
 */
const SUMMARY_MAX = 3000;
const MARKS_MAX = 40;
const ALSO_MAX = 900;
const FOOTER_MAX = 500;
const NAME_MAX = 80;
const OUTLETS_MAX = 8;

export interface DiscordEmbed {
  readonly title?: string;
  readonly url?: string;
  readonly description?: string;
  readonly footer?: { readonly text: string };
  readonly timestamp?: string;
  /** RGB of the bar at its side. */
  readonly color?: number;
}

export interface DiscordButton {
  readonly type: 2;
  readonly style: 1 | 2 | 3 | 4 | 5;
  readonly label: string;
  readonly url?: string;
  readonly custom_id?: string;
}

export interface DiscordRow {
  readonly type: 1;
  readonly components: readonly DiscordButton[];
}

/** What `channel.send` takes. No mention in it is ever obeyed. */
export interface DiscordPayload {
  readonly content?: string;
  readonly embeds: readonly DiscordEmbed[];
  readonly components: readonly DiscordRow[];
  readonly allowedMentions: { readonly parse: readonly [] };
}

/** Stories as messages, as few as Discord's limits allow, in order; none for no stories. */
export function renderDiscord(cards: readonly StoryCard[]): DiscordPayload[] {
  return renderMessage({ kind: cards.length > 1 ? 'digest' : 'alert', heading: '', cards });
}

/** A message as Discord takes it: its heading above the first stories, a story's buttons where it stands alone. */
export function renderMessage({ heading, cards, language = '' }: Message): DiscordPayload[] {
  const words = wordsFor([language]);
  const content = truncateGraphemes(visibleText(heading).trim(), CONTENT_MAX, (text) => escaped(text).length);
  const batches = batched(cards.map((card) => renderEmbed(card, words)));
  if (batches.length === 0) return content === '' ? [] : [payload(escaped(content), [], [])];
  const [only] = cards;
  const rows = cards.length === 1 && only ? buttonsFor(only, words) : [];
  return batches.map((embeds, i) => payload(i === 0 ? escaped(content) : '', embeds, rows));
}

function payload(content: string, embeds: readonly DiscordEmbed[], components: readonly DiscordRow[]): DiscordPayload {
  return { ...(content === '' ? {} : { content }), embeds, components, allowedMentions: { parse: [] } };
}

/** As many embeds a message as fit by number and by the sum of their text. */
export function batched(embeds: readonly DiscordEmbed[]): DiscordEmbed[][] {
  const batches: DiscordEmbed[][] = [];
  let size = 0;
  for (const embed of embeds) {
    const length = textOf(embed);
    const batch = batches.at(-1);
    if (batch && batch.length < EMBEDS_MAX && size + length <= ALL_EMBEDS_MAX) {
      batch.push(embed);
      size += length;
    } else {
      batches.push([embed]);
      size = length;
    }
  }
  return batches;
}

function textOf({ title = '', description = '', footer }: DiscordEmbed): number {
  return title.length + description.length + (footer?.text.length ?? 0);
}

/** One story as an embed, within all limits. */
export function renderEmbed(card: StoryCard, words: Words): DiscordEmbed {
  const url = asciiUrl(card.url);
  const name = oneLine(card.title) || oneLine(card.source) || asciiHost(url) || words.untitled;
  const title = escaped(truncateGraphemes(name, TITLE_MAX, (text) => escaped(text).length));
  const description = [summaryOf(card), alsoLine(card, words)].filter((text) => text !== '').join('\n\n');
  const footer = truncateGraphemes(footerOf(card, url), FOOTER_MAX);
  const at = Date.parse(card.published);
  return {
    title,
    // A title that reads like an address must not lead to another one: the host stands in the footer, the link in the button.
    ...(url === '' || looksLikeAddress(name) ? {} : { url }),
    ...(description === '' ? {} : { description }),
    ...(footer === '' ? {} : { footer: { text: footer } }),
    ...(Number.isNaN(at) ? {} : { timestamp: new Date(at).toISOString() }),
  };
}

function summaryOf(card: StoryCard): string {
  const text = truncateGraphemes(card.summary.trim(), SUMMARY_MAX, (part) => escaped(part).length);
  const spans = (card.spans ?? []).filter(({ field }) => field === 'summary');
  const pieces = markedText(text, spans.slice(0, MARKS_MAX));
  return pieces
    .map((piece) => (piece.bold ? `**${escaped(piece.text)}**` : escaped(piece.text)))
    .join('')
    .trim();
}

function alsoLine({ also = [] }: StoryCard, words: Words): string {
  if (also.length === 0) return '';
  let line = words.also;
  for (const [i, { source, url }] of also.slice(0, OUTLETS_MAX).entries()) {
    const name = truncateGraphemes(oneLine(source) || asciiHost(url), NAME_MAX);
    const address = addressInLink(url, BUTTON_URL_MAX);
    const link = address === '' || looksLikeAddress(name) ? escaped(name) : `[${escaped(name)}](${address})`;
    if (line.length + link.length > ALSO_MAX) return `${line}…`;
    line += `${i === 0 ? '' : ', '}${link}`;
  }
  return also.length > OUTLETS_MAX ? `${line}${words.andMore(also.length - OUTLETS_MAX)}` : line;
}

/** Footers are plain text: nothing in them is markup. */
function footerOf({ source, matched = [] }: StoryCard, url: string): string {
  const host = asciiHost(url).replace(/^www\./u, '');
  const outlet = truncateGraphemes(oneLine(source), NAME_MAX);
  const asked = matched.map(({ id, name }) => `#${id} ${truncateGraphemes(oneLine(name), NAME_MAX)}`).join(', ');
  return [outlet, host === outlet.toLowerCase() ? '' : host, asked].filter((text) => text !== '').join(' · ');
}

/** The link, and what can be asked of a story: nothing but its id stands in a button, so that it works after a restart. */
function buttonsFor({ url, storyId, groupId, matched = [] }: StoryCard, words: Words): DiscordRow[] {
  const address = asciiUrl(url, BUTTON_URL_MAX);
  const [asked] = matched;
  const buttons: DiscordButton[] = [
    ...(address === '' ? [] : [{ type: 2, style: 5, label: words.read, url: address } as const]),
    ...(storyId === undefined ? [] : [button(words.why, `why ${storyId}`)]),
    ...(groupId === undefined || storyId === undefined ? [] : [button(words.muteStory, `mute ${storyId}`)]),
    ...(asked === undefined ? [] : [button(words.pause, `pause ${asked.id}`), button(words.edit, `edit ${asked.id}`)]),
  ];
  return buttons.length === 0 ? [] : [{ type: 1, components: buttons }];
}

function button(label: string, command: string): DiscordButton {
  return { type: 2, style: 2, label, custom_id: `say ${command}` };
}
