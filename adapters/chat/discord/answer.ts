import type { Action, Card, Form, Row } from '../../../src/commands/card.ts';
import { wordsFor, type Words } from '../../../src/commands/words/words.ts';
import { oneLine, truncateGraphemes } from '../../../src/delivery/sanitize.ts';
import { escaped } from './escape.ts';
import { LINE_MAX, plainLine, renderLine } from './line.ts';
import { batched, renderEmbed, type DiscordButton, type DiscordEmbed, type DiscordRow } from './render.ts';
import { slashUsage } from './slash.ts';
import { spoken, spokenKept, type Kept, type Spoken } from './spoken.ts';

/** https://discord.com/developers/docs/components/reference */
const ROWS_MAX = 5;
const BUTTONS_A_ROW = 5;
const LABEL_MAX = 80;
const OPTIONS_MAX = 25;
const OPTION_LABEL_MAX = 100;
const PLACEHOLDER_MAX = 150;
const TITLE_MAX = 256;
/** More than this of one answer nobody reads. */
const PAGES_MAX = 4;

const colors: Readonly<Record<Card['tone'], number | null>> = {
  plain: null,
  good: 0x2e7d32,
  warning: 0xf9a825,
  error: 0xc62828,
};

const buttonStyles = { primary: 1, plain: 2, danger: 4 } as const satisfies Record<Action['style'], number>;

/** A menu in which one value is chosen; the value is the `custom_id` of the button it stands for. */
export interface DiscordSelect {
  readonly type: 3;
  readonly custom_id: string;
  readonly placeholder: string;
  readonly options: readonly { readonly label: string; readonly value: string }[];
}

export interface DiscordSelectRow {
  readonly type: 1;
  readonly components: readonly [DiscordSelect];
}

/** One message of an answer. */
export interface AnswerMessage {
  readonly embeds: readonly DiscordEmbed[];
  readonly components: readonly (DiscordRow | DiscordSelectRow)[];
  readonly file: NonNullable<Card['file']> | null;
}

export interface Answer {
  /** At least one; all but the first follow it. */
  readonly messages: readonly AnswerMessage[];
  /** What must be kept before the messages are sent. */
  readonly kept: readonly Kept[];
}

/**
 * A card as messages within Discord's limits: its text, its stories, and what can be done as buttons and menus. `again`
 * is a form to be opened once more, with what stood in it.
 */
export function renderAnswer(card: Card, again?: Form): Answer {
  const words = wordsFor([card.language ?? '']);
  const { components, kept } = renderComponents(card, again, words);
  const embeds = [...textEmbeds(card), ...card.stories.map((story) => renderEmbed(story, words))];
  const messages = batched(embeds).map((batch, i): AnswerMessage => {
    const first = i === 0;
    return { embeds: batch, components: first ? components : [], file: (first ? card.file : null) ?? null };
  });
  return { messages, kept };
}

/** The card's own text, in as many embeds as it needs. At least one: a message must hold something. */
function textEmbeds(card: Card): DiscordEmbed[] {
  const color = colors[card.tone];
  const side = color === null ? {} : { color };
  const name = slashUsage(
    oneLine(card.title === '' && card.lines.length === 0 ? (card.form?.title ?? '') : card.title),
  );
  const title = escaped(truncateGraphemes(name, TITLE_MAX, (text) => escaped(text).length));
  const texts = paged(textOf(card));
  const [first = ''] = texts;
  if (title === '' && first === '') return card.stories.length > 0 ? [] : [{ title: '✓', ...side }];
  const head = { ...(title === '' ? {} : { title }), ...(first === '' ? {} : { description: first }), ...side };
  return [head, ...texts.slice(1).map((description): DiscordEmbed => Object.assign({ description }, side))];
}

/** The card's lines, then its rows with a blank line before each that has more than one line. */
function* textOf({ lines, rows }: Card): Generator<string> {
  yield* lines.values().map(renderLine);
  if (lines.length > 0 && rows.length > 0) yield '';
  for (const { lines: own } of rows) {
    if (own.length > 1) yield '';
    yield* own.values().map(renderLine);
  }
}

