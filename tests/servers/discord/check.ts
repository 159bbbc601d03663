import { isObject, listIn, type Body } from './body.ts';

/** A limit that a body broke; `path` leads to the place, as in Discord's tree of errors. */
export interface Finding {
  readonly path: Path;
  readonly code: string;
  readonly message: string;
}

export type Path = readonly (string | number)[];

/** Collects what is wrong with a body. */
export interface Check {
  readonly findings: readonly Finding[];
  wrong(path: Path, code: string, message: string): void;
  /** Text of so many characters; not given is wrong only where `required`. */
  text(path: Path, value: unknown, limits: TextLimits): void;
  integer(path: Path, value: unknown, least: number, most: number): void;
  oneOf(path: Path, value: unknown, values: readonly unknown[]): void;
  /** An address with one of these schemes. */
  address(path: Path, value: unknown, limits: { readonly max: number; readonly schemes: readonly string[] }): void;
  /** A list of at most `most` objects: each is handed on with its path. */
  list(path: Path, value: unknown, most: number, each: (item: Body, path: Path) => void): void;
}

export interface TextLimits {
  readonly max: number;
  /** 1 where something must be given and whitespace is nothing. */
  readonly min?: number;
  readonly required?: boolean;
}

/**
 * Characters are counted as UTF-16 units, the strictest way there is: whatever passes here passes however Discord
 * counts them.
 */
export function createCheck(): Check {
  const findings: Finding[] = [];
  const wrong = (path: Path, code: string, message: string): void => {
    findings.push({ path, code, message });
  };
  return {
    findings,
    wrong,
    text(path, value, { max, min = 0, required = false }) {
      if (value === undefined || value === null) {
        if (required) wrong(path, 'BASE_TYPE_REQUIRED', 'This field is required');
        return;
      }
      if (typeof value !== 'string') wrong(path, 'STRING_TYPE_CONVERT', 'Could not interpret as string.');
      else if (min > 0 && value.trim() === '') wrong(path, 'BASE_TYPE_REQUIRED', 'This field is required');
      else if (value.length > max && min > 0) {
        wrong(path, 'BASE_TYPE_BAD_LENGTH', `Must be between ${min} and ${max} in length.`);
      } else if (value.length > max) wrong(path, 'BASE_TYPE_MAX_LENGTH', `Must be ${max} or fewer in length.`);
      else if (!value.isWellFormed()) wrong(path, 'STRING_TYPE_CONVERT', 'Holds half of a surrogate pair.');
    },
    integer(path, value, least, most) {
      if (value === undefined || value === null) return;
      if (typeof value !== 'number' || !Number.isInteger(value)) {
        wrong(path, 'NUMBER_TYPE_COERCE', 'Value is not int.');
      } else if (value < least || value > most) {
        wrong(path, 'NUMBER_TYPE_RANGE', `int value should be between ${least} and ${most}.`);
      }
    },
    oneOf(path, value, values) {
      if (!values.includes(value)) wrong(path, 'BASE_TYPE_CHOICES', `Value must be one of {${values.join(', ')}}.`);
    },
    address(path, value, { max, schemes }) {
      if (value === undefined || value === null) return;
      const url = typeof value === 'string' ? URL.parse(value) : null;
      if (typeof value !== 'string' || !url) wrong(path, 'URL_TYPE_INVALID_URL', 'Not a well formed URL.');
      else if (!schemes.includes(url.protocol)) {
        const named = schemes.map((scheme) => `'${scheme.slice(0, -1)}'`).join(', ');
        const scheme = url.protocol.slice(0, -1);
        wrong(
          path,
          'URL_TYPE_INVALID_SCHEME',
          `Scheme "${scheme}" is not supported. Scheme must be one of (${named}).`,
        );
      } else if (/[\s<>"]/u.test(value)) wrong(path, 'URL_TYPE_INVALID_URL', 'Not a well formed URL.');
      else if (value.length > max) wrong(path, 'BASE_TYPE_MAX_LENGTH', `Must be ${max} or fewer in length.`);
    },
    list(path, value, most, each) {
      if (value === undefined || value === null) return;
      if (!Array.isArray(value)) {
        wrong(path, 'LIST_TYPE_CONVERT', 'Only iterables may be used in a ListType.');
        return;
      }
      if (value.length > most) wrong(path, 'BASE_TYPE_MAX_LENGTH', `Must be ${most} or fewer in length.`);
      for (const [i, item] of listIn(value).entries()) {
        if (isObject(item)) each(item, [...path, i]);
        else wrong([...path, i], 'MODEL_TYPE_CONVERT', 'Only dictionaries may be used in a ModelType.');
      }
    },
  };
}

/** `embeds[0].title`, as people write it. */
export function pathText(path: Path): string {
  return path.map((step, i) => (typeof step === 'number' ? `[${step}]` : i === 0 ? step : `.${step}`)).join('');
}
