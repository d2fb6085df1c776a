// Makes dist/editor.js (one ES module) and dist/admin.css; with --watch again at every change, with --test the tests.
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import * as esbuild from 'esbuild';
import { minify } from 'terser';

const here = import.meta.dirname;
const watch = process.argv.includes('--watch');
const common = { bundle: true, absWorkingDir: here, logLevel: 'warning' };

const bundle = {
  ...common,
  entryPoints: { editor: 'src/index.ts', admin: '../../style/admin/main.css' },
  outdir: 'dist',
  format: 'esm',
  target: ['es2020', 'chrome100', 'safari15'],
  minify: true,
  legalComments: 'none',
};

if (process.argv.includes('--test')) {
  const tests = readdirSync(join(here, 'test')).filter((name) => name.endsWith('.test.ts'));
  await esbuild.build({
    ...common,
    entryPoints: tests.map((name) => join('test', name)),
    outdir: 'dist/test',
    outExtension: { '.js': '.mjs' },
    platform: 'node',
    format: 'esm',
    target: 'node20',
    packages: 'external',
  });
} else if (watch) {
  const context = await esbuild.context(bundle);
  await context.watch();
} else {
  await esbuild.build(bundle);
  // It finds 3 % more than esbuild does.
  const path = join(here, 'dist/editor.js');
  const { code } = await minify(readFileSync(path, 'utf8'), { module: true, compress: { passes: 2 } });
  writeFileSync(path, code);
  for (const name of ['editor.js', 'admin.css']) {
    const bytes = readFileSync(join(here, 'dist', name));
    console.log(`${name}: ${bytes.length} bytes, ${brotliCompressSync(bytes).length} by brotli`);
  }
}
