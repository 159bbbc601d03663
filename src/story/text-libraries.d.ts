declare module 'wink-lemmatizer' {
  const lemmatizer: {
    noun(word: string): string;
    verb(word: string): string;
    adjective(word: string): string;
  };
  // oxlint-disable-next-line import/no-default-export
  export default lemmatizer;
}
