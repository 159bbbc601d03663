/** One way to read a stretch of a surface form as a word. Offsets are units of the raw form. */
export interface Form {
  /** In normal form and lower case. */
  readonly word: string;
  /** In normal form, its case kept. */
  readonly cased: string;
  /** In lower case with its marks: what stemmers read. */
  readonly marked: string;
  /** The letters, when they are all capitals (`US`, `U.S.`, the `CEO` of `CEOs`); else ''. */
  readonly capitals: string;
  /** The first part it covers, and how many. */
  readonly part: number;
  readonly parts: number;
  readonly start: number;
  readonly end: number;
  /** Read from a query, this is what the word stands for; other forms are further readings of a story's word. */
  readonly primary: boolean;
  /** It has a suffix after an apostrophe, and another form is the word without it: no stem is needed. */
  readonly suffixed?: true;
}
