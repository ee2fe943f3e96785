// Packs the dashboard into the folder named by the argument: index.html, its assets and the manual,
// compressed.
// Gets what package-lock.json names first, if that has changed since.
import { execFileSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

const here = dirname(fileURLToPath(import.meta.url));
process.chdir(here);
const target = resolve(process.argv[2] ?? 'target');
const installed = 'node_modules/.package-lock.json';
if (!existsSync(installed) || statSync(installed).mtimeMs < statSync('package-lock.json').mtimeMs) {
  execFileSync('npm', ['ci', '--silent'], { stdio: 'inherit' });
}
execFileSync('npm', ['run', '--silent', 'check'], { stdio: 'inherit' });

const { build } = await import('esbuild');
const { metafile, outputFiles } = await build({
  entryPoints: ['src/main.tsx', 'src/style.css'],
  outdir: target,
  entryNames: 'assets/[name]-[hash]',
  chunkNames: 'assets/[name]-[hash]',
  bundle: true,
  splitting: true,
  format: 'esm',
  target: 'es2021',
  minify: true,
  jsx: 'automatic',
  jsxImportSource: 'preact',
  metafile: true,
  write: false,
});

rmSync(target, { recursive: true, force: true });
mkdirSync(join(target, 'assets'), { recursive: true });
for (const file of outputFiles) {
  writeFileSync(`${file.path}.gz`, gzipSync(file.contents, { level: 9 }));
}
const built = (entry) =>
  'assets/' +
  basename(
    Object.entries(metafile.outputs).find(
      ([name, output]) => output.entryPoint === entry && !name.endsWith('.map'),
    )[0],
  );
const page = readFileSync('src/index.html', 'utf8')
  .replace('style.css', built('src/style.css'))
  .replace('main.tsx', built('src/main.tsx'));
writeFileSync(join(target, 'index.html.gz'), gzipSync(page, { level: 9 }));
writeFileSync(
  join(target, 'favicon.svg.gz'),
  gzipSync(readFileSync('src/favicon.svg'), { level: 9 }),
);

const manual = join(here, '../../docs');
mkdirSync(join(target, 'docs'));
for (const name of readdirSync(manual).filter((name) => name.endsWith('.md'))) {
  writeFileSync(
    join(target, 'docs', `${name}.gz`),
    gzipSync(readFileSync(join(manual, name)), { level: 9 }),
  );
}
