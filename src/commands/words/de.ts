import type { When } from '../../subscription/subscription.ts';
import { queriesInGerman } from './de-queries.ts';
import { counter } from './plural.ts';
import type { Words } from './en.ts';
import { feedReason, postReason } from './de-reasons.ts';

const count = counter('de');

/** Everything that the program says to members, in German. */
export const de: Words = {
  language: 'de',

  // commands and help
  summaries: {
    add: 'Bei jeder neuen Meldung, die passt, benachrichtigt werden',
    list: 'Die Alerts hier',
    show: 'Ein Alert im Einzelnen',
    edit: 'Suche, Name, Zeit oder Ziel eines Alerts ändern',
    remove: 'Einen Alert löschen; eine Weile lässt sich das rückgängig machen',
    pause: 'Einen Alert pausieren, auf Zeit oder bis auf Weiteres',
    resume: 'Einen pausierten Alert fortsetzen',
    preview: 'Was eine Suche in den letzten Tagen gefunden hätte',
    why: 'Warum eine Meldung kam, oder warum nicht',
    search: 'In den gespeicherten Meldungen der letzten Tage suchen',
    feeds: 'Die beobachteten Feeds und ihr Zustand',
    'feeds add': 'Einen weiteren Feed oder den einer Website beobachten',
    'feeds remove': 'Einen hier hinzugefügten Feed nicht mehr beobachten',
    'feeds import': 'Die Feeds einer OPML-Datei hinzufügen',
    'feeds export': 'Die Feeds als OPML-Datei',
    settings: 'Zeitzone, Ruhezeiten und Rechte hier',
    export: 'Die Alerts hier als Datei',
    import: 'Die Alerts einer solchen Datei hinzufügen',
    help: 'Hilfe',
  },
  optionHints: {
    query: 'Wörter, die vorkommen müssen; "…" für eine Phrase, OR, -nicht',
    subscription: 'die Nummer eines Alerts, wie in der Liste',
    feed: 'die Adresse oder der Name eines Feeds',
    message: 'der Link einer Meldung oder eines Alerts',
    place: 'wohin: here (hierher), me (an dich) oder ein Kanal',
    when: 'instant (sofort), hourly (stündlich), daily 08:00, weekly Mon 08:00',
    duration: 'wie lange: 3d (Tage), 12h (Stunden), 45m (Minuten)',
    quiet: 'Ruhezeiten: 22:00-07:00, oder off',
    timeZone: 'eine Zeitzone wie Europe/Berlin',
    text: 'ein paar Wörter',
    address: 'die Adresse eines Feeds oder einer Website',
    page: 'welche Seite',
    command: 'ein Befehl',
    choice: 'einer der möglichen Werte',
    file: 'eine Datei',
  },
  rootSummary: 'News-Alerts: eine klare Nachricht zu jeder Meldung, die passt',
  helpTitle: 'Newshound',
  helpIntro: 'Ich lese die News-Feeds und poste jede Meldung, die zu einem Alert passt, genau einmal.',
  helpQueries: [
    [
      { bold: 'Suchen' },
      '  Alle Wörter müssen in einer Meldung vorkommen, in beliebiger Form: ',
      { code: 'asset seizure' },
      ' findet „assets seized“.',
    ],
    [
      'Länder werden unter all ihren Namen gefunden: ',
      { code: 'Japan South Korea' },
      ' findet „Tokyo and Seoul resume talks“.',
    ],
    [
      { code: '"asset seizure"' },
      ' ist eine Phrase, ',
      { code: 'nuclear OR fusion' },
      ' eines von beiden, ',
      { code: '-weapon' },
      ' dieses nicht,',
    ],
    [
      { code: '=US' },
      ' genau so, ',
      { code: 'electri*' },
      ' ein Wortanfang, ',
      { code: 'title:Tokyo' },
      ' ein Feld, ',
      { code: 'trade NEAR/5 tariff' },
      ' nah beieinander.',
    ],
  ],
  hello: 'Hallo, hier ist Newshound.',
  addExample: [
    'Probier ',
    { code: '/news add Japan South Korea' },
    ' oder ',
    { code: '/news add "asset seizure"' },
    '.',
  ],
  helpExample: ['Alle Befehle: ', { code: '/news help' }],
  example: 'Zum Beispiel ',
  noCommand: (typed) => `Den Befehl „${typed}“ gibt es nicht.`,
  noOption: (command, typed) => `/news ${command} hat keine Option „${typed}“.`,
  wrongChoice: (option, typed, choices) =>
    `„${typed}“ ist kein Wert für ${option}. Möglich sind ${choices.join(', ')}.`,
  didYouMean: 'Meintest du ',
  somethingBroke:
    'Bei mir ist etwas schiefgegangen, geändert wurde nichts. Bitte versuch es noch einmal; die Ursache steht im Protokoll des Servers.',
  fileNeeded: (command, file) => `Dafür braucht es eine Datei: /news ${command} ${file}`,

  // queries and times
  queries: queriesInGerman,
  when: whenInGerman,
  problemAt: (at) => `Bei Zeichen ${at}: `,
  useSuggestion: 'Das nehmen',
  warning: (message) => `Hinweis: ${message}`,
  broad: (aDay) =>
    `Das ist weit gefasst, etwa ${Math.round(aDay)} am Tag. Ein weiteres Wort oder Anführungszeichen grenzen es ein.`,
  nothingStored: 'Es sind noch keine Meldungen gespeichert, an denen es sich ausprobieren ließe.',
  wouldHaveFound: (found, days, aDay) => {
    if (found === 0) return `In ${lastDays(days)} wäre nichts gefunden worden.`;
    return `In ${lastDays(days)} ${found === 1 ? 'wäre' : 'wären'} ${count(found, 'Meldung', 'Meldungen')} gefunden worden${days < 1 ? '' : `, ${rate(aDay)}`}.`;
  },
  nothingFound: (tried) =>
    tried === 1 ? 'Die eine gespeicherte Meldung passt nicht.' : `Keine der ${tried} gespeicherten Meldungen.`,
  foundStories: (found, shown) =>
    found > shown ? `${found} Meldungen, die neuesten ${shown}:` : `${count(found, 'Meldung', 'Meldungen')}:`,

  // alerts
  previewTitle: 'Ein neuer Alert',
  save: 'Speichern',
  edit: 'Bearbeiten',
  cancel: 'Abbrechen',
  remove: 'Löschen',
  pause: 'Pausieren',
  resume: 'Fortsetzen',
  undo: 'Rückgängig',
  addThis: 'Als Alert anlegen',
  saved: (id) => `Alert #${id} ist gespeichert`,
  undoAdd: (id) => ['Nicht das Richtige? ', { code: `/news remove ${id}` }],
  cancelled: 'Nichts wurde gespeichert.',
  draftGone: 'Diese Vorschau gibt es nicht mehr, oder sie ist nicht deine. Bitte leg den Alert noch einmal an.',
  changed: (id) => `Alert #${id} ist geändert`,
  removed: (id) => `Alert #${id} ist gelöscht`,
  undoFor: (minutes) => `Das lässt sich ${count(minutes, 'Minute', 'Minuten')} lang rückgängig machen.`,
  undoTooLate: (id) => `Alert #${id} lässt sich nicht mehr zurückholen. Bitte leg ihn noch einmal an.`,
  notRemoved: (id) => `Alert #${id} war nicht gelöscht.`,
  restored: (id) => `Alert #${id} ist wieder da`,
  paused: (id) => `Alert #${id} ist pausiert`,
  resumed: (id) => `Alert #${id} läuft wieder`,
  untilResumed: (id) => `Er bleibt still bis /news resume ${id}.`,
  until: 'Er läuft wieder ab: ',
  wrongDuration: (typed) => `„${typed}“ ist keine Dauer. Sie sieht aus wie 3d, 12h oder 45m.`,
  alertsTo: (when, where, destination) => {
    const there = { here: 'hierher', home: 'nur an dich', elsewhere: `an ${destination}` }[where];
    return [`Meldungen kommen ${whenInGerman(when)} ${there}.`];
  },
  byClock: (zone, told) =>
    told
      ? [`Die Zeiten gelten für ${zone}.`]
      : [
          `Die Zeiten gelten für ${zone}, da ich keine andere Zeitzone kenne. Deine stellst du ein mit `,
          { code: '/news settings --timezone …' },
        ],
  quietFrom: (quiet) => `Ruhezeiten: ${quiet}`,
  addedOn: 'Angelegt: ',
  numbered: (id, name) => (name === '' ? `Alert #${id}` : `Alert #${id}: ${name}`),
  alertsInWeek: (alerts) => `${count(alerts, 'Meldung', 'Meldungen')} in 7 Tagen`,
  stateActive: 'aktiv',
  statePaused: 'pausiert',
  stateRemoved: 'gelöscht',
  listEmpty: 'Hier gibt es noch keine Alerts',
  listTitle: (alerts) => `${count(alerts, 'Alert', 'Alerts')} hier`,
  mineEmpty: 'Du hast noch keine Alerts',
  mineTitle: (alerts) => `Du hast ${count(alerts, 'Alert', 'Alerts')}`,
  goesTo: 'an ',
  goesHome: 'nur an dich',
  page: (page, pages) => `Seite ${page} von ${pages}`,
  nextPage: 'Nächste Seite',
  addTitle: 'Neuer Alert',
  editTitle: (id) => `Alert #${id}`,
  editHow: (id) => [
    ['Sag, was sich ändern soll, zum Beispiel'],
    [{ code: `/news edit ${id} --query "asset seizure" Japan` }],
    [{ code: `/news edit ${id} --name Seizures --when daily 08:00 --quiet 22:00-07:00` }],
  ],
  continueLabel: 'Weiter',
  closeLabel: 'Schließen',
  change: 'Ändern',
  working: 'Einen Moment …',
  openForm: 'Formular öffnen',
  correctForm: 'Korrigieren',
  tooOld: 'Das ist zu lange her. Bitte gib es noch einmal ein.',
  placeLabel: 'Posten in',
  placeHint: 'Leer gelassen: nur an dich.',
  pasteLabel: 'Der Text der Datei',
  pasteMore: 'Das nächste Stück, falls es eines gibt',
  pageIntro: 'Deine Alerts, wohin sie auch gehen. Die eines ganzen Kanals zeigt dort /news list.',
  sentInPrivate: 'Das ist lang: Du bekommst es als Direktnachricht.',
  pressAgain: 'Das hat zu lange gedauert. Bitte versuch es noch einmal.',
  tooLongHere: (most) =>
    `Das ist zu lang, um es hier zu übergeben (mehr als ${most} Zeichen). Wer mich betreibt, kann es auf der Kommandozeile exportieren.`,
  queryLabel: 'Suche',
  queryHint: 'Japan South Korea, "asset seizure", nuclear OR fusion -weapon',
  nameLabel: 'Name',
  nameHint: 'Wie er heißen soll',
  whenLabel: 'Wann',
  whenHint: 'instant, hourly, daily 08:00, weekly Mon 08:00',
  quietLabel: 'Ruhezeiten',
  quietHint: '22:00-07:00, oder off',

  // rights and quotas
  noId: (typed) => `„${typed}“ ist keine Nummer eines Alerts. /news list zeigt sie.`,
  unknownId: (id) => `Einen Alert #${id} gibt es hier nicht. /news list zeigt alle.`,
  notYours: (id) => `Alert #${id} gehört jemand anderem. Ändern kann ihn, wer ihn angelegt hat oder hier verwaltet.`,
  noPlace: (typed) => `An „${typed}“ können keine Alerts gehen. Möglich sind here, me oder ein Kanal von hier.`,
  managersAdd: 'Nur wer hier verwaltet, kann hier Alerts anlegen. Nur für dich geht es so: --to me',
  managersFeeds: 'Nur wer hier verwaltet, kann Feeds hinzufügen.',
  managersSettings: 'Nur wer hier verwaltet, kann die Einstellungen ändern.',
  alreadyThere: (id) => `Danach sucht schon Alert #${id}.`,
  placeFull: (most) => `Mehr als ${count(most, 'Alert', 'Alerts')} passen hier nicht hin. Lösch zuerst einen.`,
  memberFull: (most) => `Du hast ${count(most, 'Alert', 'Alerts')}, mehr sind nicht möglich. Lösch zuerst einen.`,

  // places that a chat refuses
  refusals: {
    noPlace: 'So einen Kanal gibt es hier nicht.',
    ownOnly: 'Alerts können an Kanäle und an deine eigenen Direktnachrichten gehen.',
    unseen: 'Du kannst diesen Kanal nicht sehen.',
    unwritable: 'Du darfst in diesem Kanal nicht schreiben und darum keine Alerts dorthin schicken.',
    permission: (name) => `Ich kann in diesem Kanal nicht posten. Gib mir dort „${name}“.`,
    botUnseen: 'Ich kann diesen Kanal nicht sehen.',
    notMember: 'Ich bin auf diesem Server nicht dabei.',
    noMessages: 'In diesem Kanal lassen sich keine Nachrichten schreiben.',
    archived: 'Dieser Kanal ist archiviert.',
    notInvited: 'Ich bin nicht in diesem Kanal. Lade mich zuerst mit /invite ein.',
    unknown: 'So einen Kanal kenne ich nicht. Ist er privat, lade mich zuerst mit /invite ein.',
    unsure: 'Ich konnte nicht klären, ob Alerts dorthin gehen dürfen. Bitte versuch es noch einmal.',
    terminal: 'Von einem Terminal aus können Alerts nur an dieses Terminal gehen.',
  },

  // alerts and notices
  whyMenu: 'Warum dieser Alert?',
  why: 'Warum?',
  read: 'Lesen',
  muteStory: 'Thema stumm schalten',
  untitled: 'Meldung ohne Titel',
  also: 'auch: ',
  andMore: (more) => ` und ${more} weitere`,
  moreOutlets: (outlets) => count(outlets, 'weiteres Medium', 'weitere Medien'),
  digest: (kind, stories, names) => {
    const told = `${count(stories, 'Meldung', 'Meldungen')}${names === '' ? '' : ` zu ${names}`}`;
    switch (kind) {
      case 'catch-up':
        return `Nachgereicht: ${told}`;
      case 'quiet':
        return `Aus den Ruhezeiten: ${told}`;
      case 'hourly':
        return `Deine Stundenübersicht: ${told}`;
      case 'daily':
        return `Deine Tagesübersicht: ${told}`;
      case 'weekly':
        return `Deine Wochenübersicht: ${told}`;
      case 'other':
        return told;
    }
  },
  flooding: (id, name, most) =>
    `#${id} (${name}) hat in einer Stunde mehr als ${count(most, 'Meldung', 'Meldungen')} gefunden. Bis es ruhiger wird, ` +
    `kommen sie einmal pro Stunde gesammelt; nichts fällt weg. Mit /news edit ${id} lässt sich die Suche eingrenzen.`,
  broughtAtOnce: (feed, stories, names) =>
    `${feed} hat viele Meldungen auf einmal gebracht. ${stories} davon, zu ${names}, ${stories === 1 ? 'wird' : 'werden'} nicht ` +
    'einzeln gepostet; /news preview zeigt, was eine Suche findet.',
  feedDead: (feed, hours, why) =>
    `Der Feed ${feed} ist seit ${span(hours)} nicht lesbar (${why}). Es wird weiter versucht; was noch darin steht, wenn er ` +
    'wiederkommt, geht nicht verloren.',
  feedGone: (feed, why) =>
    `Den Feed ${feed} gibt es laut seinem Server nicht mehr (${why}); er wird nicht mehr abgefragt. /news feeds zeigt die anderen.`,
  feedBack: (feed, hours) => `Der Feed ${feed} ist nach ${span(hours)} wieder lesbar.`,
  whyShort: 'warum? ',
  askedBy: (alerts) => `für ${alerts}`,
  alsoIn: (outlet) => `auch ${outlet}: `,
  ofStory: (number) => ` (Meldung ${number})`,
  noReason: 'Grund unbekannt',
  postReason,
  stoppedTitle: 'Alerts angehalten',
  stopped: (place, reason, id) => [
    [`Deine Alerts können nicht mehr in ${place} gepostet werden: ${reason}.`],
    ['Ist das behoben, geht es weiter mit ', { code: `/news resume ${id}` }, '.'],
  ],

  // why
  noSuchMessage: (typed) =>
    `Eine Meldung „${typed}“ kenne ich nicht. Gib den Link einer Meldung oder einer meiner Nachrichten an.`,
  notWatched: (host) => `Von ${host} wird kein Feed beobachtet, seine Meldungen erreichen mich nicht. So geht es:`,
  notSeen: 'Diese Meldung stand in keinem der Feeds ihrer Website, als ich sie las:',
  feedFailing: (message) => `nicht lesbar: ${message}.`,
  feedFine: 'wird problemlos gelesen; vielleicht steht die Meldung nicht darin.',
  matchedWords: (found) =>
    found.length === 0 ? 'passt. ' : `passt auf ${found.map((word) => `„${word}“`).join(', ')}. `,
  wasCounted: 'Der Feed hat viele Meldungen auf einmal gebracht; sie wurde mit ihnen in einer Zeile gezählt.',
  wasMuted: 'Das Thema ist hier stumm geschaltet.',
  refusedHere: (reason) => `Hier kann nichts gepostet werden: ${reason}.`,
  sameStoryAs: (tier) =>
    tier === 'text'
      ? 'Sie hat denselben Text wie eine Meldung, die schon hier steht.'
      : 'Sie berichtet vom selben Ereignis wie eine Meldung, die schon hier steht, und kam darunter.',
  alreadyTold: 'Sie stand schon hier.',
  posted: 'Gepostet: ',
  gaveUp: (reason) => `Sie konnte nicht gepostet werden: ${reason}.`,
  inDigest: 'Sie ist Teil einer Übersicht.',
  heldUntil: 'Sie wird zurückgehalten bis: ',
  beingRetried: (reason) => `Das Posten ist fehlgeschlagen (${reason}) und wird wiederholt.`,
  onItsWay: 'Sie ist unterwegs.',
  unreadable: 'ist nicht mehr lesbar; bitte bearbeite die Suche.',
  addedLater: 'wurde erst nach der Meldung angelegt.',
  lacks: (missing) => (missing.length === 0 ? 'passt nicht.' : `passt nicht: ${missing.join(', ')} fehlt.`),
  wasPaused: 'passt, ist aber pausiert.',
  learntOnly: 'passt, aber die Meldung war alt oder stand schon im Feed, als er zum ersten Mal gelesen wurde.',
  nobodyAsked: 'Hier gibt es keine Alerts.',
  muted: 'Hier kommt nichts mehr zu ',
  unmuted: 'Hier kommt wieder Neues zu ',
  muteNotYours:
    'Diese Meldung kam nicht durch einen Alert von dir. Stumm schalten kann sie, wem der Alert gehört oder wer hier verwaltet.',

  // feeds
  noFeeds: 'Noch werden keine Feeds beobachtet',
  feedsTitle: (all, failing) =>
    `${count(all, 'Feed', 'Feeds')}${failing === 0 ? ', alle lesbar' : `, ${failing} mit Fehlern`}`,
  feedsAddExample: (host) => `/news feeds add ${host}`,
  feedReason,
  feedStopped: (reason) => `gibt es nicht mehr: ${reason}`,
  feedNotYet: 'noch nicht gelesen',
  triedAgain: ' Nächster Versuch: ',
  triedNow: ' Der nächste Versuch steht an.',
  lastRead: 'Zuletzt gelesen: ',
  itemsADay: (items) => (items === null ? '' : `, ${rate(items)}`),
  whichFeed: 'Es gibt mehrere Feeds. Welcher soll es sein?',
  addFeed: 'Beobachten',
  noAddress: (typed) => `„${typed}“ ist keine Webadresse.`,
  feedUnreadable: (reason) => `Diese Adresse ist nicht lesbar: ${reason}.`,
  noFeedThere: (address) => `Unter ${address} ist kein Feed, und die Seite nennt keinen.`,
  feedKnown: (name) => `${name} wird schon beobachtet.`,
  feedsFull: (most) => `Mehr als ${count(most, 'Feed', 'Feeds')} können hier nicht hinzugefügt werden.`,
  feedAdded: (name) => `${name} wird beobachtet`,
  feedLearns: 'Was jetzt darin steht, wird nicht gemeldet; Alerts kommen für alles, was von nun an neu ist.',
  noSuchFeed: (typed) => `Kein Feed hier heißt „${typed}“. /news feeds zeigt sie.`,
  feedOfHost: (name) => `${name} ist ein Feed des Betreibers; geändert werden diese in seiner OPML-Datei.`,
  feedNotYours: 'Diesen Feed hat jemand anderes hinzugefügt. Entfernen kann ihn diese Person oder wer hier verwaltet.',
  feedRemoved: (name) => `${name} wird nicht mehr beobachtet`,
  badOpml: (line, message) =>
    `Die Datei ist nicht als OPML lesbar, darum wurde nichts hinzugefügt. Zeile ${line}: ${message}`,
  feedsImported: (added, known) =>
    `${count(added, 'Feed', 'Feeds')} hinzugefügt${known === 0 ? '' : `, ${known} schon beobachtet`}`,
  feedsExported: (feeds) => `${count(feeds, 'Feed', 'Feeds')} als OPML`,

  // settings, export and import
  settingsTitle: 'Einstellungen hier',
  settingsSaved: 'Einstellungen gespeichert',
  settingsExample: ['So änderst du sie: ', { code: '/news settings --timezone Asia/Tokyo --quiet 22:00-07:00' }],
  settingHints: {
    timezone: 'für Übersichten und Ruhezeiten',
    quiet: 'Zeiten, in denen nichts gepostet wird',
    when: 'für Alerts ohne eigene Zeit',
    alerts: 'wer hier Alerts anlegen kann',
    feeds: 'wer Feeds hinzufügen kann',
    language: 'der Antworten und Alerts; auto: die eigene',
  },
  noTimeZone: (typed) => `„${typed}“ ist keine Zeitzone. Sie sehen aus wie Europe/Berlin oder Asia/Tokyo.`,
  fileTooLarge: (most) => `Die Datei ist zu groß: Höchstens ${most} MiB können gelesen werden.`,
  fileUnreadable: 'Die Datei konnte nicht gelesen werden. Bitte versuch es noch einmal.',
  exported: (alerts) => count(alerts, 'Alert', 'Alerts'),
  badImport: (problem) => `Die Datei enthält keine Alerts von Newshound, darum wurde nichts hinzugefügt. ${problem}`,
  badEntry: (place, problem) => `Alert ${place} in der Datei: ${problem}`,
  importRefused: 'Nichts wurde hinzugefügt',
  imported: (added, known) =>
    `${count(added, 'Alert', 'Alerts')} hinzugefügt${known === 0 ? '' : `, ${known} schon vorhanden`}`,
};

