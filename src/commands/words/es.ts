import type { When } from '../../subscription/subscription.ts';
import { queriesInSpanish } from './es-queries.ts';
import { counter } from './plural.ts';
import type { Words } from './en.ts';
import { feedReason, postReason } from './es-reasons.ts';

const count = counter('es');

/** Everything that the program says to members, in Spanish. */
export const es: Words = {
  language: 'es',

  // commands and help
  summaries: {
    add: 'Recibir una alerta por cada noticia nueva que coincida',
    list: 'Las alertas de este lugar',
    show: 'Una alerta en detalle',
    edit: 'Cambiar la búsqueda, el nombre, el momento o el destino de una alerta',
    remove: 'Eliminar una alerta; se puede deshacer durante un rato',
    pause: 'Pausar una alerta, por un tiempo o hasta reanudarla',
    resume: 'Reanudar una alerta en pausa',
    preview: 'Lo que una búsqueda habría encontrado en los últimos días',
    why: 'Por qué llegó una noticia, o por qué no',
    search: 'Buscar en las noticias guardadas de los últimos días',
    feeds: 'Las fuentes que se siguen y su estado',
    'feeds add': 'Seguir otra fuente, o la fuente de un sitio',
    'feeds remove': 'Dejar de seguir una fuente añadida aquí',
    'feeds import': 'Añadir las fuentes de un archivo OPML',
    'feeds export': 'Las fuentes como archivo OPML',
    settings: 'Zona horaria, horas de silencio y permisos de este lugar',
    export: 'Las alertas de este lugar como archivo',
    import: 'Añadir las alertas de un archivo exportado',
    help: 'Ayuda',
  },
  optionHints: {
    query: 'palabras que debe tener la noticia; "…" para una frase, OR, -no',
    subscription: 'el número de una alerta, como en la lista',
    feed: 'la dirección o el nombre de una fuente',
    message: 'el enlace de una noticia o de una alerta',
    place: 'adónde: here (aquí), me (a ti) o un canal',
    when: 'instant (al momento), hourly (cada hora), daily 08:00, weekly Mon 08:00',
    duration: 'cuánto tiempo: 3d, 12h, 45m',
    quiet: 'horas de silencio: 22:00-07:00, u off',
    timeZone: 'una zona horaria como Europe/Madrid',
    text: 'unas palabras',
    address: 'la dirección de una fuente o de un sitio',
    page: 'qué página',
    command: 'un comando',
    choice: 'uno de los valores posibles',
    file: 'un archivo',
  },
  rootSummary: 'Alertas de noticias: un mensaje claro por cada noticia que coincida',
  helpTitle: 'Newshound',
  helpIntro: 'Leo las fuentes de noticias y publico una sola vez cada noticia que coincide con una alerta.',
  helpQueries: [
    [
      { bold: 'Búsquedas' },
      '  Todas las palabras deben estar en la noticia, en cualquier forma: ',
      { code: 'asset seizure' },
      ' encuentra «assets seized».',
    ],
    [
      'Los países se encuentran por todos sus nombres: ',
      { code: 'Japan South Korea' },
      ' encuentra «Tokyo and Seoul resume talks».',
    ],
    [
      { code: '"asset seizure"' },
      ' es una frase, ',
      { code: 'nuclear OR fusion' },
      ' cualquiera de las dos, ',
      { code: '-weapon' },
      ' esta no,',
    ],
    [
      { code: '=US' },
      ' tal cual, ',
      { code: 'electri*' },
      ' un comienzo, ',
      { code: 'title:Tokyo' },
      ' un campo, ',
      { code: 'trade NEAR/5 tariff' },
      ' cerca.',
    ],
  ],
  hello: 'Hola, soy Newshound.',
  addExample: ['Prueba ', { code: '/news add Japan South Korea' }, ' o ', { code: '/news add "asset seizure"' }, '.'],
  helpExample: ['Todos los comandos: ', { code: '/news help' }],
  example: 'Por ejemplo ',
  noCommand: (typed) => `No existe el comando «${typed}».`,
  noOption: (command, typed) => `/news ${command} no tiene la opción «${typed}».`,
  wrongChoice: (option, typed, choices) => `«${typed}» no es un valor de ${option}. Puede ser ${choices.join(', ')}.`,
  didYouMean: '¿Querías decir esto? ',
  somethingBroke:
    'Algo ha fallado por mi parte y no se ha cambiado nada. Inténtalo de nuevo; la causa está en el registro del servidor.',
  fileNeeded: (command, file) => `Hace falta un archivo: /news ${command} ${file}`,

  // queries and times
  queries: queriesInSpanish,
  when: whenInSpanish,
  problemAt: (at) => `En el carácter ${at}: `,
  useSuggestion: 'Usar esto',
  warning: (message) => `Nota: ${message}`,
  broad: (aDay) => `es amplia, unas ${Math.round(aDay)} al día. Otra palabra, o unas comillas, la acotaría.`,
  nothingStored: 'Aún no hay noticias guardadas con las que probarla.',
  wouldHaveFound: (found, days, aDay) => {
    if (found === 0) return `No habría encontrado nada en ${lastDays(days)}.`;
    return `Habría encontrado ${count(found, 'noticia', 'noticias')} en ${lastDays(days)}${days < 1 ? '' : `, ${rate(aDay)}`}.`;
  },
  nothingFound: (tried) => `Ninguna de las ${count(tried, 'noticia guardada', 'noticias guardadas')}.`,
  foundStories: (found, shown) =>
    found > shown
      ? `${count(found, 'noticia', 'noticias')}, las ${shown} más recientes:`
      : `${count(found, 'noticia', 'noticias')}:`,

  // alerts
  previewTitle: 'Una alerta nueva',
  save: 'Guardar',
  edit: 'Editar',
  cancel: 'Cancelar',
  remove: 'Eliminar',
  pause: 'Pausar',
  resume: 'Reanudar',
  undo: 'Deshacer',
  addThis: 'Añadir como alerta',
  saved: (id) => `Alerta #${id} guardada`,
  undoAdd: (id) => ['¿No era esto? ', { code: `/news remove ${id}` }],
  cancelled: 'No se ha guardado nada.',
  draftGone: 'Esta vista previa ya no existe o no es tuya. Añade la alerta de nuevo.',
  changed: (id) => `Alerta #${id} modificada`,
  removed: (id) => `Alerta #${id} eliminada`,
  undoFor: (minutes) => `Se puede deshacer durante ${count(minutes, 'minuto', 'minutos')}.`,
  undoTooLate: (id) => `Ya es tarde para recuperar la alerta #${id}. Añádela de nuevo.`,
  notRemoved: (id) => `La alerta #${id} no estaba eliminada.`,
  restored: (id) => `Alerta #${id} recuperada`,
  paused: (id) => `Alerta #${id} en pausa`,
  resumed: (id) => `Alerta #${id} reanudada`,
  untilResumed: (id) => `No enviará nada hasta /news resume ${id}.`,
  until: 'Se reanuda: ',
  wrongDuration: (typed) => `«${typed}» no es una duración. Escríbela como 3d, 12h o 45m.`,
  alertsTo: (when, where, destination) => {
    const there = { here: 'aquí', home: 'solo a ti', elsewhere: `a ${destination}` }[where];
    return [`Las alertas llegan ${whenInSpanish(when)}, ${there}.`];
  },
  byClock: (zone, told) =>
    told
      ? [`Las horas son de ${zone}.`]
      : [
          `Las horas son de ${zone}, pues no conozco otra zona. Para indicar la tuya: `,
          { code: '/news settings --timezone …' },
        ],
  quietFrom: (quiet) => `Horas de silencio: ${quiet}`,
  addedOn: 'Añadida: ',
  numbered: (id, name) => (name === '' ? `Alerta #${id}` : `Alerta #${id}: ${name}`),
  alertsInWeek: (alerts) => `${count(alerts, 'aviso', 'avisos')} en 7 días`,
  stateActive: 'activa',
  statePaused: 'en pausa',
  stateRemoved: 'eliminada',
  listEmpty: 'Aún no hay alertas aquí',
  listTitle: (alerts) => `${count(alerts, 'alerta', 'alertas')} aquí`,
  mineEmpty: 'Aún no tienes alertas',
  mineTitle: (alerts) => `Tienes ${count(alerts, 'alerta', 'alertas')}`,
  goesTo: 'a ',
  goesHome: 'solo a ti',
  page: (page, pages) => `Página ${page} de ${pages}`,
  nextPage: 'Página siguiente',
  addTitle: 'Nueva alerta',
  editTitle: (id) => `Alerta #${id}`,
  editHow: (id) => [
    ['Di qué hay que cambiar, por ejemplo'],
    [{ code: `/news edit ${id} --query "asset seizure" Japan` }],
    [{ code: `/news edit ${id} --name Seizures --when daily 08:00 --quiet 22:00-07:00` }],
  ],
  continueLabel: 'Continuar',
  closeLabel: 'Cerrar',
  change: 'Cambiar',
  working: 'Un momento…',
  openForm: 'Abrir el formulario',
  correctForm: 'Corregir',
  tooOld: 'Ha pasado demasiado tiempo. Vuelve a escribirlo.',
  placeLabel: 'Publicar en',
  placeHint: 'Si se deja vacío, solo a ti.',
  pasteLabel: 'El texto del archivo',
  pasteMore: 'La parte siguiente, si la hay',
  pageIntro: 'Tus alertas, vayan adonde vayan. Las de todo un canal se ven allí con /news list.',
  sentInPrivate: 'Es largo: te llega por mensaje directo.',
  pressAgain: 'Ha tardado demasiado. Inténtalo de nuevo.',
  tooLongHere: (most) =>
    `Es demasiado largo para entregarlo aquí (más de ${most} caracteres). Quien me administra puede exportarlo desde la línea de comandos.`,
  queryLabel: 'Búsqueda',
  queryHint: 'Japan South Korea, "asset seizure", nuclear OR fusion -weapon',
  nameLabel: 'Nombre',
  nameHint: 'Cómo llamarla',
  whenLabel: 'Cuándo',
  whenHint: 'instant, hourly, daily 08:00, weekly Mon 08:00',
  quietLabel: 'Horas de silencio',
  quietHint: '22:00-07:00, u off',

  // rights and quotas
  noId: (typed) => `«${typed}» no es el número de una alerta. /news list los muestra.`,
  unknownId: (id) => `Aquí no hay ninguna alerta #${id}. /news list muestra las que hay.`,
  notYours: (id) =>
    `La alerta #${id} es de otra persona. Pueden cambiarla quien la creó y quienes administran este lugar.`,
  noPlace: (typed) => `No se pueden enviar alertas a «${typed}». Puede ser here, me o un canal de este lugar.`,
  managersAdd: 'Solo quienes administran este lugar pueden añadir alertas aquí. Puedes recibirlas en privado: --to me',
  managersFeeds: 'Solo quienes administran este lugar pueden añadir fuentes.',
  managersSettings: 'Solo quienes administran este lugar pueden cambiar sus ajustes.',
  alreadyThere: (id) => `La alerta #${id} ya busca eso.`,
  placeFull: (most) => `Aquí no caben más de ${count(most, 'alerta', 'alertas')}. Elimina una primero.`,
  memberFull: (most) => `Tienes ${count(most, 'alerta', 'alertas')}, el máximo por persona. Elimina una primero.`,

  // places that a chat refuses
  refusals: {
    noPlace: 'Aquí no hay ningún canal así.',
    ownOnly: 'Las alertas pueden ir a canales y a tus propios mensajes directos.',
    unseen: 'No puedes ver ese canal.',
    unwritable: 'No puedes escribir en ese canal, así que no puedes enviar alertas allí.',
    permission: (name) => `No puedo publicar en ese canal. Dame allí «${name}».`,
    botUnseen: 'No puedo ver ese canal.',
    notMember: 'No soy miembro de ese servidor.',
    noMessages: 'En ese canal no se pueden escribir mensajes.',
    archived: 'Ese canal está archivado.',
    notInvited: 'No estoy en ese canal. Invítame antes con /invite.',
    unknown: 'No conozco ese canal. Si es privado, invítame antes con /invite.',
    unsure: 'No he podido saber si las alertas pueden ir allí. Inténtalo de nuevo.',
    terminal: 'Desde un terminal, las alertas solo pueden ir a este terminal.',
  },

  // alerts and notices
  whyMenu: '¿Por qué esta alerta?',
  why: '¿Por qué?',
  read: 'Leer',
  muteStory: 'Silenciar noticia',
  untitled: 'Noticia sin título',
  also: 'también: ',
  andMore: (more) => ` y ${more} más`,
  moreOutlets: (outlets) => count(outlets, 'medio más', 'medios más'),
  digest: (kind, stories, names) => {
    const told = `${count(stories, 'noticia', 'noticias')}${names === '' ? '' : ` de ${names}`}`;
    switch (kind) {
      case 'catch-up':
        return `${told} sin publicar a tiempo`;
      case 'quiet':
        return `${told} de las horas de silencio`;
      case 'hourly':
        return `Tu resumen de la hora: ${told}`;
      case 'daily':
        return `Tu resumen diario: ${told}`;
      case 'weekly':
        return `Tu resumen semanal: ${told}`;
      case 'other':
        return told;
    }
  },
  flooding: (id, name, most) =>
    `#${id} (${name}) ha encontrado más de ${count(most, 'noticia', 'noticias')} en una hora. Hasta que se calme, llegarán ` +
    `reunidas una vez por hora; no se omite nada. Con /news edit ${id} puedes acotarla.`,
  broughtAtOnce: (feed, stories, names) =>
    `${feed} ha traído muchas noticias de golpe. ${count(stories, 'noticia', 'noticias')} para ${names} no se ` +
    `${stories === 1 ? 'publica' : 'publican'} por separado; /news preview muestra lo que encuentra una búsqueda.`,
  feedDead: (feed, hours, why) =>
    `La fuente ${feed} no se puede leer desde hace ${span(hours)} (${why}). Se seguirá intentando; no se pierde nada de lo ` +
    'que siga en ella cuando vuelva.',
  feedGone: (feed, why) =>
    `La fuente ${feed} ya no existe, según su servidor (${why}), y deja de consultarse. /news feeds muestra las demás.`,
  feedBack: (feed, hours) => `La fuente ${feed} se puede leer de nuevo después de ${span(hours)}.`,
  whyShort: '¿por qué? ',
  askedBy: (alerts) => `por ${alerts}`,
  alsoIn: (outlet) => `también ${outlet}: `,
  ofStory: (number) => ` (noticia ${number})`,
  noReason: 'motivo desconocido',
  postReason,
  stoppedTitle: 'Alertas detenidas',
  stopped: (place, reason, id) => [
    [`Tus alertas ya no se pueden publicar en ${place}: ${reason}.`],
    ['Cuando esté resuelto, escribe ', { code: `/news resume ${id}` }, ' y seguirán.'],
  ],

  // why
  noSuchMessage: (typed) =>
    `No conozco la noticia «${typed}». Indica el enlace de una noticia o de una de mis alertas.`,
  notWatched: (host) => `No se sigue ninguna fuente de ${host}, así que sus noticias no me llegan. Para seguirla:`,
  notSeen: 'Esa noticia no estaba en ninguna de las fuentes de su sitio cuando las leí:',
  feedFailing: (message) => `no se puede leer: ${message}.`,
  feedFine: 'se lee sin problemas; puede que la noticia no esté en ella.',
  matchedWords: (found) =>
    found.length === 0 ? 'coincidió. ' : `coincidió con ${found.map((word) => `«${word}»`).join(', ')}. `,
  wasCounted: 'Su fuente trajo muchas noticias de golpe, y se contó con ellas en una sola línea.',
  wasMuted: 'La noticia está silenciada aquí.',
  refusedHere: (reason) => `No se puede publicar nada aquí: ${reason}.`,
  sameStoryAs: (tier) =>
    tier === 'text'
      ? 'Tiene el mismo texto que una noticia ya publicada aquí.'
      : 'Cuenta lo mismo que una noticia ya publicada aquí, y se añadió debajo de ella.',
  alreadyTold: 'Ya se había publicado aquí.',
  posted: 'Publicada: ',
  gaveUp: (reason) => `No se pudo publicar: ${reason}.`,
  inDigest: 'Forma parte de un resumen.',
  heldUntil: 'Se publicará: ',
  beingRetried: (reason) => `No se pudo publicar (${reason}) y se volverá a intentar.`,
  onItsWay: 'Está en camino.',
  unreadable: 'ya no se puede leer; edítala.',
  addedLater: 'se añadió después de que llegara la noticia.',
  lacks: (missing) => (missing.length === 0 ? 'no coincidió.' : `no coincidió: falta ${missing.join(', ')}.`),
  wasPaused: 'coincide, pero está en pausa.',
  learntOnly: 'coincide, pero la noticia era antigua o ya estaba en su fuente cuando se leyó por primera vez.',
  nobodyAsked: 'Aquí no hay alertas.',
  muted: 'Aquí no llegará nada más sobre ',
  unmuted: 'Vuelven a llegar aquí las novedades sobre ',
  muteNotYours:
    'Esta noticia no llegó por una alerta tuya. Pueden silenciarla quienes crearon la alerta y quienes administran este lugar.',

  // feeds
  noFeeds: 'Aún no se sigue ninguna fuente',
  feedsTitle: (all, failing) =>
    `${count(all, 'fuente', 'fuentes')}${failing === 0 ? ', sin problemas' : `, ${failing} con errores`}`,
  feedsAddExample: (host) => `/news feeds add ${host}`,
  feedReason,
  feedStopped: (reason) => `ya no existe: ${reason}`,
  feedNotYet: 'aún no leída',
  triedAgain: ' Próximo intento: ',
  triedNow: ' Se intentará enseguida.',
  lastRead: 'Última lectura: ',
  itemsADay: (items) => (items === null ? '' : `, ${rate(items)}`),
  whichFeed: 'Hay varias fuentes. ¿Cuál?',
  addFeed: 'Seguir esta',
  noAddress: (typed) => `«${typed}» no es una dirección web.`,
  feedUnreadable: (reason) => `Esa dirección no se puede leer: ${reason}.`,
  noFeedThere: (address) => `No hay ninguna fuente en ${address}, y la página no indica ninguna.`,
  feedKnown: (name) => `${name} ya se sigue.`,
  feedsFull: (most) => `Aquí no se pueden añadir más de ${count(most, 'fuente', 'fuentes')}.`,
  feedAdded: (name) => `Se sigue ${name}`,
  feedLearns: 'Lo que contiene ahora no se anuncia; las alertas llegan con lo nuevo a partir de aquí.',
  noSuchFeed: (typed) => `Aquí no hay ninguna fuente llamada «${typed}». /news feeds las muestra.`,
  feedOfHost: (name) => `${name} es una de las fuentes de quien me administra, que se cambian en su archivo OPML.`,
  feedNotYours: 'Esa fuente la añadió otra persona. Pueden quitarla ella y quienes administran este lugar.',
  feedRemoved: (name) => `Ya no se sigue ${name}`,
  badOpml: (line, message) =>
    `El archivo no se puede leer como OPML, así que no se añadió nada. Línea ${line}: ${message}`,
  feedsImported: (added, known) =>
    `${count(added, 'fuente añadida', 'fuentes añadidas')}${known === 0 ? '' : `, ${known} ya se seguían`}`,
  feedsExported: (feeds) => `${count(feeds, 'fuente', 'fuentes')} en OPML`,

  // settings, export and import
  settingsTitle: 'Ajustes de este lugar',
  settingsSaved: 'Ajustes guardados',
  settingsExample: ['Para cambiarlos: ', { code: '/news settings --timezone Asia/Tokyo --quiet 22:00-07:00' }],
  settingHints: {
    timezone: 'para resúmenes y horas de silencio',
    quiet: 'horas en que no se publica nada',
    when: 'para alertas que no dicen cuándo',
    alerts: 'quién puede añadir alertas aquí',
    feeds: 'quién puede añadir fuentes',
    language: 'de respuestas y alertas; auto, el de cada persona',
  },
  noTimeZone: (typed) => `«${typed}» no es una zona horaria. Son como Europe/Madrid o America/Bogota.`,
  fileTooLarge: (most) => `El archivo es demasiado grande: se pueden leer ${most} MiB como máximo.`,
  fileUnreadable: 'No se pudo leer el archivo. Inténtalo de nuevo.',
  exported: (alerts) => count(alerts, 'alerta', 'alertas'),
  badImport: (problem) => `El archivo no contiene alertas de Newshound, así que no se añadió nada. ${problem}`,
  badEntry: (place, problem) => `Alerta ${place} del archivo: ${problem}`,
  importRefused: 'No se añadió nada',
  imported: (added, known) =>
    `${count(added, 'alerta añadida', 'alertas añadidas')}${known === 0 ? '' : `, ${known} ya estaban aquí`}`,
};

