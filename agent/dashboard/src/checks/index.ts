/** What the doctor finds, in the words of the reader. */
import { language } from '../i18n';
import type { Check } from '../types';
import ca from './ca.json';
import es from './es.json';
import { titles } from './titles.lang';

type Words = Record<string, string[]>;

const WORDS: Record<string, Words> = { ca, es };

/** A check as the page shows it; one that this page does not know is as the node says it. */
export function told(check: Check): Check {
  const [kind = '', ...rest] = check.name.split(' ');
  const title = Object.hasOwn(titles(), kind) ? titles()[kind]! : kind;
  const words = WORDS[language()] ?? {};
  const [evidence, remedy] = Object.hasOwn(words, check.code) ? words[check.code]! : [];
  return {
    ...check,
    name: [title, ...rest].join(' '),
    evidence: filled(evidence, check) ?? check.evidence,
    remedy: filled(remedy, check) ?? check.remedy,
  };
}

function filled(text: string | undefined, { seen }: Check): string | undefined {
  return text?.replace(/\{([a-z]+)\}/g, (place, name: string) =>
    Object.hasOwn(seen, name) ? seen[name]! : place,
  );
}
