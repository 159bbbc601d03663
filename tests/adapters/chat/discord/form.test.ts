import { expect, test } from 'vitest';
import { renderForm } from '../../../../adapters/chat/discord/form.ts';
import type { Field } from '../../../../src/commands/card.ts';

function field(name: string, parts: Partial<Field> = {}): Field {
  return { name, label: name, value: '', hint: '', optional: true, ...parts };
}

test('a form is a modal whose id says its command', () => {
  const query = field('query', { label: 'Query', value: 'Japan', hint: 'words', optional: false });
  const { modal, kept } = renderForm({ title: 'Alert #3', command: 'edit 3', fields: [query, field('name')] });
  expect(kept).toBeNull();
  expect(modal).toMatchObject({
    title: 'Alert #3',
    custom_id: 'fill edit 3',
    components: [
      {
        type: 18,
        label: 'Query',
        description: 'words',
        component: { type: 4, custom_id: 'query', style: 2, required: true, value: 'Japan' },
      },
      { component: { custom_id: 'name', style: 1, required: false } },
    ],
  });
  expect(modal.components[1]).not.toHaveProperty('description');
  expect(modal.components[1]?.component).not.toHaveProperty('value');
});

test('everything in a modal keeps within Discord’s limits', () => {
  const long = 'longer than it may be '.repeat(300);
  const fields = Array.from({ length: 9 }, (_, i) => field(`f${i}`, { label: long, value: long, hint: long }));
  const { modal } = renderForm({ title: long, command: 'settings', fields });
  expect(modal.title.length).toBeLessThanOrEqual(45);
  expect(modal.components).toHaveLength(5);
  for (const { label, description = '', component } of modal.components) {
    expect(label.length).toBeLessThanOrEqual(45);
    expect(description.length).toBeLessThanOrEqual(100);
    expect(component.value?.length).toBeLessThanOrEqual(component.max_length);
  }
});
