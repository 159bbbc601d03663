import type { When } from '../../subscription/subscription.ts';
import { queriesInFrench } from './fr-queries.ts';
import { counter } from './plural.ts';
import type { Words } from './en.ts';
import { feedReason, postReason } from './fr-reasons.ts';

const count = counter('fr');

/** Everything that the program says to members, in French. */
export const fr: Words = {
  language: 'fr',

  // commands and help
  summaries: {
    add: 'Recevoir une alerte pour chaque nouvel article qui correspond',
    list: 'Les alertes d’ici',
    show: 'Une alerte en détail',
    edit: 'Modifier la recherche, le nom, le moment ou la destination d’une alerte',
    remove: 'Supprimer une alerte ; on peut l’annuler un moment',
    pause: 'Mettre une alerte en pause, pour un temps ou jusqu’à nouvel ordre',
    resume: 'Reprendre une alerte en pause',
    preview: 'Ce qu’une recherche aurait trouvé ces derniers jours',
    why: 'Pourquoi un article est arrivé, ou non',
    search: 'Chercher dans les articles enregistrés ces derniers jours',
    feeds: 'Les flux suivis et leur état',
    'feeds add': 'Suivre un autre flux, ou celui d’un site',
    'feeds remove': 'Ne plus suivre un flux ajouté ici',
    'feeds import': 'Ajouter les flux d’un fichier OPML',
    'feeds export': 'Les flux en fichier OPML',
    settings: 'Fuseau horaire, heures calmes et droits d’ici',
    export: 'Les alertes d’ici en fichier',
    import: 'Ajouter les alertes d’un fichier exporté',
    help: 'Aide',
  },
  optionHints: {
    query: 'mots que l’article doit contenir ; "…" pour une expression, OR, -sans',
    subscription: 'le numéro d’une alerte, comme dans la liste',
    feed: 'l’adresse ou le nom d’un flux',
    message: 'le lien d’un article ou d’une alerte',
    place: 'où : here (ici), me (à vous) ou un canal',
    when: 'instant (aussitôt), hourly (chaque heure), daily 08:00, weekly Mon 08:00',
    duration: 'combien de temps : 3d (jours), 12h (heures), 45m (minutes)',
    quiet: 'heures calmes : 22:00-07:00, ou off',
    timeZone: 'un fuseau horaire comme Europe/Paris',
    text: 'quelques mots',
    address: 'l’adresse d’un flux ou d’un site',
    page: 'quelle page',
    command: 'une commande',
    choice: 'une des valeurs possibles',
    file: 'un fichier',
  },
  rootSummary: 'Alertes d’actualité : un message clair pour chaque article qui correspond',
  helpTitle: 'Newshound',
  helpIntro: 'Je lis les flux d’actualité et je publie une seule fois chaque article qui correspond à une alerte.',
  helpQueries: [
    [
      { bold: 'Recherches' },
      '  Tous les mots doivent être dans l’article, sous n’importe quelle forme : ',
      { code: 'asset seizure' },
      ' trouve « assets seized ».',
    ],
    [
      'Les pays se trouvent sous tous leurs noms : ',
      { code: 'Japan South Korea' },
      ' trouve « Tokyo and Seoul resume talks ».',
    ],
    [
      { code: '"asset seizure"' },
      ' est une expression, ',
      { code: 'nuclear OR fusion' },
      ' l’un ou l’autre, ',
      { code: '-weapon' },
      ' pas celui-ci,',
    ],
    [
      { code: '=US' },
      ' tel quel, ',
      { code: 'electri*' },
      ' un début de mot, ',
      { code: 'title:Tokyo' },
      ' un champ, ',
      { code: 'trade NEAR/5 tariff' },
      ' proches l’un de l’autre.',
    ],
  ],
  hello: 'Bonjour, ici Newshound.',
  addExample: ['Essayez ', { code: '/news add Japan South Korea' }, ' ou ', { code: '/news add "asset seizure"' }, '.'],
  helpExample: ['Toutes les commandes : ', { code: '/news help' }],
  example: 'Par exemple ',
  noCommand: (typed) => `La commande « ${typed} » n’existe pas.`,
  noOption: (command, typed) => `/news ${command} n’a pas d’option « ${typed} ».`,
  wrongChoice: (option, typed, choices) =>
    `« ${typed} » n’est pas une valeur de ${option}. Valeurs possibles : ${choices.join(', ')}.`,
  didYouMean: 'Vouliez-vous dire : ',
  somethingBroke:
    'Une erreur s’est produite de mon côté et rien n’a été modifié. Veuillez réessayer ; la cause figure dans le journal du serveur.',
  fileNeeded: (command, file) => `Il faut un fichier : /news ${command} ${file}`,

  // queries and times
  queries: queriesInFrench,
  when: whenInFrench,
  problemAt: (at) => `Au caractère ${at} : `,
  useSuggestion: 'Utiliser ceci',
  warning: (message) => `Remarque : ${message}`,
  broad: (aDay) =>
    `cette recherche est large, environ ${Math.round(aDay)} par jour. Un autre mot, ou des guillemets, la préciserait.`,
  nothingStored: 'Aucun article n’est encore enregistré pour l’essayer.',
  wouldHaveFound: (found, days, aDay) => {
    if (found === 0) return `Rien n’aurait été trouvé ${lastDays(days)}.`;
    return `${count(found, 'article aurait été trouvé', 'articles auraient été trouvés')} ${lastDays(days)}${days < 1 ? '' : `, ${rate(aDay)}`}.`;
  },
  nothingFound: (tried) => `Aucun résultat parmi ${count(tried, 'article enregistré', 'articles enregistrés')}.`,
  foundStories: (found, shown) =>
    found > shown ? `${found} articles, les ${shown} plus récents :` : `${count(found, 'article', 'articles')} :`,

  // alerts
  previewTitle: 'Une nouvelle alerte',
  save: 'Enregistrer',
  edit: 'Modifier',
  cancel: 'Annuler',
  remove: 'Supprimer',
  pause: 'Mettre en pause',
  resume: 'Reprendre',
  undo: 'Rétablir',
  addThis: 'Créer l’alerte',
  saved: (id) => `Alerte #${id} enregistrée`,
  undoAdd: (id) => ['Ce n’est pas cela ? ', { code: `/news remove ${id}` }],
  cancelled: 'Rien n’a été enregistré.',
  draftGone: 'Cet aperçu n’existe plus, ou n’est pas le vôtre. Veuillez créer l’alerte à nouveau.',
  changed: (id) => `Alerte #${id} modifiée`,
  removed: (id) => `Alerte #${id} supprimée`,
  undoFor: (minutes) => `Vous pouvez la rétablir pendant ${count(minutes, 'minute', 'minutes')}.`,
  undoTooLate: (id) => `Il est trop tard pour rétablir l’alerte #${id}. Veuillez la créer à nouveau.`,
  notRemoved: (id) => `L’alerte #${id} n’était pas supprimée.`,
  restored: (id) => `Alerte #${id} rétablie`,
  paused: (id) => `Alerte #${id} en pause`,
  resumed: (id) => `Alerte #${id} reprise`,
  untilResumed: (id) => `Elle reste silencieuse jusqu’à /news resume ${id}.`,
  until: 'Reprise : ',
  wrongDuration: (typed) => `« ${typed} » n’est pas une durée. Écrivez-la comme 3d, 12h ou 45m.`,
  alertsTo: (when, where, destination) => {
    const there = { here: 'ici', home: 'à vous seul', elsewhere: `vers ${destination}` }[where];
    return [`Les alertes arrivent ${whenInFrench(when)}, ${there}.`];
  },
  byClock: (zone, told) =>
    told
      ? [`Les heures sont celles de ${zone}.`]
      : [
          `Les heures sont celles de ${zone}, faute d’en connaître d’autres. Pour indiquer les vôtres : `,
          { code: '/news settings --timezone …' },
        ],
  quietFrom: (quiet) => `Heures calmes : ${quiet}`,
  addedOn: 'Créée : ',
  numbered: (id, name) => (name === '' ? `Alerte #${id}` : `Alerte #${id} : ${name}`),
  alertsInWeek: (alerts) => `${count(alerts, 'article', 'articles')} en 7 jours`,
  stateActive: 'active',
  statePaused: 'en pause',
  stateRemoved: 'supprimée',
  listEmpty: 'Il n’y a pas encore d’alerte ici',
  listTitle: (alerts) => `${count(alerts, 'alerte', 'alertes')} ici`,
  mineEmpty: 'Vous n’avez pas encore d’alerte',
  mineTitle: (alerts) => `Vous avez ${count(alerts, 'alerte', 'alertes')}`,
  goesTo: 'vers ',
  goesHome: 'à vous seul',
  page: (page, pages) => `Page ${page} sur ${pages}`,
  nextPage: 'Page suivante',
  addTitle: 'Nouvelle alerte',
  editTitle: (id) => `Alerte #${id}`,
  editHow: (id) => [
    ['Dites ce qu’il faut modifier, par exemple'],
    [{ code: `/news edit ${id} --query "asset seizure" Japan` }],
    [{ code: `/news edit ${id} --name Seizures --when daily 08:00 --quiet 22:00-07:00` }],
  ],
  continueLabel: 'Continuer',
  closeLabel: 'Fermer',
  change: 'Modifier',
  working: 'Un instant…',
  openForm: 'Ouvrir le formulaire',
  correctForm: 'Corriger',
  tooOld: 'Trop de temps a passé. Veuillez le saisir à nouveau.',
  placeLabel: 'Publier dans',
  placeHint: 'Laissé vide : à vous seul.',
  pasteLabel: 'Le texte du fichier',
  pasteMore: 'La suite, s’il y en a une',
  pageIntro: 'Vos alertes, où qu’elles aillent. Celles de tout un canal s’y affichent avec /news list.',
  sentInPrivate: 'C’est long : vous le recevez en message direct.',
  pressAgain: 'Cela a pris trop de temps. Veuillez réessayer.',
  tooLongHere: (most) =>
    `C’est trop long pour être remis ici (plus de ${most} caractères). La personne qui m’héberge peut l’exporter en ligne de commande.`,
  queryLabel: 'Recherche',
  queryHint: 'Japan South Korea, "asset seizure", nuclear OR fusion -weapon',
  nameLabel: 'Nom',
  nameHint: 'Comment l’appeler',
  whenLabel: 'Quand',
  whenHint: 'instant, hourly, daily 08:00, weekly Mon 08:00',
  quietLabel: 'Heures calmes',
  quietHint: '22:00-07:00, ou off',

  // rights and quotas
  noId: (typed) => `« ${typed} » n’est pas un numéro d’alerte. /news list les montre.`,
  unknownId: (id) => `Il n’y a pas d’alerte #${id} ici. /news list montre celles qu’il y a.`,
  notYours: (id) =>
    `L’alerte #${id} est à quelqu’un d’autre. Son auteur et les responsables d’ici peuvent la modifier.`,
  noPlace: (typed) => `Les alertes ne peuvent pas aller vers « ${typed} ». Indiquez here, me ou un canal d’ici.`,
  managersAdd: 'Seuls les responsables peuvent ajouter des alertes ici. Vous pouvez les recevoir en privé : --to me',
  managersFeeds: 'Seuls les responsables d’ici peuvent ajouter des flux.',
  managersSettings: 'Seuls les responsables d’ici peuvent modifier les réglages.',
  alreadyThere: (id) => `L’alerte #${id} cherche déjà cela.`,
  placeFull: (most) =>
    `Il n’y a pas place ici pour plus de ${count(most, 'alerte', 'alertes')}. Supprimez-en une d’abord.`,
  memberFull: (most) =>
    `Vous avez ${count(most, 'alerte', 'alertes')}, le maximum par membre. Supprimez-en une d’abord.`,

  // places that a chat refuses
  refusals: {
    noPlace: 'Il n’y a pas de canal de ce nom ici.',
    ownOnly: 'Les alertes peuvent aller vers des canaux et vers vos propres messages directs.',
    unseen: 'Vous ne pouvez pas voir ce canal.',
    unwritable: 'Vous ne pouvez pas écrire dans ce canal, ni donc y envoyer des alertes.',
    permission: (name) => `Je ne peux pas publier dans ce canal. Donnez-moi « ${name} » à cet endroit.`,
    botUnseen: 'Je ne peux pas voir ce canal.',
    notMember: 'Je ne suis pas membre de ce serveur.',
    noMessages: 'On ne peut pas écrire de messages dans ce canal.',
    archived: 'Ce canal est archivé.',
    notInvited: 'Je ne suis pas dans ce canal. Invitez-moi d’abord avec /invite.',
    unknown: 'Je ne connais pas ce canal. S’il est privé, invitez-moi d’abord avec /invite.',
    unsure: 'Je n’ai pas pu savoir si les alertes peuvent y aller. Veuillez réessayer.',
    terminal: 'Depuis un terminal, les alertes ne peuvent aller que vers ce terminal.',
  },

  // alerts and notices
  whyMenu: 'Pourquoi cette alerte ?',
  why: 'Pourquoi ?',
  read: 'Lire',
  muteStory: 'Masquer ce sujet',
  untitled: 'Article sans titre',
  also: 'aussi : ',
  andMore: (more) => ` et ${more} de plus`,
  moreOutlets: (outlets) => count(outlets, 'autre média', 'autres médias'),
  digest: (kind, stories, names) => {
    const told = `${count(stories, 'article', 'articles')}${names === '' ? '' : ` pour ${names}`}`;
    switch (kind) {
      case 'catch-up':
        return `Publiés en retard : ${told}`;
      case 'quiet':
        return `Pendant les heures calmes : ${told}`;
      case 'hourly':
        return `Votre récapitulatif de l’heure : ${told}`;
      case 'daily':
        return `Votre récapitulatif du jour : ${told}`;
      case 'weekly':
        return `Votre récapitulatif de la semaine : ${told}`;
      case 'other':
        return told;
    }
  },
  flooding: (id, name, most) =>
    `#${id} (${name}) a trouvé plus de ${count(most, 'article', 'articles')} en une heure. En attendant que cela se calme, ils ` +
    `arrivent groupés une fois par heure ; rien n’est omis. /news edit ${id} permet de préciser la recherche.`,
  broughtAtOnce: (feed, stories, names) =>
    `${feed} a apporté beaucoup d’articles d’un coup. ${count(stories, 'article', 'articles')} pour ${names} ` +
    `${stories < 2 ? 'n’est pas publié séparément' : 'ne sont pas publiés séparément'} ; /news preview montre ce qu’une recherche trouve.`,
  feedDead: (feed, hours, why) =>
    `Le flux ${feed} est illisible depuis ${span(hours)} (${why}). Les essais continuent ; rien de ce qu’il contiendra encore ` +
    'à son retour n’est perdu.',
  feedGone: (feed, why) =>
    `Le flux ${feed} n’existe plus, selon son serveur (${why}), et n’est plus interrogé. /news feeds montre les autres.`,
  feedBack: (feed, hours) => `Le flux ${feed} est de nouveau lisible après ${span(hours)}.`,
  whyShort: 'pourquoi ? ',
  askedBy: (alerts) => `pour ${alerts}`,
  alsoIn: (outlet) => `aussi ${outlet} : `,
  ofStory: (number) => ` (article ${number})`,
  noReason: 'raison inconnue',
  postReason,
  stoppedTitle: 'Alertes interrompues',
  stopped: (place, reason, id) => [
    [`Vos alertes ne peuvent plus être publiées dans ${place} : ${reason}.`],
    ['Une fois le problème réglé, ', { code: `/news resume ${id}` }, ' les fait reprendre.'],
  ],

  // why
  noSuchMessage: (typed) =>
    `Je ne connais pas d’article « ${typed} ». Donnez le lien d’un article ou d’une de mes alertes.`,
  notWatched: (host) => `Aucun flux de ${host} n’est suivi : ses articles ne me parviennent pas. Pour le suivre :`,
  notSeen: 'Cet article n’était dans aucun des flux de son site quand je les ai lus :',
  feedFailing: (message) => `illisible : ${message}.`,
  feedFine: 'se lit sans problème ; l’article n’y figure peut-être pas.',
  matchedWords: (found) =>
    found.length === 0 ? 'correspond. ' : `correspond : ${found.map((word) => `« ${word} »`).join(', ')}. `,
  wasCounted: 'Son flux a apporté beaucoup d’articles d’un coup ; il a été compté avec eux en une ligne.',
  wasMuted: 'Ce sujet est masqué ici.',
  refusedHere: (reason) => `Rien ne peut être publié ici : ${reason}.`,
  sameStoryAs: (tier) =>
    tier === 'text'
      ? 'Il a le même texte qu’un article déjà publié ici.'
      : 'Il raconte le même événement qu’un article déjà publié ici, et figure sous celui-ci.',
  alreadyTold: 'Il avait déjà été publié ici.',
  posted: 'Publié : ',
  gaveUp: (reason) => `Il n’a pas pu être publié : ${reason}.`,
  inDigest: 'Il fait partie d’un récapitulatif.',
  heldUntil: 'Il est retenu jusqu’à : ',
  beingRetried: (reason) => `La publication a échoué (${reason}) et sera retentée.`,
  onItsWay: 'Il est en route.',
  unreadable: 'est devenue illisible ; veuillez la modifier.',
  addedLater: 'a été créée après l’arrivée de l’article.',
  lacks: (missing) =>
    missing.length === 0 ? 'ne correspond pas.' : `ne correspond pas, il manque : ${missing.join(', ')}.`,
  wasPaused: 'correspond, mais est en pause.',
  learntOnly: 'correspond, mais l’article était ancien, ou déjà dans son flux à la première lecture.',
  nobodyAsked: 'Il n’y a pas d’alerte ici.',
  muted: 'Plus rien n’arrivera ici sur ',
  unmuted: 'La suite arrive de nouveau ici sur ',
  muteNotYours:
    'Aucune de vos alertes n’a apporté cet article ici. Les auteurs de l’alerte et les responsables d’ici peuvent le masquer.',

  // feeds
  noFeeds: 'Aucun flux n’est encore suivi',
  feedsTitle: (all, failing) =>
    `${count(all, 'flux', 'flux')}${failing === 0 ? ', aucun problème' : `, ${failing} en erreur`}`,
  feedsAddExample: (host) => `/news feeds add ${host}`,
  feedReason,
  feedStopped: (reason) => `n’existe plus : ${reason}`,
  feedNotYet: 'pas encore lu',
  triedAgain: ' Prochain essai : ',
  triedNow: ' Un nouvel essai est imminent.',
  lastRead: 'Dernière lecture : ',
  itemsADay: (items) => (items === null ? '' : `, ${rate(items)}`),
  whichFeed: 'Il y a plusieurs flux. Lequel ?',
  addFeed: 'Suivre celui-ci',
  noAddress: (typed) => `« ${typed} » n’est pas une adresse web.`,
  feedUnreadable: (reason) => `Cette adresse est illisible : ${reason}.`,
  noFeedThere: (address) => `Il n’y a pas de flux à ${address}, et la page n’en indique aucun.`,
  feedKnown: (name) => `${name} est déjà suivi.`,
  feedsFull: (most) => `On ne peut pas ajouter ici plus de ${count(most, 'flux', 'flux')}.`,
  feedAdded: (name) => `${name} est suivi`,
  feedLearns: 'Ce qu’il contient déjà n’est pas annoncé ; les alertes portent sur ce qui paraîtra désormais.',
  noSuchFeed: (typed) => `Aucun flux d’ici ne s’appelle « ${typed} ». /news feeds les montre.`,
  feedOfHost: (name) => `${name} est un flux de l’hébergeur ; ceux-ci se modifient dans son fichier OPML.`,
  feedNotYours:
    'Ce flux a été ajouté par quelqu’un d’autre. Cette personne et les responsables d’ici peuvent le retirer.',
  feedRemoved: (name) => `${name} n’est plus suivi`,
  badOpml: (line, message) =>
    `Le fichier n’est pas lisible comme OPML, rien n’a été ajouté. Ligne ${line} : ${message}`,
  feedsImported: (added, known) =>
    `${count(added, 'flux ajouté', 'flux ajoutés')}${known === 0 ? '' : `, ${count(known, 'déjà suivi', 'déjà suivis')}`}`,
  feedsExported: (feeds) => `${count(feeds, 'flux', 'flux')} en OPML`,

  // settings, export and import
  settingsTitle: 'Réglages d’ici',
  settingsSaved: 'Réglages enregistrés',
  settingsExample: ['Pour les modifier : ', { code: '/news settings --timezone Asia/Tokyo --quiet 22:00-07:00' }],
  settingHints: {
    timezone: 'pour les récapitulatifs et les heures calmes',
    quiet: 'heures où rien n’est publié',
    when: 'pour les alertes qui ne disent pas quand',
    alerts: 'qui peut ajouter des alertes ici',
    feeds: 'qui peut ajouter des flux',
    language: 'des réponses et des alertes ; auto : celle de chacun',
  },
  noTimeZone: (typed) => `« ${typed} » n’est pas un fuseau horaire. Exemples : Europe/Paris, Asia/Tokyo.`,
  fileTooLarge: (most) => `Le fichier est trop grand : ${most} Mio au plus peuvent être lus.`,
  fileUnreadable: 'Le fichier n’a pas pu être lu. Veuillez réessayer.',
  exported: (alerts) => count(alerts, 'alerte', 'alertes'),
  badImport: (problem) => `Le fichier ne contient pas d’alertes de Newshound, rien n’a été ajouté. ${problem}`,
  badEntry: (place, problem) => `Alerte ${place} du fichier : ${problem}`,
  importRefused: 'Rien n’a été ajouté',
  imported: (added, known) =>
    `${count(added, 'alerte ajoutée', 'alertes ajoutées')}${known === 0 ? '' : `, ${known} déjà là`}`,
};

