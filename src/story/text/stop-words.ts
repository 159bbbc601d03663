/**
 * Words that say nothing by themselves. English, and those of other European languages that are no word of English news
 * (German "die" and "war" are not here).
 */
const STOP_WORDS = new Set(
  (
    'a an the and or nor but if of in on at to for from by with as is are was were be been being am it its this that these those ' +
    'he she they we you i him her his them their our your my me us who whom whose which what when where how why there here ' +
    'not no so than then too very do does did have has had having about after before into onto upon over under between during ' +
    'through against until while because such same own s t ' +
    'el la los las del y una unas unos le les des du et une dans pour sur avec der das und dem den ein eine einer für fur mit von zu zum zur ' +
    'il lo gli della dei delle di dos da do em het een van voor och att och av og til w z na i v'
  ).split(' '),
);

/** Whether a word in normal form is one that a search does not ask for by itself. */
export function isStopWord(word: string): boolean {
  return STOP_WORDS.has(word);
}
