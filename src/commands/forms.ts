import type { Subscription } from '../subscription/subscription.ts';
import { printQuiet, printWhen } from '../subscription/when.ts';
import type { Field, Form } from './card.ts';
import type { Words } from './words/words.ts';

/** What a form for a new subscription starts with. */
export interface NewSubscription {
  readonly query: string;
  readonly name: string;
  readonly when: string;
}

export function addForm(words: Words, { query, name, when }: NewSubscription): Form {
  return {
    title: words.addTitle,
    command: 'add',
    fields: [queryField(words, query), nameField(words, name), whenField(words, when)],
  };
}

export function editForm(words: Words, subscription: Subscription): Form {
  const { id, query, name, when, quiet } = subscription;
  return {
    title: words.editTitle(id),
    command: `edit ${id}`,
    fields: [
      queryField(words, query),
      nameField(words, name),
      whenField(words, printWhen(when)),
      {
        name: 'quiet',
        label: words.quietLabel,
        value: quiet === null ? '' : printQuiet(quiet),
        hint: words.quietHint,
        optional: true,
      },
    ],
  };
}

function queryField(words: Words, value: string): Field {
  return { name: 'query', label: words.queryLabel, value, hint: words.queryHint, optional: false };
}

function nameField(words: Words, value: string): Field {
  return { name: 'name', label: words.nameLabel, value, hint: words.nameHint, optional: true };
}

function whenField(words: Words, value: string): Field {
  return { name: 'when', label: words.whenLabel, value, hint: words.whenHint, optional: true };
}
