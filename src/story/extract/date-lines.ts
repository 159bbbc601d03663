const MAX_LENGTH = 140;

/** Months, week days and the words around a date of publication, by language, without accents. */
const DATE_WORDS = new Set(
  (
    'january february march april may june july august september october november december jan feb mar apr jun jul aug ' +
    'sep sept oct nov dec monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri ' +
    'sat sun am pm a p m at on the of and to est edt et cst cdt ct mst mdt pst pdt pt gmt utc bst cet cest ist st nd rd ' +
    'th published publish updated update posted post last modified first created date time ago day days hour hours hrs ' +
    'minute minutes mins min second seconds week weeks month months year years since today yesterday read reading ' +
    'januar februar marz maerz mai juni juli oktober dezember mrz okt dez montag dienstag mittwoch donnerstag freitag ' +
    'samstag sonnabend sonntag mo di mi do fr sa so uhr am um den der vom von veroffentlicht aktualisiert stand zuletzt ' +
    'erstellt geandert datum lesezeit minuten minute lesedauer heute gestern ca ' +
    'janvier fevrier mars avril juin juillet aout septembre octobre novembre decembre lundi mardi mercredi jeudi ' +
    'vendredi samedi dimanche publie mis mise a jour le la les h modifie cree il y heures temps de lecture ' +
    'enero febrero marzo abril mayo junio julio agosto septiembre setiembre octubre noviembre diciembre lunes martes ' +
    'miercoles jueves viernes sabado domingo publicado actualizado hace horas del el las hora tiempo lectura ' +
    'gennaio febbraio aprile maggio giugno luglio settembre ottobre dicembre lunedi martedi mercoledi giovedi venerdi ' +
    'domenica pubblicato aggiornato il alle ore ultimo aggiornamento ' +
    'janeiro fevereiro marco maio junho julho setembro outubro novembro dezembro segunda terca quarta quinta sexta feira ' +
    'atualizado em as tempo leitura minutos minuto ' +
    'januari februari maart mei augustus maandag dinsdag woensdag donderdag vrijdag zaterdag zondag gepubliceerd ' +
    'bijgewerkt op om ' +
    'stycznia lutego marca kwietnia maja czerwca lipca sierpnia wrzesnia pazdziernika listopada grudnia opublikowano ' +
    'aktualizacja godz ' +
    'maret desember oktober agustus senin selasa rabu kamis jumat minggu wib diposting dipublikasikan ' +
    'января февраля марта апреля мая июня июля августа сентября октября ноября декабря опубликовано обновлено в г мск'
  ).split(' '),
);

const DIACRITICS = /\p{Diacritic}/gu;
const DAY = /(?:^|\D)(?:19|20)\d\d(?:\D|$)|\d{1,2}[./-]\d{1,2}[./-]\d\d/u;
const AGO = /\b(?:ago|vor|il y a|hace|fa|h[áa])\b/iu;
const CJK_DATE = /^[\d\s年月日時时分秒:：./()（）년월일시분-]{6,40}(?:更新|公開|配信|发布|發布|입력|수정)?$/u;

const LABEL =
  /^[\s\p{P}\p{S}]*(?:(?:last )?(?:published|updated?|posted|modified|created)|ver[öo]ffentlicht|aktualisiert|stand|erstellt|datum|publi[ée]|mis [àa] jour|publicado|actualizado|pubblicato|aggiornato|atualizado|gepubliceerd|bijgewerkt|opublikowano|опубликовано|обновлено)(?![\p{L}])/iu;

/** A date line that says that it is one ("Updated …"). */
export function isLabelledDateLine(text: string): boolean {
  return LABEL.test(text) && isDateLine(text);
}

/** Whether a line says when something was published and nothing else ("Updated 7:12 pm EST, Friday, …"). */
export function isDateLine(text: string): boolean {
  if (text.length > MAX_LENGTH || !/\d/u.test(text)) return false;
  if (/[年月日년월일]/u.test(text) && CJK_DATE.test(text)) return true;
  const words = text
    .normalize('NFD')
    .replace(DIACRITICS, '')
    .toLowerCase()
    .split(/[^\p{L}]+/u);
  let known = 0;
  for (const word of words) {
    if (word === '') continue;
    if (!DATE_WORDS.has(word)) return false;
    known++;
  }
  return DAY.test(text) || (known > 1 && (AGO.test(text) || LABEL.test(text)));
}
