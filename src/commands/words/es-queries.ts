import { joined, type ReadBackPiece } from '../../subscription/reading-words.ts';
import type { Words } from './en.ts';

const fields: Readonly<Record<'title' | 'summary' | 'body', string>> = {
  title: 'el título',
  summary: 'el resumen',
  body: 'el texto',
};

/** What is said of queries and times, in Spanish. */
export const queriesInSpanish: Words['queries'] = {
  problem(problem) {
    switch (problem.code) {
      case 'empty':
        return 'No hay nada que buscar: escribe una o dos palabras.';
      case 'too long':
        return `Son ${problem.length} caracteres; una búsqueda puede tener ${problem.most}.`;
      case 'no word':
        return 'No hay ninguna palabra que se pueda buscar: hacen falta letras o cifras.';
      case 'common word':
        return `«${problem.typed}» es una palabra demasiado común para buscarla sola. Ponla entre comillas para buscarla tal cual.`;
      case 'only exclusions':
        return 'Aquí solo hay palabras excluidas. Escribe también qué buscar.';
      case 'empty exclusion':
        return 'No hay nada después de esta exclusión.';
      case 'open quotation':
        return 'Estas comillas no se cierran.';
      case 'open bracket':
        return 'Este paréntesis no se cierra.';
      case 'stray bracket':
        return 'Este paréntesis no cierra nada.';
      case 'empty brackets':
        return 'No hay nada que buscar entre estos paréntesis.';
      case 'nested too deep':
        return 'Hay demasiados paréntesis anidados.';
      case 'OR without a side':
        return 'OR necesita un término a cada lado.';
      case 'empty side of OR':
        return `Los dos lados de OR necesitan algo que buscar: «${problem.side}» no tiene nada.`;
      case 'NEAR without a number':
        return `NEAR necesita un número de palabras del 1 al ${problem.most}, como en NEAR/5.`;
      case 'NEAR without terms':
        return 'NEAR va entre dos palabras, nombres o frases.';
      case 'NEAR of three':
        return 'NEAR une dos términos, no más.';
      case 'short prefix':
        return 'Antes del asterisco hacen falta al menos dos letras.';
      case 'empty field':
        return `No hay nada después de ${problem.field}:`;
      case 'no field':
        return `No existe el campo «${problem.typed}». ¿Querías decir ${problem.nearest}? Los campos son ${problem.fields.join(', ')}.`;
      case 'no language':
        return `«${problem.typed}» no es un código de idioma. Los códigos son como en, es o ja${problem.meant === '' ? '.' : `: ¿querías decir lang:${problem.meant}?`}`;
      case 'address':
        return 'Una dirección no es una palabra de la noticia. source: encuentra lo que publica un sitio.';
    }
  },
  caution(caution) {
    switch (caution.code) {
      case 'whole country':
        return `«${caution.typed}» por sí solo es un país entero: pueden ser muchas noticias. Una segunda palabra lo acota.`;
      case 'whole language':
        return 'Todo lo publicado en un idioma son muchas noticias. Una palabra lo acota.';
      case 'year':
        return `«${caution.typed}» por sí solo es un año, y muchas noticias lo mencionan. Una segunda palabra lo acota.`;
      case 'common word':
        return `«${caution.typed}» es una palabra muy común: pueden ser muchas noticias. Una segunda palabra lo acota.`;
      case 'short prefix':
        return `«${caution.typed}*» es corto y coincide con muchas palabras. Una tercera letra lo acota.`;
      case 'small or':
        return `Un «or» en minúsculas se ignora: se buscan las dos cosas. Para cualquiera de ellas, escribe ${caution.either}.`;
      case 'contradiction':
        return `«${caution.term}» se busca y se excluye a la vez: nada puede coincidir.`;
    }
  },
  time({ code, typed }) {
    switch (code) {
      case 'no day':
        return `«${typed}» no es un día de la semana. Escríbelo como Mon o Tue.`;
      case 'no time of day':
        return `«${typed}» no es una hora. Escríbela como 08:00.`;
      case 'no time to send':
        return `«${typed}» no sirve como momento de envío. Puede ser instant, hourly, daily 08:00 o weekly Mon 08:00.`;
      case 'no quiet hours':
        return `«${typed}» no son horas de silencio. Escríbelas como 22:00-07:00, o off para ninguna.`;
    }
  },
  reading: {
    language: 'es',
    stories: (about, which, without) => [
      ...(about === null ? ['Noticias'] : ['Noticias sobre ', ...about]),
      ...which.flat(),
      ...(without === null ? [] : [', pero no sobre ', ...without]),
    ],
    such: (which) => ['noticias', ...which],
    written: (language) => [' en ', { bold: language }],
    published: (source) => [' de ', { bold: source }],
    all: (items) => joined(items, ', ', beginsWith(items.at(-1), /^h?i(?![aeo])/iu) ? ' e ' : ' y '),
    any: (items) => joined(items, ', ', beginsWith(items.at(-1), /^h?o/iu) ? ' u ' : ' o '),
    neither: (items) => joined(items, ', ', ' ni '),
    not: (item) => ['no ', ...item],
    also: (names) => ` (también ${names.join(', ')}…)`,
    alsoJoined: (word) => ` (también ${word})`,
    inCapitals: ' (en mayúsculas)',
    asWritten: ' (tal como está escrito)',
    prefix: (text) => ['palabras que empiezan por ', { bold: text }],
    phrase: (text) => ['la frase ', { bold: `«${text}»` }],
    word: (text) => ['la palabra ', { bold: `«${text}»` }],
    within: (text, most) => ['las palabras ', { bold: text }, ` a ${most} de distancia como máximo`],
    near: (left, most, right) => [...left, ` a ${most} palabras como máximo de `, ...right],
    inField: (item, field) => [...item, ` en ${fields[field]}`],
  },
};

/** Before the sound of i `y` becomes `e`, before that of o `o` becomes `u`. */
function beginsWith(item: readonly ReadBackPiece[] | undefined, sound: RegExp): boolean {
  const [first = ''] = item ?? [];
  return sound.test(typeof first === 'string' ? first : first.bold);
}