const weekdays = ['Montag', 'Dienstag', 'Mittwoch', 'Donnerstag', 'Freitag', 'Samstag', 'Sonntag'];

/** `täglich um 08:00`, `jeden Montag um 08:00`. */
function whenInGerman(when: When): string {
  switch (when.kind) {
    case 'instant':
      return 'sofort';
    case 'hourly':
      return 'stündlich';
    case 'daily':
      return `täglich um ${when.at}`;
    case 'weekly':
      return `jeden ${weekdays[when.day - 1] ?? ''} um ${when.at}`;
  }
}

/** `den letzten 6 Stunden`, `den letzten 14 Tagen`. */
function lastDays(days: number): string {
  if (days >= 1.5) return `den letzten ${Math.round(days)} Tagen`;
  const hours = Math.max(1, Math.round(days * 24));
  return hours === 1 ? 'der letzten Stunde' : `den letzten ${hours} Stunden`;
}

/** In the dative: `26 Stunden`, `3 Tagen`. */
function span(hours: number): string {
  return hours < 48 ? count(hours, 'Stunde', 'Stunden') : count(Math.round(hours / 24), 'Tag', 'Tagen');
}

/** `etwa 4 am Tag`, `etwa 2 pro Woche`. */
function rate(aDay: number): string {
  if (aDay >= 0.95) return `etwa ${Math.round(aDay)} am Tag`;
  const aWeek = Math.round(aDay * 7);
  return aWeek >= 1 ? `etwa ${aWeek} pro Woche` : 'weniger als 1 pro Woche';
}