/** Lines in at most four pages of 3,500 characters; an ellipsis stands for what is left out. */
function paged(lines: Iterable<string>): string[] {
  const pages: string[] = [];
  let page = '';
  for (const line of lines) {
    if (page.length + 1 + line.length <= LINE_MAX) page = page === '' ? line : `${page}\n${line}`;
    else if (pages.push(page) === PAGES_MAX) return [...pages.slice(0, -1), `${page}\n…`];
    else page = line;
  }
  return [...pages, page].map((text) => text.trim()).filter((text) => text !== '');
}

interface Components {
  readonly components: readonly (DiscordRow | DiscordSelectRow)[];
  readonly kept: readonly Kept[];
}

/** The buttons of the card and of a single row; the actions of several rows as one menu for each kind of action. */
function renderComponents(
  { rows, actions, form, title, lines }: Card,
  again: Form | undefined,
  words: Words,
): Components {
  const [only] = rows;
  const single = rows.length === 1 && only ? only.actions : [];
  const all = [...single, ...actions].map(actionButton);
  const opening = form === undefined ? [] : [formButton(form, title !== '' || lines.length > 0, words.openForm)];
  const reopening = again === undefined ? [] : [keptFormButton(again, words.correctForm)];
  const buttons = unlike([...all, ...opening, ...reopening]);
  const buttonRows = chunked(buttons, BUTTONS_A_ROW).map((some): DiscordRow => ({
    type: 1,
    components: some.map(({ button }) => button),
  }));
  const menus = rows.length > 1 ? rowMenus(rows).slice(0, ROWS_MAX - Math.min(buttonRows.length, 1)) : [];
  return {
    components: [...menus.map(({ row }) => row), ...buttonRows].slice(0, ROWS_MAX),
    kept: [...menus.flatMap(({ kept }) => kept), ...buttons.flatMap(({ kept }) => kept ?? [])],
  };
}

interface Button {
  readonly button: DiscordButton;
  readonly kept: Kept | null;
}

function actionButton({ label, command, style }: Action): Button {
  return buttonFor(label, spoken('say', command), buttonStyles[style]);
}

/** Where there is something to read the form is made anew when it is opened; else it is kept as it is. */
function formButton(form: Form, readable: boolean, label: string): Button {
  if (readable) return buttonFor(label, spoken('open', form.command), buttonStyles.primary);
  return keptFormButton(form, label);
}

/** A button that opens exactly this form. */
function keptFormButton(form: Form, label: string): Button {
  return buttonFor(label, spokenKept('form', JSON.stringify(form)), buttonStyles.primary);
}

function buttonFor(label: string, { customId, kept }: Spoken, style: DiscordButton['style']): Button {
  const text = truncateGraphemes(oneLine(label), LABEL_MAX);
  return { button: { type: 2, style, label: text === '' ? '…' : text, custom_id: customId }, kept };
}

/** A message is refused when two of its components have one id. */
function unlike(buttons: readonly Button[]): Button[] {
  return [...new Map(buttons.map((one) => [one.button.custom_id, one])).values()];
}

interface Menu {
  readonly row: DiscordSelectRow;
  readonly kept: readonly Kept[];
}

/** One menu for each label of the rows' actions: `Pause` with all alerts that can be paused. */
function rowMenus(rows: readonly Row[]): Menu[] {
  const labels = [...new Set(rows.flatMap(({ actions }) => actions.map(({ label }) => label)))];
  return labels.map((label, i) => {
    const options = rows.flatMap(({ lines, actions }) =>
      actions
        .filter((action) => action.label === label)
        .map(({ command }) => ({ lines, said: spoken('say', command) })),
    );
    const distinct = [...new Map(options.map((one) => [one.said.customId, one])).values()].slice(0, OPTIONS_MAX);
    const select: DiscordSelect = {
      type: 3,
      custom_id: `pick ${i}`,
      placeholder: truncateGraphemes(oneLine(label), PLACEHOLDER_MAX),
      options: distinct.map(({ lines, said }) => ({
        label: truncateGraphemes(plainLine(lines[0] ?? []) || oneLine(label), OPTION_LABEL_MAX) || '…',
        value: said.customId,
      })),
    };
    return { row: { type: 1, components: [select] }, kept: distinct.flatMap(({ said }) => said.kept ?? []) };
  });
}

function chunked<T>(items: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, i) => items.slice(i * size, (i + 1) * size));
}
