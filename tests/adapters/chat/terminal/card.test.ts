import { describe, expect, test } from 'vitest';
import { renderCard } from '../../../../adapters/chat/terminal/card.ts';
import type { Surface } from '../../../../adapters/chat/terminal/paint.ts';
import { card } from '../../../../src/commands/card.ts';

const plain: Surface = { columns: 70, color: false, hyperlinks: false };
const present = { now: Date.UTC(2026, 10, 25, 5, 2), timeZone: 'Asia/Seoul' };

describe('the answer to a command', () => {
  test.each([
    ['plain', 'Saved'],
    ['good', '✓ Saved'],
    ['warning', '! Saved'],
    ['error', '✗ Saved'],
  ] as const)('of tone %s begins %j', (tone, text) => {
    expect(renderCard(card({ tone, title: 'Saved' }), plain, present)).toBe(text);
  });

  test('shows every kind of inline text', () => {
    const lines = [
      ['Stories about ', { bold: 'Japan' }, ', see ', { link: 'the rules', url: 'https://example.org/q' }, '.'],
      [],
      ['Next at ', { time: Date.UTC(2026, 10, 25, 23, 0) }, ', undo with ', { code: '/news undo 3' }],
    ];
    expect(renderCard(card({ lines }), plain, present)).toBe(
      '  Stories about Japan, see the rules <https://example.org/q>.\n\n  Next at Thu 26 Nov 08:00, undo with /news undo 3',
    );
  });

  test('links where the terminal can, unless the label would pass for an address', () => {
    const lines = [
      [{ link: 'the rules', url: 'https://example.org/q' }],
      [{ link: 'bank.example', url: 'https://evil.example/' }],
    ];
    expect(renderCard(card({ lines }), { ...plain, hyperlinks: true }, present)).toBe(
      '  \u001B]8;;https://example.org/q\u001B\\the rules\u001B]8;;\u001B\\\n  bank.example <https://evil.example/>',
    );
  });

  test('shows actions as commands to type', () => {
    const rows = [1, 2].map((id) => ({
      lines: [[`#${id} query`], ['instant']],
      actions: ['pause', 'remove'].map((word) => ({ label: word, command: `${word} ${id}`, style: 'plain' as const })),
    }));
    const actions = [{ label: 'Undo', command: 'undo 3', style: 'danger' as const }];
    expect(renderCard(card({ title: 'Alerts', rows, actions }), plain, present)).toBe(
      [
        'Alerts',
        '',
        '  #1 query',
        '    instant',
        '    /news pause 1 · /news remove 1',
        '',
        '  #2 query',
        '    instant',
        '    /news pause 2 · /news remove 2',
        '',
        '  Undo: /news undo 3',
      ].join('\n'),
    );
  });

  test('keeps rows of one line together', () => {
    const rows = ['a', 'b'].map((text) => ({ lines: [[text]], actions: [] }));
    expect(renderCard(card({ title: 'List', rows }), plain, present)).toBe('List\n\n  a\n  b');
  });

  test('shows a form as the command with its options, and what was wrong', () => {
    const form = {
      title: 'Edit #1',
      command: 'edit 1',
      fields: [
        { name: 'query', label: 'Query', value: 'Japan', hint: '', optional: false },
        { name: 'name', label: 'Name', value: '', hint: 'shown instead of the query', optional: true },
        {
          name: 'when',
          label: 'When',
          value: '',
          hint: '',
          optional: false,
          choices: [
            { value: 'instant', label: 'At once' },
            { value: 'hourly', label: 'Hourly' },
          ],
        },
      ],
    };
    const fieldErrors = { when: 'say when' };
    expect(renderCard(card({ form, fieldErrors }), plain, present)).toBe(
      [
        '  Edit #1',
        '  /news edit 1 --query Japan --when <When>',
        '    --query  Query',
        '    --name   Name; shown instead of the query',
        '    --when   When; one of instant, hourly ✗ say when',
      ].join('\n'),
    );
  });

  test('never lets text of a member or a feed drive the terminal', () => {
    const evil = '\u001B[2J\u001B]8;;https://evil.example\u0007\u202E\u0007x';
    const shown = renderCard(
      card({
        title: evil,
        lines: [
          [
            evil,
            { bold: evil },
            { code: evil },
            { link: evil, url: evil },
            { link: evil, url: `https://a.example/${evil}` },
          ],
        ],
        rows: [{ lines: [[evil]], actions: [{ label: evil, command: evil, style: 'plain' }] }],
        stories: [{ title: evil, summary: evil, url: evil, source: evil, published: evil }],
        actions: [{ label: evil, command: evil, style: 'danger' }],
        form: {
          title: evil,
          command: evil,
          fields: [
            {
              name: evil,
              label: evil,
              value: evil,
              hint: evil,
              optional: false,
              choices: [{ value: evil, label: evil }],
            },
          ],
        },
      }),
      plain,
      present,
    );
    expect(shown).not.toMatch(/[\u0000-\u0009\u000B-\u001F\u007F-\u009F\u202E]/);
  });
});
