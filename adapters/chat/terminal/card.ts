import type { Action, Card, Form, Inline, Line } from '../../../src/commands/card.ts';
import { asciiUrl, looksLikeAddress, oneLine } from '../../../src/delivery/sanitize.ts';
import { paragraph, unwrapped, type Color, type Run, type Surface } from './paint.ts';
import { renderStory } from './story.ts';
import { age, localTime, type Present } from './time.ts';

const INDENT = 2;

const tones: Readonly<Record<Card['tone'], Run | null>> = {
  plain: null,
  good: { text: '✓ ', color: 'green', bold: true },
  warning: { text: '! ', color: 'yellow', bold: true },
  error: { text: '✗ ', color: 'red', bold: true },
};

/** The answer to a command as text. What other chats show as buttons and forms stands as commands to type; `card.file` is not in it. */
export function renderCard(card: Card, surface: Surface, now: Present): string {
  const present = { ...now, language: card.language ?? 'en' };
  const blocks = [
    [...renderTitle(card, surface), ...card.lines.flatMap((line) => renderLine(line, surface, present, INDENT))],
    ...renderRows(card, surface, present),
    ...card.stories.map((story) => renderStory(story, surface, present)),
    card.actions.map((action) => renderAction(action, surface)),
    card.form === undefined ? [] : renderForm(card.form, card.fieldErrors ?? {}, surface),
  ];
  return blocks
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n');
}

function renderTitle({ tone, title }: Card, surface: Surface): string[] {
  const mark = tones[tone];
  const runs: Run[] = [{ text: oneLine(title), bold: true }];
  return mark === null ? paragraph(runs, surface) : paragraph(runs, surface, INDENT, mark);
}

/** Rows of one line each stand together; longer ones are parted by a blank line. */
function renderRows({ rows }: Card, surface: Surface, present: Present): string[][] {
  const rendered = rows.map(({ lines, actions }) => [
    ...lines.flatMap((line, at) => renderLine(line, surface, present, at === 0 ? INDENT : 2 * INDENT)),
    ...renderRowActions(actions, surface),
  ]);
  return rendered.every((lines) => lines.length <= 1) ? [rendered.flat()] : rendered;
}

function renderLine(line: Line, surface: Surface, present: Present, indent: number): string[] {
  const runs = line.flatMap((inline) => renderInline(inline, surface, present));
  return runs.every((run) => run.text === '') ? [''] : paragraph(runs, surface, indent);
}

function renderInline(inline: Inline, surface: Surface, present: Present): Run[] {
  if (typeof inline === 'string') return [{ text: inline }];
  if ('bold' in inline) return [{ text: inline.bold, bold: true }];
  if ('code' in inline) return [{ text: inline.code, color: 'cyan' }];
  if ('time' in inline) return [{ text: told(inline.time, present) }];
  const url = asciiUrl(inline.url);
  if (url === '' || inline.link === inline.url) return [{ text: inline.link, url }];
  if (surface.hyperlinks && !looksLikeAddress(inline.link)) return [{ text: inline.link, url }];
  return [{ text: `${inline.link} ` }, { text: `<${url}>`, dim: true }];
}

function told(at: number, present: Present): string {
  const [local, past] = [localTime(at, present), age(at, present)];
  return past === '' ? local : `${local} (${past})`;
}

function renderRowActions(actions: readonly Action[], surface: Surface): string[] {
  if (actions.length === 0) return [];
  const text = actions.map(({ command }) => `/news ${oneLine(command)}`).join(' · ');
  return paragraph([{ text, dim: true }], surface, 2 * INDENT);
}

function renderAction({ label, command, style }: Action, surface: Surface): string {
  const color: Color = style === 'danger' ? 'red' : 'cyan';
  return unwrapped([{ text: `${oneLine(label)}: ` }, { text: `/news ${oneLine(command)}`, color }], surface, INDENT);
}

/** The command a form stands for, with the values it was opened with, and a word on each option. */
function renderForm(
  { title, command, fields }: Form,
  errors: Readonly<Record<string, string>>,
  surface: Surface,
): string[] {
  const filled = fields.filter(({ value, optional }) => value !== '' || !optional);
  const options = filled.map(({ name, value, label }) => `--${name} ${value === '' ? `<${label}>` : value}`);
  const width = Math.max(0, ...fields.map(({ name }) => name.length));
  return [
    ...paragraph([{ text: title, bold: true }], surface, INDENT),
    unwrapped([{ text: oneLine(['/news', command, ...options].join(' ')), color: 'cyan' }], surface, INDENT),
    ...fields.flatMap((field) => {
      const choices = field.choices?.map(({ value }) => value).join(', ') ?? '';
      const words = [field.label, field.hint, choices === '' ? '' : `one of ${choices}`].filter((part) => part !== '');
      const error = errors[field.name];
      const lead = { text: `${' '.repeat(2 * INDENT)}--${field.name.padEnd(width)}  `, dim: true };
      const runs: Run[] = [
        { text: words.join('; '), dim: true },
        ...(error === undefined ? [] : [{ text: ` ✗ ${error}`, color: 'red' as const }]),
      ];
      return paragraph(runs, surface, 2 * INDENT + width + 4, lead);
    }),
  ];
}
