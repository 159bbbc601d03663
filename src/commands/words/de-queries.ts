import { joined } from '../../subscription/reading-words.ts';
import type { Words } from './en.ts';

const fields: Readonly<Record<'title' | 'summary' | 'body', string>> = {
  title: 'im Titel',
  summary: 'in der Zusammenfassung',
  body: 'im Text',
};

/** What is said of queries and times, in German. */
export const queriesInGerman: Words['queries'] = {
  problem(problem) {
    switch (problem.code) {
      case 'empty':
        return 'Hier gibt es nichts zu suchen: Gib ein oder zwei Wörter ein.';
      case 'too long':
        return `Das sind ${problem.length} Zeichen; eine Suche darf ${problem.most} haben.`;
      case 'no word':
        return 'Hier steht kein Wort, das sich suchen lässt: Es braucht Buchstaben oder Ziffern.';
      case 'common word':
        return `„${problem.typed}“ ist zu häufig, um allein danach zu suchen. In Anführungszeichen wird genau danach gesucht.`;
      case 'only exclusions':
        return 'Hier steht nur, was wegbleiben soll. Gib auch ein, wonach gesucht werden soll.';
      case 'empty exclusion':
        return 'Nach diesem Ausschluss steht nichts.';
      case 'open quotation':
        return 'Dieses Anführungszeichen wird nicht geschlossen.';
      case 'open bracket':
        return 'Diese Klammer wird nicht geschlossen.';
      case 'stray bracket':
        return 'Diese Klammer schließt nichts.';
      case 'empty brackets':
        return 'In diesen Klammern gibt es nichts zu suchen.';
      case 'nested too deep':
        return 'Die Klammern sind zu tief verschachtelt.';
      case 'OR without a side':
        return 'OR braucht auf beiden Seiten einen Begriff.';
      case 'empty side of OR':
        return `Auf jeder Seite von OR muss etwas zu suchen sein: Bei „${problem.side}“ ist nichts.`;
      case 'NEAR without a number':
        return `NEAR braucht eine Zahl von Wörtern von 1 bis ${problem.most}, zum Beispiel NEAR/5.`;
      case 'NEAR without terms':
        return 'NEAR steht zwischen zwei Wörtern, Namen oder Phrasen.';
      case 'NEAR of three':
        return 'NEAR verbindet zwei Begriffe, nicht mehr.';
      case 'short prefix':
        return 'Vor dem Stern müssen mindestens zwei Buchstaben stehen.';
      case 'empty field':
        return `Nach ${problem.field}: steht nichts.`;
      case 'no field':
        return `Ein Feld „${problem.typed}“ gibt es nicht. Meintest du ${problem.nearest}? Die Felder sind ${problem.fields.join(', ')}.`;
      case 'no language':
        return `„${problem.typed}“ ist kein Sprachcode. Codes sehen aus wie en, ja oder de${problem.meant === '' ? '.' : `: Meintest du lang:${problem.meant}?`}`;
      case 'address':
        return 'Eine Adresse ist kein Wort einer Meldung. Mit source: findest du, was eine Website veröffentlicht.';
    }
  },
  caution(caution) {
    switch (caution.code) {
      case 'whole country':
        return `„${caution.typed}“ allein ist ein ganzes Land: Das können viele Meldungen sein. Ein zweites Wort grenzt es ein.`;
      case 'whole language':
        return 'Alles in einer Sprache sind viele Meldungen. Ein Wort grenzt es ein.';
      case 'year':
        return `„${caution.typed}“ allein ist eine Jahreszahl, die in vielen Meldungen steht. Ein zweites Wort grenzt es ein.`;
      case 'common word':
        return `„${caution.typed}“ ist ein sehr häufiges Wort: Das können viele Meldungen sein. Ein zweites Wort grenzt es ein.`;
      case 'short prefix':
        return `„${caution.typed}*“ ist kurz und passt auf viele Wörter. Ein dritter Buchstabe grenzt es ein.`;
      case 'small or':
        return `Ein kleines „or“ zählt nicht: Gesucht wird beides. Für eines von beiden schreib ${caution.either}.`;
      case 'contradiction':
        return `„${caution.term}“ wird zugleich gesucht und ausgeschlossen: Nichts kann passen.`;
    }
  },
  time({ code, typed }) {
    switch (code) {
      case 'no day':
        return `„${typed}“ ist kein Wochentag. Schreib ihn als Mon oder Tue.`;
      case 'no time of day':
        return `„${typed}“ ist keine Uhrzeit. Schreib sie als 08:00.`;
      case 'no time to send':
        return `„${typed}“ geht als Sendezeit nicht. Möglich sind instant, hourly, daily 08:00 oder weekly Mon 08:00.`;
      case 'no quiet hours':
        return `„${typed}“ sind keine Ruhezeiten. Sie sehen aus wie 22:00-07:00, oder off für keine.`;
    }
  },
  reading: {
    language: 'de',
    stories: (about, which, without) => [
      ...(about === null ? ['Meldungen'] : ['Meldungen über ', ...about]),
      ...which.flat(),
      ...(without === null ? [] : [', aber nicht über ', ...without]),
    ],
    such: (which) => ['Meldungen', ...which],
    written: (language) => [' auf ', { bold: language }],
    published: (source) => [' von ', { bold: source }],
    all: (items) => joined(items, ', ', ' und '),
    any: (items) => joined(items, ', ', ' oder '),
    neither: (items) => joined(items, ', ', ' oder '),
    not: (item) => ['nicht ', ...item],
    also: (names) => ` (auch ${names.join(', ')} …)`,
    alsoJoined: (word) => ` (auch ${word})`,
    inCapitals: ' (in Großbuchstaben)',
    asWritten: ' (genau so geschrieben)',
    prefix: (text) => ['Wörter, die mit ', { bold: text }, ' beginnen'],
    phrase: (text) => ['die Phrase ', { bold: `„${text}“` }],
    word: (text) => ['das Wort ', { bold: `„${text}“` }],
    within: (text, most) => ['die Wörter ', { bold: text }, ` höchstens ${most} auseinander`],
    near: (left, most, right) => [...left, ` höchstens ${most} Wörter entfernt von `, ...right],
    inField: (item, field) => [...item, ` ${fields[field]}`],
  },
};
