import type { Tier } from '../../story/story.ts';
import type { Line } from '../card.ts';
import { cautionInEnglish, problemInEnglish } from '../../subscription/query-problem.ts';
import { readingInEnglish } from '../../subscription/reading-words.ts';
import type { When } from '../../subscription/subscription.ts';
import { printWhen, timeProblemInEnglish } from '../../subscription/when.ts';
import type { OptionKind, ShownCommand } from '../table.ts';
import { counter } from './plural.ts';

const count = counter('en');

/** What a digest gathers: the stories of an hour, a day or a week, of quiet hours, or what could not be posted before. */
type DigestKind = 'hourly' | 'daily' | 'weekly' | 'quiet' | 'catch-up' | 'other';

/** Everything that the program says to members, in English. */
export const en = {
  language: 'en',

  // commands and help
  summaries: {
    add: 'Get an alert for every new story that matches',
    list: 'The alerts here',
    show: 'One alert in detail',
    edit: 'Change the query, the name, the time or the place of an alert',
    remove: 'Remove an alert; it can be undone for a while',
    pause: 'Silence an alert, for a time or until resumed',
    resume: 'Let a paused alert speak again',
    preview: 'What a query would have found in the last days',
    why: 'Why a story came, or why it did not',
    search: 'The stored stories of the last days',
    feeds: 'The feeds that are watched, and how they do',
    'feeds add': 'Watch another feed, or the feed of a site',
    'feeds remove': 'Stop watching a feed that was added here',
    'feeds import': 'Add the feeds of an OPML file',
    'feeds export': 'The feeds as an OPML file',
    settings: 'Time zone, quiet hours and rights of this place',
    export: 'The alerts here as a file',
    import: 'Add the alerts of such a file',
    help: 'What can be said',
  } satisfies Readonly<Record<ShownCommand, string>> as Readonly<Record<ShownCommand, string>>,
  optionHints: {
    query: 'words a story must hold; "…" for a phrase, OR, -not',
    subscription: 'the number of an alert, as in the list',
    feed: 'the address or the name of a feed',
    message: 'the link of a story, or of an alert',
    place: 'where to: here, me, or a channel',
    when: 'instant, hourly, daily 08:00, weekly Mon 08:00',
    duration: 'how long: 3d, 12h, 45m',
    quiet: 'hours of silence: 22:00-07:00, or off',
    timeZone: 'a time zone such as Asia/Tokyo',
    text: 'a few words',
    address: 'the address of a feed or of a site',
    page: 'which page',
    command: 'a command',
    choice: 'one of a few words',
    file: 'a file',
  } satisfies Readonly<Record<OptionKind, string>> as Readonly<Record<OptionKind, string>>,
  rootSummary: 'News alerts: one clean message for each story that matches',
  helpTitle: 'Newshound',
  helpIntro: 'I read the news feeds and post each story that matches an alert once.',
  helpQueries: [
    [
      { bold: 'Queries' },
      '  All words must be in a story, in any form: ',
      { code: 'asset seizure' },
      ' finds “assets seized”.',
    ],
    ['Countries go by all their names: ', { code: 'Japan South Korea' }, ' finds “Tokyo and Seoul resume talks”.'],
    [
      { code: '"asset seizure"' },
      ' is a phrase, ',
      { code: 'nuclear OR fusion' },
      ' either, ',
      { code: '-weapon' },
      ' not this one,',
    ],
    [
      { code: '=US' },
      ' exactly so, ',
      { code: 'electri*' },
      ' a beginning, ',
      { code: 'title:Tokyo' },
      ' a field, ',
      { code: 'trade NEAR/5 tariff' },
      ' close by.',
    ],
  ] as readonly Line[],
  hello: 'Hello, this is Newshound.',
  addExample: [
    'Try ',
    { code: '/news add Japan South Korea' },
    ' or ',
    { code: '/news add "asset seizure"' },
    '.',
  ] as Line,
  helpExample: ['All that can be said: ', { code: '/news help' }] as Line,
  example: 'For example ',
  noCommand: (typed: string) => `There is no command “${typed}”.`,
  noOption: (command: string, typed: string) => `/news ${command} has no option “${typed}”.`,
  wrongChoice: (option: string, typed: string, choices: readonly string[]) =>
    `“${typed}” is no value for ${option}. It can be ${choices.join(', ')}.`,
  didYouMean: 'Did you mean ',
  somethingBroke:
    'Something went wrong on my side and nothing was changed. Please try again; the host’s log says what it was.',
  fileNeeded: (command: string, file: string) => `That needs a file: /news ${command} ${file}`,

  // queries and times
  queries: {
    problem: problemInEnglish,
    caution: cautionInEnglish,
    time: timeProblemInEnglish,
    reading: readingInEnglish,
  },
  when: printWhen,
  problemAt: (at: number) => `At character ${at}: `,
  useSuggestion: 'Use this',
  warning: (message: string) => `Note: ${message}`,
  broad: (aDay: number) =>
    `this is broad, about ${Math.round(aDay)} a day. Another word, or quotes, would make it narrower.`,
  nothingStored: 'No stories are stored yet to try it on.',
  wouldHaveFound: (found: number, days: number, aDay: number) => {
    const span = days < 1.5 ? `${Math.max(1, Math.round(days * 24))} hours` : `${Math.round(days)} days`;
    if (found === 0) return `It would have found nothing in the last ${span}.`;
    return `It would have found ${count(found, 'story', 'stories')} in the last ${span}${days < 1 ? '' : `, ${rate(aDay)}`}.`;
  },
  nothingFound: (tried: number) => `None of the ${tried} stored stories.`,
  foundStories: (found: number, shown: number) =>
    found > shown ? `${found} stories, the latest ${shown}:` : `${count(found, 'story', 'stories')}:`,

  // alerts
  previewTitle: 'A new alert',
  save: 'Save',
  edit: 'Edit',
  cancel: 'Cancel',
  remove: 'Remove',
  pause: 'Pause',
  resume: 'Resume',
  undo: 'Undo',
  addThis: 'Add as an alert',
  saved: (id: number) => `Alert #${id} is saved`,
  undoAdd: (id: number): Line => ['Not what you meant? ', { code: `/news remove ${id}` }],
  cancelled: 'Nothing was saved.',
  draftGone: 'This preview is no longer there, or not yours. Please add the alert again.',
  changed: (id: number) => `Alert #${id} is changed`,
  removed: (id: number) => `Alert #${id} is removed`,
  undoFor: (minutes: number) => `This can be undone for ${count(minutes, 'minute', 'minutes')}.`,
  undoTooLate: (id: number) => `It is too late to bring alert #${id} back. Please add it again.`,
  notRemoved: (id: number) => `Alert #${id} was not removed.`,
  restored: (id: number) => `Alert #${id} is back`,
  paused: (id: number) => `Alert #${id} is paused`,
  resumed: (id: number) => `Alert #${id} speaks again`,
  untilResumed: (id: number) => `It stays silent until /news resume ${id}.`,
  until: 'It speaks again ',
  wrongDuration: (typed: string) => `“${typed}” is no length of time. It looks like 3d, 12h or 45m.`,
  alertsTo: (when: When, where: 'here' | 'home' | 'elsewhere', destination: string): Line => {
    const there = { here: 'here', home: 'to you in private', elsewhere: `to ${destination}` }[where];
    return [when.kind === 'instant' ? `Alerts come at once, ${there}.` : `Alerts come ${printWhen(when)}, ${there}.`];
  },
  byClock: (zone: string, told: boolean): Line =>
    told
      ? [`Times are of ${zone}.`]
      : [`Times are of ${zone}, since I know no other. Yours is set by `, { code: '/news settings --timezone …' }],
  quietFrom: (quiet: string) => `Quiet hours ${quiet}.`,
  addedOn: 'Added ',
  numbered: (id: number, name: string) => (name === '' ? `Alert #${id}` : `Alert #${id}: ${name}`),
  alertsInWeek: (alerts: number) => `${count(alerts, 'alert', 'alerts')} in 7 days`,
  stateActive: 'active',
  statePaused: 'paused',
  stateRemoved: 'removed',
  listEmpty: 'There are no alerts here yet',
  listTitle: (alerts: number) => `${count(alerts, 'alert', 'alerts')} here`,
  mineEmpty: 'You have no alerts yet',
  mineTitle: (alerts: number) => `You have ${count(alerts, 'alert', 'alerts')}`,
  goesTo: 'to ',
  goesHome: 'to you in private',
  page: (page: number, pages: number) => `Page ${page} of ${pages}`,
  nextPage: 'Next page',
  addTitle: 'New alert',
  editTitle: (id: number) => `Alert #${id}`,
  editHow: (id: number): readonly Line[] => [
    ['Say what is to change, for example'],
    [{ code: `/news edit ${id} --query "asset seizure" Japan` }],
    [{ code: `/news edit ${id} --name Seizures --when daily 08:00 --quiet 22:00-07:00` }],
  ],
  continueLabel: 'Continue',
  closeLabel: 'Close',
  change: 'Change',
  working: 'One moment…',
  openForm: 'Open the form',
  correctForm: 'Correct it',
  tooOld: 'This is too old. Please say it again.',
  placeLabel: 'Post to',
  placeHint: 'Left empty: to you in private.',
  pasteLabel: 'The text of the file',
  pasteMore: 'The next piece, if there is one',
  pageIntro: 'Your alerts, wherever they go. Those of a whole channel are shown by /news list there.',
  sentInPrivate: 'That is long: it comes to you in direct messages.',
  pressAgain: 'That took too long. Please try again.',
  tooLongHere: (most: number) =>
    `This is too long to be handed over here (more than ${most} characters). Whoever runs me can export it on the command line.`,
  queryLabel: 'Query',
  queryHint: 'Japan South Korea, "asset seizure", nuclear OR fusion -weapon',
  nameLabel: 'Name',
  nameHint: 'What to call it',
  whenLabel: 'When',
  whenHint: 'instant, hourly, daily 08:00, weekly Mon 08:00',
  quietLabel: 'Quiet hours',
  quietHint: '22:00-07:00, or off',

  // rights and quotas
  noId: (typed: string) => `“${typed}” is no alert’s number. /news list shows them.`,
  unknownId: (id: number) => `There is no alert #${id} here. /news list shows those there are.`,
  notYours: (id: number) =>
    `Alert #${id} belongs to another member. Its owner and those who manage this place can change it.`,
  noPlace: (typed: string) => `Alerts cannot be sent to “${typed}”. It can be here, me, or a channel of this place.`,
  managersAdd: 'Only those who manage this place may add alerts here. You can have them in private: --to me',
  managersFeeds: 'Only those who manage this place may add feeds.',
  managersSettings: 'Only those who manage this place may change its settings.',
  alreadyThere: (id: number) => `That is what alert #${id} looks for already.`,
  placeFull: (most: number) => `No more than ${most} alerts fit here. Remove one first.`,
  memberFull: (most: number) => `You have ${most} alerts, which is as many as a member may have. Remove one first.`,

  // places that a chat refuses
  refusals: {
    noPlace: 'There is no such channel here.',
    ownOnly: 'Alerts can go to channels and to your own direct messages.',
    unseen: 'You cannot see that channel.',
    unwritable: 'You may not write in that channel, so you cannot have alerts sent there.',
    permission: (name: string) => `I cannot post in that channel. Give me “${name}” there.`,
    botUnseen: 'I cannot see that channel.',
    notMember: 'I am not a member of that server.',
    noMessages: 'That is no channel that messages can be written in.',
    archived: 'That channel is archived.',
    notInvited: 'I am not in that channel. /invite me there first.',
    unknown: 'I know no such channel. If it is private, /invite me there first.',
    unsure: 'I could not find out whether alerts may go there. Please try again.',
    terminal: 'From a terminal alerts can only be sent to this terminal.',
  },

  // alerts and notices
  whyMenu: 'Why this alert?',
  why: 'Why?',
  read: 'Read',
  muteStory: 'Mute story',
  untitled: 'Untitled story',
  also: 'also: ',
  andMore: (more: number) => ` and ${more} more`,
  moreOutlets: (outlets: number) => `${outlets} more outlets`,
  /** Above the stories of a digest; `names` are those of its alerts, '' for none. */
  digest: (kind: DigestKind, stories: number, names: string) => {
    const told = `${count(stories, 'story', 'stories')}${names === '' ? '' : ` for ${names}`}`;
    switch (kind) {
      case 'catch-up':
        return `${told} that could not be posted in time`;
      case 'quiet':
        return `${told} from the quiet hours`;
      case 'hourly':
      case 'daily':
      case 'weekly':
        return `Your ${kind} digest: ${told}`;
      case 'other':
        return told;
    }
  },
  flooding: (id: number, name: string, most: number) =>
    `#${id} (${name}) found more than ${most} stories within an hour. Until it calms down its stories come gathered ` +
    `once an hour; nothing is left out. /news edit ${id} makes it narrower.`,
  /** Of stories that are not posted one by one; `names` are the alerts they were found by. */
  broughtAtOnce: (feed: string, stories: number, names: string) =>
    `${feed} brought many stories at once. ${stories} of them, for ${names}, ${stories === 1 ? 'is' : 'are'} not posted one ` +
    'by one; /news preview shows what an alert finds.',
  feedDead: (feed: string, hours: number, why: string) =>
    `The feed ${feed} has not been readable for ${span(hours)} (${why}). It will be tried on; nothing is lost that is ` +
    'still in it when it comes back.',
  feedGone: (feed: string, why: string) =>
    `The feed ${feed} is gone for good, its server says (${why}), and is no longer asked. /news feeds shows the others.`,
  feedBack: (feed: string, hours: number) => `The feed ${feed} can be read again after ${span(hours)}.`,
  whyShort: 'why? ',
  askedBy: (alerts: string) => `for ${alerts}`,
  alsoIn: (outlet: string) => `also ${outlet}: `,
  ofStory: (number: string) => ` (story ${number})`,
  noReason: 'no reason known',
  /** Why nothing can be posted somewhere: as it is known (`src/delivery/reasons.ts`), else as it was given. */
  postReason: (reason: string) => reason,
  stoppedTitle: 'Alerts stopped',
  stopped: (place: string, reason: string, id: number): readonly Line[] => [
    [`Your alerts can no longer be posted to ${place}: ${reason}.`],
    ['When that is mended, say ', { code: `/news resume ${id}` }, ' and they go on.'],
  ],

  // why
  noSuchMessage: (typed: string) => `I know no story “${typed}”. Give the link of a story, or of one of my alerts.`,
  notWatched: (host: string) => `No feed of ${host} is watched, so its stories never reach me. To watch it:`,
  notSeen: 'That story was in none of the feeds of its site when I read them:',
  feedFailing: (message: string) => `cannot be read: ${message}.`,
  feedFine: 'is read without trouble; the story may not be in it.',
  matchedWords: (found: readonly string[]) =>
    found.length === 0 ? 'matched. ' : `matched ${found.map((word) => `“${word}”`).join(', ')}. `,
  wasCounted: 'Its feed brought many stories at once, and it was counted in one line with them.',
  wasMuted: 'The story is muted here.',
  refusedHere: (reason: string) => `Nothing can be posted here: ${reason}.`,
  sameStoryAs: (tier: Tier): string =>
    tier === 'text'
      ? 'It has the same text as a story already posted here.'
      : 'It tells the same event as a story already posted here, and went under it.',
  alreadyTold: 'It had been posted here already.',
  posted: 'Posted ',
  gaveUp: (reason: string) => `It could not be posted: ${reason}.`,
  inDigest: 'It is part of a digest.',
  heldUntil: 'It is held until ',
  beingRetried: (reason: string) => `Posting it failed (${reason}) and is tried again.`,
  onItsWay: 'It is on its way.',
  unreadable: 'cannot be read any more; please edit it.',
  addedLater: 'was added after the story had come in.',
  lacks: (missing: readonly string[]) =>
    missing.length === 0 ? 'did not match.' : `did not match: ${missing.join(', ')}.`,
  wasPaused: 'matches, but is paused.',
  learntOnly: 'matches, but the story was old, or already in its feed, when the feed was first read.',
  nobodyAsked: 'There are no alerts here.',
  muted: 'Nothing more will come here about ',
  unmuted: 'Later coverage comes here again of ',
  muteNotYours:
    'No alert of yours brought this story here. Those whose alert did, and those who manage this place, can mute it.',

  // feeds
  noFeeds: 'No feeds are watched yet',
  feedsTitle: (all: number, failing: number) =>
    `${count(all, 'feed', 'feeds')}${failing === 0 ? ', all readable' : `, ${failing} failing`}`,
  feedsAddExample: (host: string) => `/news feeds add ${host}`,
  /** Why a feed cannot be read: by its stable word, else as it was given. */
  feedReason: (_code: string, message: string) => message,
  feedStopped: (reason: string) => `gone for good: ${reason}`,
  feedNotYet: 'not read yet',
  triedAgain: ' Next try ',
  triedNow: ' It is due for another try.',
  lastRead: 'Last read ',
  itemsADay: (items: number | null) => (items === null ? '' : `, ${rate(items)}`),
  whichFeed: 'There are several feeds. Which one?',
  addFeed: 'Watch this',
  noAddress: (typed: string) => `“${typed}” is no web address.`,
  feedUnreadable: (reason: string) => `That address cannot be read: ${reason}.`,
  noFeedThere: (address: string) => `There is no feed at ${address}, and the page names none.`,
  feedKnown: (name: string) => `${name} is watched already.`,
  feedsFull: (most: number) => `No more than ${most} feeds may be added here.`,
  feedAdded: (name: string) => `${name} is watched`,
  feedLearns: 'What is in it now is learnt in silence; alerts come for what is new from here on.',
  noSuchFeed: (typed: string) => `No feed here is called “${typed}”. /news feeds shows them.`,
  feedOfHost: (name: string) => `${name} is one of the host’s feeds, which are changed in its OPML file.`,
  feedNotYours: 'Another member added that feed. They and those who manage this place can remove it.',
  feedRemoved: (name: string) => `${name} is no longer watched`,
  badOpml: (line: number, message: string) =>
    `The file cannot be read as OPML, so nothing was added. Line ${line}: ${message}`,
  feedsImported: (added: number, known: number) =>
    `${count(added, 'feed was', 'feeds were')} added${known === 0 ? '' : `, ${known} were watched already`}`,
  feedsExported: (feeds: number) => `${count(feeds, 'feed', 'feeds')} as OPML`,

  // settings, export and import
  settingsTitle: 'Settings of this place',
  settingsSaved: 'Settings saved',
  settingsExample: ['To change them: ', { code: '/news settings --timezone Asia/Tokyo --quiet 22:00-07:00' }] as Line,
  settingHints: {
    timezone: 'for digests and quiet hours',
    quiet: 'hours in which nothing is posted',
    when: 'for alerts that do not say when',
    alerts: 'who may add alerts here',
    feeds: 'who may add feeds',
    language: 'of my answers and alerts; auto for each member’s own',
  } as Readonly<Record<string, string>>,
  noTimeZone: (typed: string) => `“${typed}” is no time zone. They look like Asia/Tokyo or Europe/Paris.`,
  fileTooLarge: (most: number) => `That file is too large: at most ${most} MiB can be read.`,
  fileUnreadable: 'The file could not be read. Please try again.',
  exported: (alerts: number) => count(alerts, 'alert', 'alerts'),
  badImport: (problem: string) => `The file holds no alerts of Newshound, so nothing was added. ${problem}`,
  badEntry: (place: number, problem: string) => `Alert ${place} in the file: ${problem}`,
  importRefused: 'Nothing was added',
  imported: (added: number, known: number) =>
    `${count(added, 'alert was', 'alerts were')} added${known === 0 ? '' : `, ${known} were here already`}`,
};

/** Another language is an object of this type. */
export type Words = typeof en;

/** `26 hours`, `3 days`. */
function span(hours: number): string {
  return hours < 48 ? count(hours, 'hour', 'hours') : count(Math.round(hours / 24), 'day', 'days');
}

/** `about 4 a day`, `about 2 a week`. */
function rate(aDay: number): string {
  if (aDay >= 0.95) return `about ${Math.round(aDay)} a day`;
  const aWeek = Math.round(aDay * 7);
  return aWeek >= 1 ? `about ${aWeek} a week` : 'less than one a week';
}
