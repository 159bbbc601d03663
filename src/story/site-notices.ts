import { isLabelledDateLine } from './extract/date-lines.ts';

/*
 * What sites and newsrooms set around a story about themselves, by subject and language; as in boilerplate-phrases.ts each
 * pattern is matched against a whole block, on one line, with straight apostrophes.
 */

const COOKIES = [
  /^(?:this|the|our) (?:web ?)?(?:site|page) (?:and our partners )?(?:uses?|stores?) cookies\b.{0,240}$/iu,
  /^we (?:and (?:our|selected|third)[ \p{L}\d,]{0,40} )?(?:use|store|set) (?:essential |necessary |optional )?(?:and similar technologies |cookies) ?(?:and [\p{L} ]{3,40} )?(?:to (?:improve|ensure|give|personali[sz]e|offer|make|enhance|provide|analy[sz]e|understand|track|deliver|optimi[sz]e|measure|store|help|show|remember)|on (?:this|our)|for (?:analytics|statistics|advert))\b.{0,240}$/iu,
  /^by (?:clicking|tapping|pressing|continuing|using|accepting|browsing|closing)\b.{0,100}\b(?:you (?:agree|accept|consent)|use of cookies)\b.{0,200}$/iu,
  /^(?:wir|diese (?:web)?seite|unsere (?:web)?seite|diese website|unsere website) (?:verwende[nt]|nutz(?:en|t)|benutz(?:en|t)|setz(?:en|t)) (?:\p{L}{1,15} )?cookies\b.{0,240}$/iu,
  /^(?:nous (?:et nos partenaires )?utilisons|(?:ce|notre) site (?:web )?utilise) (?:des|les) cookies\b.{0,240}$/iu,
  /^(?:usamos|utilizamos|(?:este|nuestro|nosso) (?:sitio|site)(?: web)? (?:usa|utiliza)|esta web (?:usa|utiliza)) (?:os |las )?cookies\b.{0,240}$/iu,
  /^(?:(?:questo|il nostro) sito (?:web )?(?:usa|utilizza)|utilizziamo|usiamo) (?:i )?cookies?\b.{0,240}$/iu,
  /^(?:(?:wij|we) gebruiken|(?:deze|onze) (?:web)?site gebruikt) cookies\b.{0,240}$/iu,
  /^(?:(?:ta|nasza) strona|serwis|nasz serwis) (?:używa|wykorzystuje|korzysta z) (?:plików )?cookies?.{0,240}$/iu,
  /^(?:(?:мы )?используем|(?:этот |наш )?сайт использует) (?:файлы )?(?:cookie|куки).{0,240}$/iu,
  /^(?:当|本)(?:ウェブ)?サイト(?:で)?は.{0,20}(?:cookie|クッキー).{0,120}$|^(?:本|我们的|我們的)?(?:网站|網站)(?:会)?使用.{0,6}cookie.{0,120}$/iu,
];

