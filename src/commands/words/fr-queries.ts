import { joined } from '../../subscription/reading-words.ts';
import type { Words } from './en.ts';

const fields: Readonly<Record<'title' | 'summary' | 'body', string>> = {
  title: 'le titre',
  summary: 'le résumé',
  body: 'le texte',
};

/** What is said of queries and times, in French. */
export const queriesInFrench: Words['queries'] = {
  problem(problem) {
    switch (problem.code) {
      case 'empty':
        return 'Il n’y a rien à chercher : saisissez un mot ou deux.';
      case 'too long':
        return `Cela fait ${problem.length} caractères ; une recherche peut en avoir ${problem.most}.`;
      case 'no word':
        return 'Il n’y a là aucun mot à chercher : il faut des lettres ou des chiffres.';
      case 'common word':
        return `« ${problem.typed} » est un mot trop courant pour être cherché seul. Mettez-le entre guillemets pour le chercher tel quel.`;
      case 'only exclusions':
        return 'Il n’y a là que des exclusions. Indiquez aussi ce qu’il faut chercher.';
      case 'empty exclusion':
        return 'Il n’y a rien après cette exclusion.';
      case 'open quotation':
        return 'Ce guillemet n’est jamais fermé.';
      case 'open bracket':
        return 'Cette parenthèse n’est jamais fermée.';
      case 'stray bracket':
        return 'Cette parenthèse ne ferme rien.';
      case 'empty brackets':
        return 'Il n’y a rien à chercher entre ces parenthèses.';
      case 'nested too deep':
        return 'Trop de parenthèses sont imbriquées.';
      case 'OR without a side':
        return 'Il faut un terme de chaque côté de OR.';
      case 'empty side of OR':
        return `Il faut quelque chose à chercher de chaque côté de OR : « ${problem.side} » n’a rien.`;
      case 'NEAR without a number':
        return `NEAR demande un nombre de mots de 1 à ${problem.most}, par exemple NEAR/5.`;
      case 'NEAR without terms':
        return 'NEAR se place entre deux mots, noms ou expressions.';
      case 'NEAR of three':
        return 'NEAR relie deux termes, pas davantage.';
      case 'short prefix':
        return 'Il faut au moins deux lettres avant l’astérisque.';
      case 'empty field':
        return `Il n’y a rien après ${problem.field}:`;
      case 'no field':
        return `Le champ « ${problem.typed} » n’existe pas. Vouliez-vous dire ${problem.nearest} ? Les champs sont ${problem.fields.join(', ')}.`;
      case 'no language':
        return `« ${problem.typed} » n’est pas un code de langue. Un code ressemble à en, fr ou ja${problem.meant === '' ? '.' : ` : vouliez-vous dire lang:${problem.meant} ?`}`;
      case 'address':
        return 'Une adresse n’est pas un mot d’article. source: trouve ce que publie un site.';
    }
  },
  caution(caution) {
    switch (caution.code) {
      case 'whole country':
        return `« ${caution.typed} » seul désigne tout un pays : cela peut faire beaucoup d’articles. Un second mot précise.`;
      case 'whole language':
        return 'Tout ce qui paraît dans une langue, cela fait beaucoup d’articles. Un mot précise.';
      case 'year':
        return `« ${caution.typed} » seul est une année, que beaucoup d’articles mentionnent. Un second mot précise.`;
      case 'common word':
        return `« ${caution.typed} » est un mot très courant : cela peut faire beaucoup d’articles. Un second mot précise.`;
      case 'short prefix':
        return `« ${caution.typed}* » est court et correspond à beaucoup de mots. Une troisième lettre précise.`;
      case 'small or':
        return `Un « or » en minuscules est ignoré : les deux sont demandés. Pour l’un ou l’autre, écrivez ${caution.either}.`;
      case 'contradiction':
        return `« ${caution.term} » est à la fois demandé et exclu : rien ne peut correspondre.`;
    }
  },
  time({ code, typed }) {
    switch (code) {
      case 'no day':
        return `« ${typed} » n’est pas un jour de la semaine. Écrivez-le comme Mon ou Tue.`;
      case 'no time of day':
        return `« ${typed} » n’est pas une heure. Écrivez-la comme 08:00.`;
      case 'no time to send':
        return `« ${typed} » n’est pas un moment d’envoi. Ce peut être instant, hourly, daily 08:00 ou weekly Mon 08:00.`;
      case 'no quiet hours':
        return `« ${typed} » ne sont pas des heures calmes. Écrivez-les comme 22:00-07:00, ou off pour aucune.`;
    }
  },
  reading: {
    language: 'fr',
    stories: (about, which, without) => [
      ...(about === null ? ['Articles'] : ['Articles sur ', ...about]),
      ...which.flat(),
      ...(without === null ? [] : [', mais pas sur ', ...without]),
    ],
    such: (which) => ['articles', ...which],
    written: (language) => [' en ', { bold: language }],
    published: (source) => [' de ', { bold: source }],
    all: (items) => joined(items, ', ', ' et '),
    any: (items) => joined(items, ', ', ' ou '),
    neither: (items) => joined(items, ', ', ' ni '),
    not: (item) => ['pas ', ...item],
    also: (names) => ` (aussi ${names.join(', ')}…)`,
    alsoJoined: (word) => ` (aussi ${word})`,
    inCapitals: ' (en majuscules)',
    asWritten: ' (exactement ainsi)',
    prefix: (text) => ['les mots qui commencent par ', { bold: text }],
    phrase: (text) => ['l’expression ', { bold: `« ${text} »` }],
    word: (text) => ['le mot ', { bold: `« ${text} »` }],
    within: (text, most) => ['les mots ', { bold: text }, ` à ${most} au plus les uns des autres`],
    near: (left, most, right) => [...left, ` à ${most} mots au plus de `, ...right],
    inField: (item, field) => [...item, ` dans ${fields[field]}`],
  },
};
