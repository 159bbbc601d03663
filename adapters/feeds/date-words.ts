/** Names of months, full or as far as they are written, in the order of the year; one string a language. */
const MONTH_LISTS = [
  'january february march april may june july august september october november december',
  'jan feb mar apr may jun jul aug sep oct nov dec',
  'januar februar märz april mai juni juli august september oktober november dezember',
  'jänner feber mär apr mai jun jul aug sep okt nov dez',
  'janvier février mars avril mai juin juillet août septembre octobre novembre décembre',
  'janv févr mars avr mai juin juil août sept oct nov déc',
  'janvier fevrier mars avr mai juin juillet aout sept oct nov decembre',
  'enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre',
  'ene feb mar abr may jun jul ago set oct nov dic',
  'gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre',
  'gen feb mar apr mag giu lug ago set ott nov dic',
  'janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro',
  'jan fev marco abr mai jun jul ago set out nov dez',
  'januari februari maart april mei juni juli augustus september oktober november december',
  'jan feb mrt apr mei jun jul aug sep okt nov dec',
  'januari februari mars april maj juni juli augusti september oktober november december',
  'januar februar marts april maj juni juli august september oktober november desember',
  'január február március április május június július augusztus szeptember október november december',
  'jan febr márc ápr máj jún júl aug szept okt nov dec',
  'stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia',
  'sty lut mar kwi maj cze lip sie wrz paź lis gru',
  'ledna února března dubna května června července srpna září října listopadu prosince',
  'января февраля марта апреля мая июня июля августа сентября октября ноября декабря',
  'янв фев мар апр май июн июл авг сен окт ноя дек',
  'січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня',
  'ιανουαρίου φεβρουαρίου μαρτίου απριλίου μαΐου ιουνίου ιουλίου αυγούστου σεπτεμβρίου οκτωβρίου νοεμβρίου δεκεμβρίου',
  'ιαν φεβ μαρ απρ μαι ιουν ιουλ αυγ σεπ οκτ νοε δεκ',
  'ιαν φεβ μάρ απρ μάι ιούν ιούλ αύγ σεπ οκτ νοέ δεκ',
  'ιαν φεβ μαρ απρ μαϊ ιον ιολ αυγ σεπ οκτ νον δεκ',
  'ιαν φεβ μαρ απρ μάϊ ίον ίολ αύγ σεπ οκτ νοε δεκ',
  'ocak şubat mart nisan mayıs haziran temmuz ağustos eylül ekim kasım aralık',
  'oca şub mar nis may haz tem ağu eyl eki kas ara',
  'tammi helmi maalis huhti touko kesä heinä elo syys loka marras joulu',
  'tammikuuta helmikuuta maaliskuuta huhtikuuta toukokuuta kesäkuuta heinäkuuta elokuuta syyskuuta lokakuuta marraskuuta joulukuuta',
  'januari februari maret april mei juni juli agustus september oktober november desember',
  'jan feb mar apr mei jun jul agt sep okt nov des',
  'ianuarie februarie martie aprilie mai iunie iulie august septembrie octombrie noiembrie decembrie',
  'ian feb mar apr mai iun iul aug sep oct noi dec',
  'siječnja veljače ožujka travnja svibnja lipnja srpnja kolovoza rujna listopada studenoga prosinca',
  'januar februar mart april maj jun jul avgust septembar oktobar novembar decembar',
  'januára februára marca apríla mája júna júla augusta septembra októbra novembra decembra',
  'gener febrer març abril maig juny juliol agost setembre octubre novembre desembre',
  'януари февруари март април май юни юли август септември октомври ноември декември',
  'январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь',
  'січ лют бер кві тра чер лип сер вер жов лис гру',
  'يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر',
  'ינואר פברואר מרץ אפריל מאי יוני יולי אוגוסט ספטמבר אוקטובר נובמבר דצמבר',
  'בינואר בפברואר במרץ באפריל במאי ביוני ביולי באוגוסט בספטמבר באוקטובר בנובמבר בדצמבר',
  'जनवरी फ़रवरी मार्च अप्रैल मई जून जुलाई अगस्त सितंबर अक्टूबर नवंबर दिसंबर',
];

/** Days that begin as a month does. */
export const DAY_NAMES: ReadonlySet<string> = new Set(
  ['martes mardi martedì marți marti segunda seg sexta sex decadi maandag märtes'].flatMap((line) => line.split(' ')),
);

/** Lower-case names of months, 1 to 12. */
export const MONTHS: ReadonlyMap<string, number> = new Map(
  MONTH_LISTS.toReversed().flatMap((list) => list.split(' ').map((name, at) => [name, at + 1] as const)),
);

/** Halves of the day and the hours they add; the longer word first. */
export const HALVES: readonly (readonly [string, number])[] = [
  ['a.m.', 0],
  ['p.m.', 12],
  ['am', 0],
  ['pm', 12],
  ['오전', 0],
  ['오후', 12],
  ['午前', 0],
  ['午後', 12],
  ['上午', 0],
  ['下午', 12],
  ['πμ', 0],
  ['μμ', 12],
];

/** Hours east of Greenwich. RFC 822 names, and those that publishers write; of two meanings the more usual in news. */
const ZONE_HOURS = [
  'ut=0 gmt=0 utc=0 z=0 wet=0 west=1 bst=1 ist=5.5 cet=1 cest=2 met=1 mest=2 mez=1 mesz=2 eet=2 eest=3 msk=3',
  'msd=4 trt=3 sast=2 gst=4 pkt=5 npt=5.75 ict=7 wib=7 sgt=8 hkt=8 pht=8 awst=8 jst=9 kst=9 acst=9.5 acdt=10.5',
  'aest=10 aedt=11 nzst=12 nzdt=13 at=-4 hst=-10 akst=-9 akdt=-8 pst=-8 pdt=-7 pt=-8 mst=-7 mdt=-6 mt=-7 cst=-6 cdt=-5',
  'ct=-6 est=-5 edt=-4 et=-5 ast=-4 adt=-3 nst=-3.5 ndt=-2.5 brt=-3 brst=-2 art=-3 clt=-4',
].flatMap((line) => line.split(' '));

/** RFC 822 section 5.1: A is one hour west, M twelve; N one hour east, Y twelve. J is no zone. */
const MILITARY = Array.from('abcdefghiklm').map((letter, at) => [letter, -(at + 1) * 60] as const);
const MILITARY_EAST = Array.from('nopqrstuvwxy').map((letter, at) => [letter, (at + 1) * 60] as const);

/** Lower-case names of zones, minutes east of Greenwich. */
export const ZONES: ReadonlyMap<string, number> = new Map([
  ...ZONE_HOURS.map((zone) => zone.split('=')).map(([name = '', hours]) => [name, Number(hours) * 60] as const),
  ...MILITARY,
  ...MILITARY_EAST,
]);
