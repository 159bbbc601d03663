import { wordsFor, type Words } from '../../../src/commands/words/words.ts';
import type { Message, StoryCard } from '../../../src/delivery/card.ts';
import { markedText } from '../../../src/delivery/marked-text.ts';
import {
  asciiHost,
  asciiUrl,
  looksLikeAddress,
  oneLine,
  truncateGraphemes,
  visibleText,
} from '../../../src/delivery/sanitize.ts';
import type { Span } from '../../../src/story/story.ts';
import { paragraph, unwrapped, type Run, type Surface } from './paint.ts';
import { published, type Present } from './time.ts';

/** Feeds are bounded before they come here; these keep a card readable whatever comes (UTF-16 units). */
const TITLE_MAX = 300;
const SUMMARY_MAX = 1200;
const NAME_MAX = 80;
const OUTLETS_MAX = 8;

const INDENT = 2;

/** A posted message: its heading, its stories, and how to ask about it. `number` is what `/news why` takes. */
export function renderMessage(message: Message, number: string, surface: Surface, now: Present): string {
  const { heading, cards, language = 'en' } = message;
  const present = { ...now, language };
  const why = `/news why ${number}`;
  const [only] = cards;
  if (heading === '' && only !== undefined && cards.length === 1) {
    return renderStory(only, surface, present, why).join('\n');
  }
  return [
    renderHeading(message, surface),
    ...cards.map((card) => renderStory(card, surface, present)),
    cards.length === 0 ? [] : paragraph(joined([whyTold(wordsFor([language]), why)]), surface, INDENT),
  ]
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n');
}

/** A digest's heading, or the sentence of a notice. */
function renderHeading({ kind, heading }: Message, surface: Surface): string[] {
  const text = truncateGraphemes(visibleText(heading).trim(), SUMMARY_MAX);
  if (kind === 'notice') return paragraph([{ text }], surface, INDENT, { text: '! ', color: 'yellow', bold: true });
  return paragraph([{ text, bold: true }], surface);
}

/**
 * A story as lines: title, summary, where and when it stands, who else tells it, which subscriptions asked, and the
 * command that says why, '' for none.
 */
export function renderStory(card: StoryCard, surface: Surface, present: Present, why = ''): string[] {
  const words = wordsFor([present.language ?? '']);
  const url = asciiUrl(card.url);
  const linkTitle = isTitleLinked(card, surface, url);
  return [
    ...paragraph(titleRuns(card, linkTitle ? url : '', words), surface, INDENT, { text: '● ', color: 'cyan' }),
    ...paragraph(marked(card.summary, SUMMARY_MAX, card, 'summary'), surface, INDENT),
    ...paragraph(sourceRuns(card, linkTitle, present), surface, INDENT),
    ...(url === '' || linkTitle ? [] : [unwrapped([{ text: url, dim: true }], surface, INDENT)]),
    ...paragraph(alsoRuns(card, words), surface, INDENT),
    ...paragraph(askedRuns(card, why, words), surface, INDENT),
  ];
}

/** Later coverage of a story that stands further up: one outlet's own headline, and the number of the first message. */
export function renderLater(card: StoryCard, number: string, surface: Surface, language = 'en'): string {
  const words = wordsFor([language]);
  const url = asciiUrl(card.url);
  const linkTitle = isTitleLinked(card, surface, url);
  const outlet = [name(card.source), linkTitle ? hostOf(card) : ''].filter((text) => text !== '').join(', ');
  const runs: Run[] = [
    { text: words.alsoIn(outlet === '' ? hostOf(card) : outlet), dim: true },
    ...marked(card.title, TITLE_MAX, card, 'title').map(({ text }) => ({ text, url: linkTitle ? url : '' })),
    { text: words.ofStory(number), dim: true },
  ];
  return [
    ...paragraph(runs, surface, INDENT, { text: '↳ ', color: 'cyan' }),
    ...(url === '' || linkTitle ? [] : [unwrapped([{ text: url, dim: true }], surface, INDENT)]),
  ].join('\n');
}

/** A title that reads like an address must not lead to another one. */
function isTitleLinked({ title }: StoryCard, { hyperlinks }: Surface, url: string): boolean {
  return hyperlinks && url !== '' && !looksLikeAddress(title);
}

function hostOf({ url }: StoryCard): string {
  return asciiHost(url).replace(/^www\./, '');
}

function titleRuns(card: StoryCard, url: string, words: Words): Run[] {
  const title = card.title === '' ? words.untitled : card.title;
  return marked(title, TITLE_MAX, card, 'title').map(({ text, bold }) =>
    bold ? { text, bold, color: 'cyan', url } : { text, bold: true, url },
  );
}

/** The true host stands beside the outlet's name wherever the address itself is not shown. */
function sourceRuns(card: StoryCard, linked: boolean, present: Present): Run[] {
  const host = linked ? hostOf(card) : '';
  return joined([name(card.source), host, published(card.published, present)]);
}

function alsoRuns({ also = [] }: StoryCard, words: Words): Run[] {
  if (also.length === 0) return [];
  const shown = also.slice(0, OUTLETS_MAX).map(({ source, url }) => ({
    text: name(source) || asciiHost(url),
    dim: true,
    url: asciiUrl(url),
  }));
  const rest = also.length > OUTLETS_MAX ? [{ text: words.andMore(also.length - OUTLETS_MAX), dim: true }] : [];
  const listed = shown.flatMap((run, at) => (at === 0 ? [run] : [{ text: ', ', dim: true }, run]));
  return [{ text: words.also, dim: true }, ...listed, ...rest];
}

function askedRuns({ matched = [] }: StoryCard, why: string, words: Words): Run[] {
  const asked = matched.map(({ id, name: query }) => `#${id} ${name(query)}`).join(', ');
  return joined([asked === '' ? '' : words.askedBy(asked), why === '' ? '' : whyTold(words, why)]);
}

function whyTold(words: Words, command: string): string {
  return `${words.whyShort}${command}`;
}

function joined(parts: readonly string[]): Run[] {
  const text = parts.filter((part) => part !== '').join(' · ');
  return text === '' ? [] : [{ text, dim: true }];
}

function name(text: string): string {
  return truncateGraphemes(oneLine(text), NAME_MAX);
}

/** The text with its matched words bold. Spans are positions in the text as given, so it is cut up before it is cleaned. */
function marked(text: string, max: number, card: StoryCard, field: Span['field']): Run[] {
  const spans = (card.spans ?? []).filter((span) => span.field === field);
  const pieces = markedText(truncateGraphemes(text, max), spans);
  return pieces.map(({ text: piece, bold }) => ({ text: fold(piece), bold }));
}

function fold(text: string): string {
  return visibleText(text).replace(/\s+/g, ' ');
}
