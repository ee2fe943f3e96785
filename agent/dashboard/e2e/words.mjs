// The texts of the pages, as the pages have them, so that a test finds a button by what it says.
import { readdirSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const SRC = resolve(dirname(fileURLToPath(import.meta.url)), '../src');
const files = readdirSync(SRC, { recursive: true }).filter((file) => file.endsWith('.lang.ts'));
const { outputFiles } = await build({
  stdin: {
    contents: files.map((file) => `export * from './${join('.', file)}';`).join('\n'),
    resolveDir: SRC,
  },
  bundle: true,
  format: 'iife',
  globalName: 'texts',
  write: false,
});
// A copy for each language, which finds it where a browser keeps what was chosen.
const speaking = new Function('localStorage', 'navigator', `${outputFiles[0].text}; return texts;`);

/** Returns all texts in a language by their file: `words('ca').people.add`. */
export function words(language) {
  const texts = speaking({ getItem: () => language }, { languages: [] });
  return Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, text()]));
}
