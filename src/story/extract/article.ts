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
