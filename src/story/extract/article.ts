/** What a web page says, as plain text. Every string is '' when the page does not tell. */
export interface Article {
  readonly title: string;
  /** Paragraphs parted by a blank line; '' when the page holds no article. */
  readonly text: string;
  readonly byline: string;
  /** Epoch ms; null when the page gives no date that can be read. */
  readonly published: number | null;
  /** BCP 47 as published. */
  readonly lang: string;
  /** The absolute http(s) address the page calls its own. */
  readonly canonical: string;
  readonly siteName: string;
}

export const NO_ARTICLE: Article = {
  title: '',
  text: '',
  byline: '',
  published: null,
  lang: '',
  canonical: '',
  siteName: '',
};

/** More of a page than this is not read: a fetch may stop here (bytes; UTF-16 units once decoded). */
export const MAX_PAGE_LENGTH = 2 * 1024 * 1024;

/** Whether a body of this Content-Type may hold an article; a server that names none may. */
export function mayHoldArticle(contentType: string): boolean {
  const type = contentType.split(';', 1)[0]?.trim().toLowerCase() ?? '';
  return ['', 'text/html', 'application/xhtml+xml', 'text/plain'].includes(type);
}
