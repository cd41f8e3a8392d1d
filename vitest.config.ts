import { existsSync, readdirSync } from 'node:fs';
import { defineConfig } from 'vitest/config';

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
        testTimeout: 30_000,
      },
    })),
  );

export default defineConfig({ test: { projects } });
