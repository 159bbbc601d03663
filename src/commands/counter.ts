import type { Logger } from '../log.ts';
import type { Metrics } from '../metrics.ts';
import { placeFrom } from '../delivery/place.ts';
import { allow, lose, refuse } from '../delivery/reach.ts';
import type { Clock, Counter } from '../ports.ts';
import { platformOf, scopeOf } from '../subscription/destination.ts';
import { printWhen } from '../subscription/when.ts';
import { card, type Card } from './card.ts';
import { complete } from './complete.ts';
import type { Ask, Desk, Handler } from './desk.ts';
import { examplesOf } from './examples.ts';
import { feedHandlers } from './feed-list.ts';
import { addForm } from './forms.ts';
import { about, helpHandlers } from './help.ts';
import { failed } from './mistakes.ts';
import { checkCommand, parseCommand, type ParsedCommand, type ParseFailure } from './parse.ts';
import { placeHandlers } from './place-settings.ts';
import { previewHandlers } from './preview.ts';
import type { Request } from './request.ts';
import { subscriptionHandlers } from './subscriptions.ts';
import type { CommandName, CommandSpec } from './table.ts';
import { transferHandlers } from './transfer.ts';
import { whyHandlers } from './why.ts';
import { wordsFor, type Words } from './words/words.ts';

/** The counter: takes what a member said, in whatever chat, and gives the card that answers it. */
export function createCounter(
  desk: Desk & { readonly clock: Clock; readonly log: Logger; readonly metrics: Metrics; readonly language: string },
): Counter {
  const handlers: Readonly<Record<CommandName, Handler>> = {
    ...subscriptionHandlers(desk),
    ...previewHandlers(desk),
    ...whyHandlers(desk),
    ...feedHandlers(desk),
    ...placeHandlers(desk),
    ...transferHandlers(desk),
    ...helpHandlers(),
  };

  async function answer(request: Request): Promise<Card> {
    const { speaker, said } = request;
    const parsed = typeof said === 'string' ? parseCommand(said) : checkCommand(said);
    if (parsed.ok) desk.metrics.commands.inc({ command: parsed.spec.name });
    let words = wordsFor([speaker.locale, desk.language]);
    try {
      const place = placeFrom(await desk.store.getDocument('place', speaker.destination));
      words = wordsFor([place.language ?? '', speaker.locale, desk.language]);
      const answered = parsed.ok ? await carryOut(request, parsed, place, words) : explain(words, parsed.failure);
      return { ...answered, language: words.language };
    } catch (error) {
      desk.log.error({ err: error, command: parsed.ok ? parsed.spec.name : '' }, 'a command failed');
      return { ...failed(words.somethingBroke), language: words.language };
    }
  }

  async function carryOut(
    request: Request,
    { spec, options }: Extract<ParsedCommand, { ok: true }>,
    place: Ask['place'],
    words: Words,
  ): Promise<Card> {
    const ask = await askFrom(request, options, place, words);
    const missing = spec.options.find(({ name, required }) => required && (options[name] ?? '').trim() === '');
    return missing ? whatIsMissing(ask, spec) : handlers[spec.name](ask);
  }

  async function askFrom(
    { speaker, file }: Request,
    options: Ask['options'],
    place: Ask['place'],
    words: Words,
  ): Promise<Ask> {
    const limits = desk.chats.get(platformOf(speaker.destination))?.limits;
    if (!limits) throw new Error(`No chat for ${speaker.destination}`);
    return { speaker, options, file: file ?? '', place, limits, words, now: desk.clock.now() };
  }

  return {
    answer,

    async complete(request, limit) {
      const text = typeof request.said === 'string' ? request.said : request.said.name;
      return complete(desk, request.speaker, text, limit);
    },

    async reach({ prefix, reachable, reason }) {
      if (reachable) await allow(desk.store, prefix);
      // Of a workspace that is gone nobody can be told; of a channel in one that is there, they can.
      else if (scopeOf(prefix) === prefix) await refuse(desk.store, prefix, reason, desk.clock.now());
      else await lose(desk, prefix, reason, desk.clock.now());
    },
  };
}

/** A command without what it needs: its form where the chat has forms, else how to say it. */
function whatIsMissing({ limits, words, options, place }: Ask, spec: CommandSpec): Card {
  if (spec.name === 'add' && limits.forms) {
    const { name = '', when = printWhen(place.when) } = options;
    return card({ form: addForm(words, { query: '', name, when }) });
  }
  return { ...about(words, spec), tone: 'warning' };
}

/** What was typed is no command: the nearest one, and an example that works. */
function explain(words: Words, failure: ParseFailure): Card {
  switch (failure.kind) {
    case 'empty':
      return card({ title: words.hello, lines: [words.addExample, words.helpExample] });
    case 'unknown command': {
      const { typed, nearest, after } = failure;
      if (nearest === '')
        return card({ tone: 'error', lines: [[words.noCommand(typed)], words.addExample, words.helpExample] });
      const [usual = nearest] = examplesOf(nearest as CommandName);
      const example = after === '' ? usual : `${nearest} ${after}`;
      return card({
        tone: 'error',
        lines: [[words.noCommand(typed)], [words.didYouMean, { code: `/news ${example}` }]],
      });
    }
    case 'unknown option': {
      const { command, typed, nearest } = failure;
      const hint = nearest === '' ? [] : [[words.didYouMean, { code: `--${nearest}` }]];
      return card({
        ...about(words, command),
        tone: 'error',
        title: words.noOption(command.name, typed),
        lines: [...hint, ...about(words, command).lines],
      });
    }
    case 'wrong choice': {
      const { option, typed } = failure;
      const text = words.wrongChoice(option.name, typed, option.choices ?? []);
      return failed(text, { [option.name]: text });
    }
  }
}