const weekdays = ['lunes', 'martes', 'miércoles', 'jueves', 'viernes', 'sábado', 'domingo'];

/** `cada día a las 08:00`, `cada lunes a las 08:00`. */
function whenInSpanish(when: When): string {
  switch (when.kind) {
    case 'instant':
      return 'al momento';
    case 'hourly':
      return 'cada hora';
    case 'daily':
      return `cada día a las ${when.at}`;
    case 'weekly':
      return `cada ${weekdays[when.day - 1] ?? ''} a las ${when.at}`;
  }
}

/** `las últimas 6 horas`, `los últimos 14 días`. */
function lastDays(days: number): string {
  if (days >= 1.5) return `los últimos ${Math.round(days)} días`;
  const hours = Math.max(1, Math.round(days * 24));
  return hours === 1 ? 'la última hora' : `las últimas ${hours} horas`;
}

function span(hours: number): string {
  return hours < 48 ? count(hours, 'hora', 'horas') : count(Math.round(hours / 24), 'día', 'días');
}

/** `unas 4 al día`, `unas 2 a la semana`. */
function rate(aDay: number): string {
  const aWeek = Math.round(aDay * 7);
  if (aDay >= 0.95) return Math.round(aDay) === 1 ? 'cerca de una al día' : `unas ${Math.round(aDay)} al día`;
  if (aWeek < 1) return 'menos de una a la semana';
  return aWeek === 1 ? 'cerca de una a la semana' : `unas ${aWeek} a la semana`;
}
