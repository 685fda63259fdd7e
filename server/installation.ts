import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

/** The folder of `package.json`: above `server/` in the sources, above `dist/` once built. */
function findRoot(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'package.json'))) folder = dirname(folder);
  return folder;
}

const root = findRoot();

/** The script of the writing thread: as it is in the sources, or built. */
export const writingScript = import.meta.url.endsWith('.ts')
  ? new URL('./writing-worker.ts', import.meta.url)
  : join(root, 'dist', 'server', 'writing-worker.js');

/** The built pages. */
export const webFolder = join(root, 'dist', 'web');

export const version = z
  .object({ version: z.string() })
  .parse(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))).version;