const NAMES = "\\p{Lu}[\\p{L}.'-]{0,20}(?: \\p{Lu}[\\p{L}.'-]{0,20}){1,3}";
/** Who wrote it, in a word and a name: "Text: Anna Berg". */
const SIGNED = new RegExp(
  `^(?:Text(?:e|o)?|Testo|Tekst|Words|Story|Author|Autor(?:in)?|Auteur|Autore|Redaktion|Автор|Текст|Συντάκτης)(?: (?:und|and|et|y|e) \\p{L}{4,6})? ?[:：] ?${NAMES}(?:(?:,| and| und| et| y| e) ${NAMES}){0,3}$`,
  'u',
);
/** "Reporting by Anna Berg in Tarnow; editing by Bert Holm": an agency's last line. */
const REPORTING = [
  new RegExp(
    `^\\(?(?:[Aa]dditional )?(?:[Rr]eporting|[Ww]riting)(?: and \\p{L}{4,10})? by ${NAMES}(?:, ${NAMES}| and ${NAMES}){0,4}\\)?\\.?$`,
    'u',
  ),
  /^\(?(?:additional )?(?:reporting|writing|compiled)(?: and \p{L}{4,10})? by .{2,200}[;,.] ?(?:additional )?(?:editing|writing|reporting)(?: and \p{L}{4,10})? by .{2,100}$/iu,
  /^\((?:additional )?(?:reporting|writing|editing)(?: and \p{L}{4,10})? by .{2,200}\)$/iu,
  /^our standards ?: ?the thomson reuters trust principles.{0,40}$/iu,
];

/** A label over a story, or a line on how far it has come. */
const LABELS =
  /^[\s*[(|–—-]{0,4}(?:breaking(?: news)?|developing(?: story)?|just in|news (?:alert|flash)|eilmeldung|última hora|ultim'ora|en direct|breaking(?: news)?:? (?:check|please check) back.{0,40}|速報|快讯|快訊|속보|عاجل)[\s*\])|:!.–—-]{0,4}$/iu;
const DEVELOPING =
  /^(?:this is a (?:developing|breaking)(?: news)? story|this story (?:is (?:developing|being updated)|will be updated))\b.{0,120}$|^(?:please )?check back (?:here )?(?:later |soon )?for (?:more|further|the latest)? ?(?:updates|details|information)\b.{0,40}$/iu;

const ASKING =
  /^(?:did you (?:like|enjoy|find)|(?:do you )?like|liked|enjoy(?:ed)?) (?:reading )?(?:this|our|what you)\b.{0,50}\?.{0,60}$|^(?:don't|never) miss (?:a|an|any|out on|our)\b.{0,50}\b(?:sign up|subscribe|newsletter|alerts?|inbox)\b.{0,80}$|^(?:deel dit (?:artikel|bericht|verhaal)|del (?:denne )?(?:artikkelen|artiklen|saken)|dela (?:den här )?artikeln|udostępnij (?:ten )?(?:artykuł|wpis)|podziel się|sdílet(?: článek)?|paylaş|compart(?:e|ir) (?:este |esta |el |la )?(?:artículo|noticia|nota)|condividi (?:l'|questo |questa )?(?:articolo|notizia)|partage[rz] (?:cet |l')article|compartilh(?:e|ar) (?:este |esta )?(?:artigo|notícia|matéria))[\s:!.]{0,4}$/iu;

const LITTLE =
  /^(?:source|quelle|fuente|fonte|bron|źródło|źródło|kaynak)[\s.]?$|^sent from my (?:iphone|ipad|android|mobile|phone|samsung|blackberry)\b.{0,40}$|^von meinem (?:iphone|ipad|handy) gesendet$|^envoyé de mon (?:iphone|ipad)$|^(?:lesezeit|lesedauer|temps de lecture|tiempo de lectura|tempo di lettura|tempo de leitura|leestijd|czas czytania|время чтения) ?:? ?(?:ca\.? |env\.? |ok\. |±)?\d{1,3} ?\p{L}{1,10}\.?$|^\d{1,3} (?:min(?:uten)?\.?|minutes?) (?:de lecture|lesezeit|leestijd|di lettura|de lectura|de leitura)$/iu;

const CREDITED =
  /^[（(［【[]\s?(?:图|圖|图片|圖片|图源|圖源|照片|写真|写真提供|画像|사진|사진제공|资料图)\s?[:：=／/].{1,60}[）)］】\]]$|^[Ff]ot\. ?(?:arch\. )?\p{Lu}.{1,80}$/u;

const CONTACT =
  /^.{0,4}(?:기사 ?제보|제보|보도자료|문의).{0,40}(?:@|\d{2,4}-\d).{0,60}$|^(?:تابعونا|تابعنا|اشتركوا|اشترك) (?:الآن )?(?:على|في|عبر) .{1,60}$|^(?:ما را|به ما) .{0,30}(?:دنبال کنید|بپیوندید).{0,20}$|^(?:עקבו אחרינו|הצטרפו אלינו).{0,60}$|^(?:हमें|हमारे).{0,40}(?:फॉलो|सब्सक्राइब|जुड़ें).{0,30}$|^(?:ติดตาม|กดติดตาม).{0,30}(?:facebook|line|twitter|youtube|เฟซบุ๊ก|ไลน์).{0,40}$/iu;

/** Whether a whole text is a site's or newsroom's note on itself: cookies, when and by whom it was written, labels, requests. */
export function isSiteNotice(text: string): boolean {
  return (
    [...COOKIES, SIGNED, ...REPORTING, LABELS, DEVELOPING, ASKING, LITTLE, CREDITED, CONTACT].some((pattern) =>
      pattern.test(text),
    ) || isLabelledDateLine(text)
  );
}
