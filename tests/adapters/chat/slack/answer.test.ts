import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isOnlyForm, PIECE_CHARS, renderAnswer } from '../../../../adapters/chat/slack/answer.ts';
import { card, type Card, type Line } from '../../../../src/commands/card.ts';

/** The elements of the first rich text of an answer. */
function elements(parts: Partial<Card>): readonly Readonly<Record<string, unknown>>[] {
  const [payload] = renderAnswer(card(parts), 'Change');
  const block = payload?.blocks.find(({ type }) => type === 'rich_text') as
    | { readonly elements: readonly { readonly elements: readonly Readonly<Record<string, unknown>>[] }[] }
    | undefined;
  return block?.elements[0]?.elements ?? [];
}

function buttonsOf(parts: Partial<Card>): Readonly<Record<string, unknown>>[] {
  return renderAnswer(card(parts), 'Change').flatMap(({ blocks }) =>
    blocks.flatMap((block) => (block.type === 'actions' ? [...block.elements] : [])),
  ) as unknown as Readonly<Record<string, unknown>>[];
}

describe('an answer', () => {
  test('shows whatever was typed as it was typed', () => {
    const typed = '*a* _b_ ~c~ `d` <!channel> <@U1> :smile: &amp; > e';
    expect(elements({ lines: [[typed]] })).toEqual([{ type: 'text', text: typed }]);
    expect(elements({ lines: [[{ code: typed }]] })).toEqual([{ type: 'text', text: typed, style: { code: true } }]);
  });

  test('shows the address of a channel as the channel, and calls nobody', () => {
    expect(elements({ lines: [['Alerts come to slack:T1:C2 and slack:T1:@U7.']] })).toEqual([
      { type: 'text', text: 'Alerts come to ' },
      { type: 'channel', channel_id: 'C2' },
      { type: 'text', text: ' and ' },
      { type: 'text', text: 'direct messages' },
      { type: 'text', text: '.' },
    ]);
  });

  test('links only to what its label says, and to nothing but the web', () => {
    const lines = (link: string, url: string): Line[] => [[{ link, url }]];
    expect(elements({ lines: lines('A story', 'https://a.example/1') })).toEqual([
      { type: 'link', url: 'https://a.example/1', text: 'A story' },
    ]);
    expect(elements({ lines: lines('bank.example', 'https://evil.example/') })).toEqual([
      { type: 'text', text: 'bank.example ' },
      { type: 'link', url: 'https://evil.example/', text: 'https://evil.example/' },
    ]);
    expect(elements({ lines: lines('A story', 'javascript:alert(1)') })).toEqual([{ type: 'text', text: 'A story' }]);
  });

  test('says the tone by a mark, and the time in the reader’s own', () => {
    expect(elements({ tone: 'good', title: 'Saved' })).toEqual([
      { type: 'text', text: '✓ Saved', style: { bold: true } },
    ]);
    expect(elements({ tone: 'error', lines: [['No']] })[0]).toEqual({ type: 'text', text: '✗ ' });
    expect(elements({ lines: [[{ time: Date.UTC(2026, 4, 6, 9, 30) }]] })).toEqual([
      { type: 'date', timestamp: 1778059800, format: '{date_short_pretty} {time}', fallback: '2026-05-06 09:30 UTC' },
    ]);
  });

  test('has buttons that say their commands, none for a command that fits into no button', () => {
    const action = (label: string, command: string) => ({ label, command, style: 'plain' }) as const;
    const made = buttonsOf({
      rows: [{ lines: [['a']], actions: [action('Pause', 'pause 1')] }],
      actions: [action('Next', 'list 2'), action('Long', 'x'.repeat(2001))],
    });
    expect(made.map(({ action_id, value }) => [action_id, value])).toEqual([
      ['say:0', 'pause 1'],
      ['say:1', 'list 2'],
    ]);
  });

  test('offers a form that stands beside other things by a button', () => {
    const form = { title: 'Settings', command: 'settings', fields: [] };
    expect(isOnlyForm(card({ form }))).toBe(true);
    const beside = { form, lines: [['quiet off']] };
    expect(isOnlyForm(card(beside))).toBe(false);
    expect(buttonsOf(beside)).toMatchObject([{ action_id: 'form:0', value: 'settings', text: { text: 'Change' } }]);
  });

  test('hands a file over in pieces that together are the file', () => {
    const text = Array.from({ length: 400 }, (_, i) => `line ${i} "quoted"`).join('\n');
    const pieces = renderAnswer(card({ title: 'x', file: { name: 'a.json', text } }), '').flatMap(({ blocks }) =>
      blocks.flatMap((block) =>
        block.type === 'rich_text' && block.elements[0]?.type === 'rich_text_preformatted'
          ? [String((block.elements[0].elements[0] as { readonly text?: string }).text)]
          : [],
      ),
    );
    expect(pieces.length).toBeGreaterThan(1);
    expect(Math.max(...pieces.map(({ length }) => length))).toBeLessThanOrEqual(PIECE_CHARS);
    expect(pieces.join('\n')).toBe(text);
  });

  test('keeps to Slack’s limits whatever is in it', () => {
    const url = fc.constantFrom(
      '',
      'https://a.example/?q=%22',
      'javascript:x',
      `https://a.example/${'x'.repeat(1900)}`,
    );
    const text = fc.oneof(
      { weight: 12, arbitrary: fc.string() },
      { weight: 6, arbitrary: fc.string({ unit: 'binary', maxLength: 60 }) },
      { weight: 1, arbitrary: fc.constant('"\\'.repeat(1600)) },
    );
    const inline = fc.oneof(
      text,
      fc.record({ bold: text }),
      fc.record({ code: text }),
      fc.record({ link: text, url: url }),
    );
    const line = fc.array(inline, { maxLength: 4 });
    const action = fc.record({
      label: text,
      command: text,
      style: fc.constantFrom('plain' as const, 'danger' as const),
    });
    const row = fc.record({ lines: fc.array(line, { maxLength: 3 }), actions: fc.array(action, { maxLength: 4 }) });
    const story = fc.record({ title: text, summary: text, url: url, source: text, published: fc.constant('') });
    const any = fc.record({
      title: text,
      lines: fc.array(line, { maxLength: 30 }),
      rows: fc.array(row, { maxLength: 15 }),
      stories: fc.array(story, { maxLength: 10 }),
      actions: fc.array(action, { maxLength: 8 }),
    });
    fc.assert(
      fc.property(any, (parts) => {
        for (const { text: top, blocks } of renderAnswer(card(parts), 'Change')) {
          expect(top).not.toBe('');
          expect(top.length).toBeLessThanOrEqual(4000);
          expect(blocks.length).toBeLessThanOrEqual(50);
          expect(JSON.stringify(blocks).length).toBeLessThan(11_000);
          expect(JSON.stringify(blocks)).not.toContain('"text":""');
        }
      }),
      { numRuns: 25 },
    );
  }, 60_000);
});
