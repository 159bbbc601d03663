import { placeFrom, type PlaceSettings } from '../delivery/place.ts';
import { parseQuiet, parseWhen, printQuiet, printWhen } from '../subscription/when.ts';
import { card, type Card, type Form, type Line } from './card.ts';
import type { Ask, Desk, Handler } from './desk.ts';
import { failed, wrongTime } from './mistakes.ts';

/** What a channel, or a member's direct messages, sets for itself. */
export function placeHandlers({ store, rules }: Desk): Readonly<Record<'settings', Handler>> {
  return {
    async settings(ask) {
      const { words, speaker, options, place } = ask;
      const given = Object.keys(options);
      if (given.length === 0) return shown(ask, place, rules.timeZone);
      if (!speaker.manager && !speaker.direct) return failed(words.managersSettings);
      const changed = applied(ask);
      if ('tone' in changed) return changed;
      await store.putDocument('place', speaker.destination, changed, null);
      return { ...shown(ask, placeFrom(changed), rules.timeZone), tone: 'good', title: words.settingsSaved };
    },
  };
}

/** The settings with what the options change, or the card that says what is wrong with them. An empty option resets. */
function applied({ options, place, words }: Ask): PlaceSettings | Card {
  let after = place;
  const { timezone, quiet, when, alerts, feeds, language } = options;
  if (timezone !== undefined) {
    const name = timezone === '' ? null : timeZoneNamed(timezone);
    if (name === undefined) return failed(words.noTimeZone(timezone), { timezone: words.noTimeZone(timezone) });
    after = { ...after, timeZone: name };
  }
  if (quiet !== undefined) {
    const read = quiet === '' ? ({ ok: true, quiet: null } as const) : parseQuiet(quiet);
    if (!read.ok) return wrongTime(words, 'quiet', read.problem);
    after = { ...after, quiet: read.quiet };
  }
  if (when !== undefined && when !== '') {
    const read = parseWhen(when);
    if (!read.ok) return wrongTime(words, 'when', read.problem);
    after = { ...after, when: read.when };
  }
  if (alerts !== undefined && alerts !== '') after = { ...after, alerts: whoFrom(alerts) };
  if (feeds !== undefined && feeds !== '') after = { ...after, feeds: whoFrom(feeds) };
  if (language !== undefined)
    after = { ...after, language: /^(?:auto)?$/iu.test(language) ? null : language.toLowerCase() };
  return after;
}

function shown(ask: Ask, place: PlaceSettings, timeZone: string): Card {
  const { words, speaker } = ask;
  const rows: readonly (readonly [string, string])[] = [
    ['timezone', place.timeZone ?? (speaker.timeZone === '' ? timeZone : speaker.timeZone)],
    ['quiet', printQuiet(place.quiet)],
    ['when', printWhen(place.when)],
    ['alerts', place.alerts],
    ['feeds', place.feeds],
    ['language', place.language ?? 'auto'],
  ];
  const lines = rows.map(([name, value]): Line => [{ bold: name }, ` ${value}  `, words.settingHints[name] ?? '']);
  const form: Form = {
    title: words.settingsTitle,
    command: 'settings',
    fields: rows.map(([name, value]) => ({
      name,
      label: name,
      value,
      hint: words.settingHints[name] ?? '',
      optional: true,
    })),
  };
  const changeable = speaker.manager || speaker.direct;
  return card({
    title: words.settingsTitle,
    lines: [...lines, ...(changeable ? [words.settingsExample] : [])],
    ...(changeable && ask.limits.forms ? { form } : {}),
  });
}

/** The IANA name of a time zone typed in any case; undefined for none. */
function timeZoneNamed(typed: string): string | undefined {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: typed.trim().replaceAll(' ', '_') }).resolvedOptions().timeZone;
  } catch {
    return undefined;
  }
}

function whoFrom(typed: string): 'everyone' | 'managers' {
  return typed.toLowerCase() === 'managers' ? 'managers' : 'everyone';
}
