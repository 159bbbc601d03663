import { describe, expect, test } from 'vitest';
import { renderAnswer, type Answer } from '../../../../adapters/chat/discord/answer.ts';
import { card, type Card, type Row } from '../../../../src/commands/card.ts';

const hostile = '@everyone [a](https://evil.example) <t:1:R> **b** `c` '.repeat(40);

function rowsOf(count: number): Row[] {
  return Array.from({ length: count }, (_, i) => ({
    lines: [[{ bold: `#${i + 1}` }, ' ', { code: 'asset seizure' }], ['instant · active']],
    actions: [
      { label: 'Pause', command: `pause ${i + 1}`, style: 'plain' },
      { label: 'Edit', command: `edit ${i + 1}`, style: 'plain' },
      { label: 'Remove', command: `remove ${i + 1}`, style: 'danger' },
    ],
  }));
}

/** What Discord documents of messages, counted over an answer. */
function brokenLimits({ messages }: Answer): string[] {
  const broken: string[] = [];
  for (const { embeds, components } of messages) {
    const length = embeds.reduce((sum, embed) => {
      return sum + (embed.title ?? '').length + (embed.description ?? '').length + (embed.footer?.text ?? '').length;
    }, 0);
    if (embeds.length === 0 || embeds.length > 10) broken.push(`${embeds.length} embeds`);
    if (length > 6000) broken.push(`${length} characters`);
    if (embeds.some(({ title = '', description = '' }) => title.length > 256 || description.length > 4096))
      broken.push('embed');
    if (components.length > 5) broken.push(`${components.length} rows`);
    const parts = components.flatMap((row) => [...row.components]);
    if (new Set(parts.map(({ custom_id: id, type }) => id ?? type)).size < parts.length) broken.push('same ids');
    if (components.some((row) => row.components.length > 5)) broken.push('buttons in a row');
    for (const part of parts) {
      if ((part.custom_id ?? '').length > 100) broken.push('custom_id');
      if (part.type === 2 && (part.label.length > 80 || part.label === '')) broken.push('label');
      if (part.type === 3 && (part.options.length > 25 || part.options.length === 0)) broken.push('options');
      if (part.type === 3 && part.options.some(({ label, value }) => label.length > 100 || value.length > 100))
        broken.push('option');
    }
  }
  return broken;
}

const long = 'word '.repeat(2000);
const cards: readonly (readonly [string, Partial<Card>])[] = [
  ['empty', {}],
  ['only a title', { title: 'Saved' }],
  ['an endless title', { title: long }],
  ['endless lines', { lines: Array.from({ length: 400 }, () => [hostile]) }],
  ['one endless line', { lines: [Array.from({ length: 100 }, () => hostile)] }],
  ['fifteen rows', { rows: rowsOf(15), actions: [{ label: 'Next page', command: 'list 2', style: 'plain' }] }],
  ['a hundred rows', { rows: rowsOf(100) }],
  ['endless commands', { actions: [{ label: long, command: `add ${long}`, style: 'primary' }] }],
  [
    'thirty buttons',
    { actions: Array.from({ length: 30 }, (_, i) => ({ label: 'x', command: `show ${i}`, style: 'plain' })) },
  ],
  [
    'the same button twice',
    { actions: Array.from({ length: 2 }, () => ({ label: 'x', command: 'list', style: 'plain' })) },
  ],
  [
    'a dozen stories',
    {
      title: 'Found',
      stories: Array.from({ length: 12 }, () => ({ title: long, summary: long, url: '', source: '', published: '' })),
    },
  ],
  ['a form and nothing else', { form: { title: 'Edit', command: 'edit 1', fields: [] } }],
];

describe('an answer', () => {
  test.each(cards)('of %s keeps within Discord’s limits', (_, parts) => {
    expect(brokenLimits(renderAnswer(card(parts)))).toEqual([]);
  });

  test('shows text as text', () => {
    const [message] = renderAnswer(card({ title: '@here', lines: [[hostile]] })).messages;
    expect(message?.embeds[0]?.title).toBe('\\@here');
    expect(message?.embeds[0]?.description).not.toMatch(/(?<!\\)[@<[*`]/u);
  });

  test('shows times in the reader’s own zone, and links unless their label would pass for an address', () => {
    const [message] = renderAnswer(
      card({
        lines: [
          [{ time: 1_764_063_000_000 }],
          [{ link: 'the rules', url: 'https://example.org/a_(b)' }],
          [{ link: 'bank.example', url: 'https://evil.example/' }],
        ],
      }),
    ).messages;
    expect(message?.embeds[0]?.description).toBe(
      '<t:1764063000:f> (<t:1764063000:R>)\n[the rules](https://example.org/a_%28b%29)\nbank.example <https://evil.example/>',
    );
  });

  test('gives one row its buttons, and several rows a menu for each kind of action', () => {
    const [one] = renderAnswer(card({ rows: rowsOf(1) })).messages;
    expect(one?.components.map((row) => row.components.map((part) => part.custom_id))).toEqual([
      ['say pause 1', 'say edit 1', 'say remove 1'],
    ]);
    const [many] = renderAnswer(
      card({ rows: rowsOf(3), actions: [{ label: 'Next page', command: 'list 2', style: 'plain' }] }),
    ).messages;
    const menus = many?.components.slice(0, 3).map((row) => row.components[0]);
    expect(menus).toMatchObject(
      ['Pause', 'Edit', 'Remove'].map((placeholder) => ({
        placeholder,
        options: [1, 2, 3].map((id) => ({
          label: `#${id} asset seizure`,
          value: `say ${placeholder.toLowerCase()} ${id}`,
        })),
      })),
    );
    expect(many?.components[3]?.components).toMatchObject([{ label: 'Next page', custom_id: 'say list 2' }]);
  });

  test('keeps a command that is too long for a button', () => {
    const command = `add ${'Japan '.repeat(30)}`;
    const { messages, kept } = renderAnswer(
      card({ title: 'x', actions: [{ label: 'Add', command, style: 'primary' }] }),
    );
    expect(kept.map(({ text }) => text)).toEqual([command]);
    expect(messages[0]?.components[0]?.components[0]?.custom_id).toBe(`say~${kept[0]?.id}`);
  });

  test('offers a form to be corrected with all that was typed', () => {
    const form = {
      title: 'New alert',
      command: 'add',
      fields: [{ name: 'query', label: 'Query', value: '"Japan', hint: '', optional: false }],
    };
    const { kept } = renderAnswer(card({ tone: 'error', lines: [['A quote is not closed.']] }), form);
    expect(kept.map(({ text }) => JSON.parse(text) as unknown)).toEqual([form]);
  });
});
