/** The languages that the program speaks, as BCP 47 primary languages; English is the reference. */
export const languages = ['en', 'ja', 'ko', 'es', 'de', 'fr'] as const;

export type Language = (typeof languages)[number];
