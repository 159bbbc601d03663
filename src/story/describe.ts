import { Parser } from 'htmlparser2';

/** What stands around a description and may be repeated in it. */
export interface DescriptionContext {
  readonly title: string;
  readonly source: string;
  readonly link: string;
  /** BCP 47 primary language, or ''. */
  readonly lang: string;
}

const MOST_CHARS = 200_000;
const hiddenElements = new Set([
  'script',
  'style',
  'noscript',
  'iframe',
  'svg',
  'form',
  'button',
  'select',
  'template',
  'object',
  'embed',
  'figcaption',
  'nav',
  'head',
  'textarea',
  'canvas',
  'audio',
  'video',
]);
const blocks = new Set([
  'p',
  'div',
  'br',
  'li',
  'ul',
  'ol',
  'tr',
  'table',
  'blockquote',
  'h1',
  'h2',
  'h3',
  'h4',
  'h5',
  'h6',
  'section',
  'article',
  'header',
  'footer',
  'figure',
  'pre',
  'hr',
  'dd',
  'dt',
  'dl',
  'aside',
  'main',
]);
const unseen =
  /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u00AD\u061C\u200B\u200E\u200F\u202A-\u202E\u2060-\u2064\u2066-\u206F\uFEFF]/gu;
/** Blocks and tails that stand in feeds and say nothing about the story; anchored, so that prose with these words stays. */
const junkBlocks: readonly RegExp[] = [
  /^(?:continue reading|read (?:more|the full (?:story|article))|(?:weiter|mehr) ?lesen|lire la suite|leer más|leggi (?:tutto|di più)|続きを読む|더 보기)\b[\s.…»→>]*$/iu,
  /^the post .{1,300} (?:appeared first on|first appeared on) .{1,100}$/iu,
  /^(?:der beitrag|l[’']article|la entrada|el artículo|l[’']articolo|o post|het bericht) .{1,300} (?:erschien zuerst auf|est apparu en premier sur|se publicó primero en|apareció primero en|proviene da|apareceu primeiro em|verscheen eerst op) .{1,100}$/iu,
  /^submitted by\s+\/?u\/\S+(?:\s+to\s+\/?r\/\S+)?(?:\s*\[link\]\s*\[comments\])?$/iu,
  /^\[(?:link|comments)\](?:\s*\[(?:link|comments)\])?$/iu,
  /^(?:comments(?: url:.*)?|article url:.*|points: \d+|# comments: \d+)$/iu,
  /^(?:share|tweet|email|print|facebook|twitter|linkedin|whatsapp|advertisement|sponsored content|sign up|subscribe)$/iu,
  /\{\{.{0,80}\}\}/u,
];
const junkTail = /\s*(?:\[(?:…|\.\.\.|&hellip;)\]|(?:continue reading|read more)\s*(?:…|\.\.\.|»|→)?)\s*$/iu;

/** A description as plain paragraphs, parted by blank lines, without what is not about the story. '' when nothing is left. */
export function cleanDescription(html: string, context: DescriptionContext): string {
  const title = context.title.trim().toLowerCase();
  const paragraphs = paragraphsOf(html)
    .map((paragraph) => paragraph.replace(junkTail, '').trim())
    .filter((paragraph) => paragraph !== '' && paragraph.toLowerCase() !== title)
    .filter((paragraph) => !junkBlocks.some((junk) => junk.test(paragraph)));
  const [first = ''] = paragraphs;
  const repeated = title.length > 20 && first.toLowerCase().startsWith(`${title} `);
  return (repeated ? [first.slice(title.length).trim(), ...paragraphs.slice(1)] : paragraphs).join('\n\n');
}

/** Any markup as plain paragraphs, parted by blank lines. */
export function plainText(html: string): string {
  return paragraphsOf(html).join('\n\n');
}

/** A title as one line of plain text. */
export function cleanTitle(text: string): string {
  return paragraphsOf(text).join(' ');
}

function paragraphsOf(html: string): string[] {
  const once = textOf(html.slice(0, MOST_CHARS));
  // Escaped twice: what was decoded is markup again.
  const text = /<(?:p|br|div|a|b|i|em|strong|img|span|ul|li|h\d)\b[^<>]*>/iu.test(once) ? textOf(once) : once;
  return text
    .split(/\n+/u)
    .map((paragraph) => paragraph.replaceAll(unseen, '').replaceAll(/\s+/gu, ' ').trim())
    .filter((paragraph) => paragraph !== '');
}

function textOf(html: string): string {
  const parts: string[] = [];
  let hidden = 0;
  const parser = new Parser(
    {
      onopentag(name, attributes) {
        if (
          hidden > 0 ||
          hiddenElements.has(name) ||
          'hidden' in attributes ||
          /display\s*:\s*none/iu.test(attributes['style'] ?? '')
        ) {
          if (!voidElements.has(name)) hidden++;
        } else if (blocks.has(name)) parts.push('\n');
      },
      onclosetag(name) {
        if (hidden > 0 && !voidElements.has(name)) hidden--;
        else if (blocks.has(name)) parts.push('\n');
      },
      ontext(text) {
        if (hidden === 0) parts.push(text.replaceAll(/\s/gu, ' '));
      },
    },
    { decodeEntities: true },
  );
  parser.end(html);
  return parts.join('');
}

const voidElements = new Set([
  'br',
  'hr',
  'img',
  'input',
  'meta',
  'link',
  'source',
  'wbr',
  'area',
  'base',
  'col',
  'embed',
  'track',
  'param',
]);
