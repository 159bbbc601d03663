/**
 * Says why a feed cannot be read, by the stable word for it (`timeout`, `http_404`, …); what is not among `known` as
 * it was given, in English.
 */
export function feedReasons(
  known: Readonly<Record<string, string>>,
  status: (code: string) => string,
): (code: string, message: string) => string {
  return (code, message) => {
    const answered = /^http_(\d{3})$/u.exec(code)?.[1];
    if (answered !== undefined) return status(answered);
    return Object.hasOwn(known, code) ? (known[code] ?? message) : message;
  };
}
