// Makes dist/editor.js and dist/admin.css; with --watch again and again, with --test the tests as well.
import { readFileSync, readdirSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import { build, context } from 'esbuild';

/** What an editor may have to download, in bytes of brotli. */
const LARGEST = 170_000;

const here = import.meta.dirname;
const dist = join(here, 'dist');

const script = {
  entryPoints: [join(here, 'src/index.ts')],
  outfile: join(dist, 'editor.js'),
  bundle: true,
  format: 'esm',
  target: 'es2020',
  charset: 'utf8',
  minify: true,
  legalComments: 'none',
};

const style = {
  entryPoints: [join(here, '../../style/admin/main.css')],
  outfile: join(dist, 'admin.css'),
  bundle: true,
  minify: true,
  target: 'es2020',
  logOverride: { 'unsupported-css-property': 'silent' },
};

function weigh(file) {
  const bytes = readFileSync(file);
  const packed = brotliCompressSync(bytes).length;
  console.log(`${basename(file)}: ${bytes.length} bytes, ${packed} as brotli`);
  return packed;
}

async function once() {
  await Promise.all([build(script), build(style)]);
  weigh(style.outfile);
  if (weigh(script.outfile) > LARGEST) throw new Error(`editor.js is larger than ${LARGEST} bytes of brotli`);
}

/** The tests run on Node and drive the bundle in a browser, so they are made into scripts beside it. */
async function tests() {
  const out = join(dist, 'test');
  rmSync(out, { recursive: true, force: true });
  const files = readdirSync(join(here, 'test')).filter((name) => /\.test\.ts$|^measure\.ts$/.test(name));
  await build({
    entryPoints: files.map((name) => join(here, 'test', name)),
    outdir: out,
    bundle: true,
    platform: 'node',
    packages: 'external',
    format: 'esm',
    target: 'node20',
  });
}

if (process.argv.includes('--watch')) {
  for (const options of [script, style]) await (await context({ ...options, logLevel: 'info' })).watch();
} else {
  await once();
  if (process.argv.includes('--test')) await tests();
}
