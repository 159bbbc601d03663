import { card, type Card, type Line } from './card.ts';
import type { Ask, Handler } from './desk.ts';
import { examplesOf } from './examples.ts';
import { nearest } from './parse.ts';
import { commandTable, type CommandSpec, type OptionSpec } from './table.ts';
import { summaryOf, type Words } from './words/words.ts';

/** Help, made from the table of commands. */
export function helpHandlers(): Readonly<Record<'help', Handler>> {
  return {
    async help(ask) {
      const typed = (ask.options['command'] ?? '')
        .trim()
        .toLowerCase()
        .replace(/^\/?news\s+/u, '');
      if (typed === '') return overview(ask);
      const shown = commandTable.filter(({ hidden }) => !hidden);
      const names = shown.map(({ name }) => name);
      const spec = shown.find(({ name }) => name === typed) ?? shown.find(({ name }) => name === nearest(typed, names));
      return spec ? about(ask.words, spec) : overview(ask);
    },
  };
}

function overview({ words }: Ask): Card {
  const shown = commandTable.filter(({ hidden }) => !hidden);
  return card({
    title: words.helpTitle,
    lines: [
      [words.helpIntro],
      ...shown.map((spec): Line => [{ code: usage(spec) }, `  ${summaryOf(words, spec.name)}`]),
      ...words.helpQueries,
    ],
  });
}

/** One command in full. */
export function about(words: Words, spec: CommandSpec): Card {
  return card({
    title: `/news ${usage(spec)}`,
    lines: [
      [summaryOf(words, spec.name)],
      ...spec.options.map((option): Line => [{ bold: option.name }, ` ${words.optionHints[option.kind]}`]),
      ...examplesOf(spec.name).map((example): Line => [words.example, { code: `/news ${example}` }]),
    ],
  });
}

/** `pause <id> [for]`. */
function usage({ name, options }: CommandSpec): string {
  return [name, ...options.map(optionUsage)].join(' ');
}

function optionUsage({ name, required, positional }: OptionSpec): string {
  if (!positional) return `[--${name} …]`;
  return required ? `<${name}>` : `[${name}]`;
}
