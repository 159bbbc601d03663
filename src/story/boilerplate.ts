import { isFurniture, isPaywall, isPointer, isReadOn, isShareBar } from './boilerplate-phrases.ts';
import type { Passage } from './markup.ts';
import { isSyndicationNote } from './syndication-note.ts';
import { withoutTitle } from './repeated-title.ts';

/** What stands around a description and may be repeated in it. */
export interface DescriptionContext {
  readonly title: string;
  readonly source: string;
  readonly link: string;
  /** BCP 47 primary language, or ''. */
  readonly lang: string;
}

/** Furniture is short; a longer text is only looked at from its end. */
const MOST_FURNITURE_CHARS = 500;
const MOST_TITLE_CHARS = 400;
const MOST_TAIL_STARTS = 12;
/** A caption that ends with a copyright mark and its owner. */
const MARKED_CAPTION = /^.{0,300}[^\d\s]\s{0,3}(?:©|\(c\)) ?[\p{L}\p{N} .,/&'-]{2,60}$/iu;
/** Marks of a text that was cut off, in brackets. */
const CUT_MARK =
  /\s*(?:\[\s?(?:…|\.{3,4}|more|read more)\s?(?:…|\.{3})?\s?\]|\((?:…|\.{3,4}|more…?|more\.{3})\)|【?…】)\s*$/iu;
const END_CREDIT =
  /\s*[([](?:photo|image|picture|foto|bild|credit|source|quelle|via)s?(?: (?:by|credit|courtesy(?: of)?))? ?[:：/] ?[^()[\]]{1,90}[)\]]\s*$/iu;
const SHORTCODE =
  /\[\/?(?:caption|gallery|embed|video|audio|playlist|vc_[a-z_]+|et_pb_[a-z_]+|su_[a-z_]+|youtube|tweet|ad|contact-form[-\w]*|more)(?:\s[^\]]{0,300})?\]/giu;
/** Shortcodes whose content is a caption. */
const CAPTION_SHORTCODE = /\[caption(?:\s[^\]]{0,300})?\][^[]{0,500}\[\/caption\]/giu;
/** "Anna Berg | Harbour Times", either way round. */
const SIGNED_AT = /^(.{2,60}?) [|·•—–-] (.{2,60})$/u;
const NAMED = /^\p{Lu}[\p{L}.'-]{0,20}(?: \p{Lu}[\p{L}.'-]{0,20}){1,3}$/u;
/** "via The Verge", the outlet being a link. */
const LINKED_SOURCE = /^[\s[(]{0,2}(?:via|source|quelle|h\/t) [^.!?]{2,60}[\s)\]]{0,2}$/iu;
const HALF = 0.5;
const WHOLLY_LINKED = 0.9;

/**
 * A text's passages without what is not about its story: invitations to read on, notes of syndication, sharing, pointers
 * to other stories, credits, adverts, paywalls, unfilled templates, its repeated title. Paragraphs, in order.
 */
export function withoutBoilerplate(passages: readonly Passage[], context: DescriptionContext): string[] {
  const paragraphs: string[] = [];
  let chars = 0;
  let open = false;
  const short = { ...context, title: context.title.slice(0, MOST_TITLE_CHARS) };
  let pointing = false;
  let sharing = false;
  for (const passage of upToPaywall(passages)) {
    if (!passage.continued) open = false;
    // "Related articles" and the like: the links behind it are what they point to.
    pointing = isPointer(plain(passage.text)) || (pointing && isWhollyLinked(passage));
    // "Share this article" stands before buttons that name where to.
    const bar = isShareBar(plain(passage.text));
    sharing = bar && (sharing || isFurniture(plain(passage.text)));
    if (pointing || sharing) continue;
    const text = storyPart(passage, short, chars === 0);
    if (text === '') continue;
    if (open) paragraphs.push(`${paragraphs.pop() ?? ''} ${text}`);
    else paragraphs.push(text);
    open = true;
    chars += text.length;
  }
  return paragraphs;
}