const weekdays = ['lundi', 'mardi', 'mercredi', 'jeudi', 'vendredi', 'samedi', 'dimanche'];

/** `chaque jour à 08:00`, `chaque lundi à 08:00`. */
function whenInFrench(when: When): string {
  switch (when.kind) {
    case 'instant':
      return 'aussitôt';
    case 'hourly':
      return 'chaque heure';
    case 'daily':
      return `chaque jour à ${when.at}`;
    case 'weekly':
      return `chaque ${weekdays[when.day - 1] ?? ''} à ${when.at}`;
  }
}

/** `ces 6 dernières heures`, `ces 14 derniers jours`. */
function lastDays(days: number): string {
  if (days >= 1.5) return `ces ${Math.round(days)} derniers jours`;
  const hours = Math.max(1, Math.round(days * 24));
  return hours === 1 ? 'cette dernière heure' : `ces ${hours} dernières heures`;
}

function span(hours: number): string {
  return hours < 48 ? count(hours, 'heure', 'heures') : count(Math.round(hours / 24), 'jour', 'jours');
}

/** `environ 4 par jour`, `environ 2 par semaine`. */
function rate(aDay: number): string {
  if (aDay >= 0.95) return `environ ${Math.round(aDay)} par jour`;
  const aWeek = Math.round(aDay * 7);
  return aWeek >= 1 ? `environ ${aWeek} par semaine` : 'moins d’un par semaine';
}
