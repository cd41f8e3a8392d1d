import { existsSync, readdirSync } from 'node:fs';
import { defineConfig } from 'vitest/config';
import { GapsReporter } from './packages/testkit/src/gaps-reporter.ts';

const conditions = ['@retrace/source', 'node', 'import', 'module', 'default'];

const projects = ['packages', 'apps']
  .filter((folder) => existsSync(new URL(folder, import.meta.url)))
  .flatMap((folder) =>
    readdirSync(new URL(folder, import.meta.url)).map((name) => ({
      resolve: { conditions },
      ssr: { resolve: { conditions } },
      test: {
        name: folder === 'packages' && name !== 'testkit' ? `@retrace/${name}` : name,
        root: new URL(`${folder}/${name}`, import.meta.url).pathname,
        include: ['src/**/*.test.ts'],
        testTimeout: 60_000,
      },
    })),
  );

const results = process.env.RETRACE_TEST_RESULTS;

export default defineConfig({
  test: {
    projects,
    passWithNoTests: false,
    reporters: ['default', ...(results ? ['json' as const] : []), new GapsReporter()],
    ...(results && { outputFile: { json: results } }),
  },
});