/** An unfilled template or a wall after most of a text ends it: what follows is the wall's own talk. */
function upToPaywall(passages: readonly Passage[]): readonly Passage[] {
  const total = passages.reduce((sum, { text }) => sum + text.length, 0);
  let before = 0;
  for (const [i, { text }] of passages.entries()) {
    if (before > total * HALF && isPaywall(plain(text))) return passages.slice(0, i);
    before += text.length;
  }
  return passages;
}

function isWhollyLinked({ text, linked }: Passage): boolean {
  return linked >= text.replaceAll(/\s/gu, '').length * WHOLLY_LINKED;
}

function storyPart(passage: Passage, context: DescriptionContext, isFirst: boolean): string {
  if (passage.grey && passage.linked > 0) return '';
  let text = passage.text.replaceAll(CAPTION_SHORTCODE, ' ').replaceAll(SHORTCODE, ' ').trim();
  text = text.replace(CUT_MARK, '…');
  if (text === '' || isJunk(text, passage.linked, context)) return '';
  text = withoutTail(text, passage, context);
  text = withoutTitle(text, passage.lead, context, isFirst);
  return isJunk(text, passage.linked, context) ? '' : text;
}

/** Whether a paragraph or sentence, on one line, is nothing but what tools and pages put around a story. */
export function isBoilerplate(text: string): boolean {
  return isJunk(text, 0, { title: '', source: '', link: '', lang: '' });
}

/** Whether a paragraph is the talk of a paywall or a template that was never filled: what follows is no story either. */
export function isWall(text: string): boolean {
  return isPaywall(plain(text));
}

function isJunk(text: string, linked: number, context: DescriptionContext): boolean {
  if (!/[\p{L}\p{N}\p{Extended_Pictographic}]/u.test(text)) return true;
  if (text.length > MOST_FURNITURE_CHARS) return false;
  const bare = plain(text);
  if (linked > 0 && LINKED_SOURCE.test(bare)) return true;
  // "Read more | 12 comments": each for itself.
  if (bare.includes('|') && bare.split('|').every((part) => part.trim() === '' || isFurniture(part.trim())))
    return true;
  if (isFurniture(bare) || isPaywall(bare) || MARKED_CAPTION.test(bare)) return true;
  return isSignature(bare, context.source) || isSyndicationNote(bare, linked, context);
}

function isSignature(text: string, source: string): boolean {
  const [, left = '', right = ''] = SIGNED_AT.exec(text) ?? [];
  return source !== '' && ((right === source && NAMED.test(left)) || (left === source && NAMED.test(right)));
}

/** Cuts furniture off the end of a passage: its last link, then whatever follows the end of a sentence. */
function withoutTail(text: string, passage: Passage, context: DescriptionContext): string {
  let rest = text;
  const { lastLink } = passage;
  if (lastLink !== '' && lastLink.length < rest.length && isReadOn(plain(lastLink))) {
    const at = rest.lastIndexOf(lastLink);
    if (at > 0) rest = rest.slice(0, at).replace(/[\s([|»›→–—-]+$/u, '');
  }
  for (const start of tailStarts(rest)) {
    const tail = rest.slice(start);
    if (isJunk(tail, passage.linked, context)) {
      rest = rest.slice(0, start).trimEnd();
      break;
    }
  }
  rest = rest.replace(END_CREDIT, '');
  return rest.replace(CUT_MARK, '…').replace(/(?:…|\.{3})\s?…$/u, '…');
}

/** Where a sentence may begin within the last part of a text, earliest first. */
function tailStarts(text: string): number[] {
  const from = Math.max(0, text.length - MOST_FURNITURE_CHARS);
  const starts: number[] = [];
  for (const match of text.slice(from).matchAll(/[.!?…。！？»”"’)\]](?=\s)\s+|[。！？…]|(?<=\s)(?=\[)/gu)) {
    const start = from + match.index + match[0].length;
    if (start > 0 && start < text.length) starts.push(start);
  }
  return starts.slice(-MOST_TAIL_STARTS);
}

function plain(text: string): string {
  return text
    .replaceAll(/[‘’ʼ＇]/gu, "'")
    .replaceAll(/[“”„]/gu, '"')
    .replaceAll('\u00A0', ' ');
}
