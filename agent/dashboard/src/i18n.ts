/** The words of the page, in the three languages of the people who use it. */

export type Language = 'en' | 'ca' | 'es';

const KEY = 'cloudy.language';
export const LANGUAGES: Record<Language, string> = {
  ca: 'Català',
  es: 'Español',
  en: 'English',
};

let current: Language = chosen();

function chosen(): Language {
  const wanted = [localStorage.getItem(KEY) ?? '', ...navigator.languages];
  for (const tag of wanted) {
    const language = tag.slice(0, 2).toLowerCase();
    if (language in LANGUAGES) return language as Language;
  }
  return 'en';
}

export function language(): Language {
  return current;
}

/** Changes the language, and remembers it in this browser. */
export function choose(language: Language) {
  localStorage.setItem(KEY, language);
  speak(language);
}

/** Speaks a language from now on. */
export function speak(language: Language) {
  current = language;
  document.documentElement.lang = language;
}

/** Returns what tells these texts in the language of the moment; a missing one does not compile. */
export function texts<T>(en: T, ca: NoInfer<T>, es: NoInfer<T>): () => T {
  const all = { en, ca, es };
  return () => all[current];
}

/** Returns what fits the number: `one`, or `other`. The number stands for # in it. */
export function plural(count: number, one: string, other: string): string {
  const rule = new Intl.PluralRules(current).select(count);
  return (rule === 'one' ? one : other).replace('#', number(count));
}

export function number(value: number, digits = 0): string {
  return new Intl.NumberFormat(current, { maximumFractionDigits: digits }).format(value);
}

export function moment(time: string | number | Date): string {
  return new Intl.DateTimeFormat(current, { dateStyle: 'medium', timeStyle: 'medium' }).format(
    new Date(time),
  );
}

const UNITS: [Intl.RelativeTimeFormatUnit, number][] = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
  ['second', 1],
];

/** Returns how long ago, such as "3 minutes ago". */
export function ago(seconds: number): string {
  const format = new Intl.RelativeTimeFormat(current, { numeric: 'auto' });
  const [unit, size] = UNITS.find(([, size]) => Math.abs(seconds) >= size) ?? UNITS[3]!;
  return format.format(-Math.trunc(seconds / size), unit);
}

/** Returns a length of time in its two largest units, such as "3 d 4 h". */
export function span(seconds: number): string {
  const parts: string[] = [];
  let rest = Math.max(0, Math.floor(seconds));
  for (const [unit, size] of UNITS) {
    if (rest >= size || (unit === 'second' && parts.length === 0)) {
      parts.push(
        new Intl.NumberFormat(current, { style: 'unit', unit, unitDisplay: 'narrow' }).format(
          Math.floor(rest / size),
        ),
      );
      rest %= size;
    }
    if (parts.length === 2) break;
  }
  return parts.join(' ');
}

const SIZES = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'];

export function bytes(value: number): string {
  let size = 0;
  while (value >= 1024 && size < SIZES.length - 1) {
    value /= 1024;
    size++;
  }
  return `${number(value, value < 10 && size > 0 ? 1 : 0)} ${SIZES[size]}`;
}
