import { describe, expect, test } from 'vitest';
import { findOffences } from '../../scripts/layers.mjs';
import { findRuntime, isNewEnough } from '../../scripts/runtime.mjs';

const offencesOf = (file: string, text: string) => findOffences([{ file, text }]);

describe('the import direction', () => {
  test.each([
    ['server/domain/run.ts', "import { readFile } from 'node:fs/promises';"],
    ['server/domain/run.ts', "import type { Plan } from '../engine/plan.ts';"],
    ['server/engine/plan.ts', "import { createRunStore } from '../store/runs.ts';"],
    ['server/engine/plan.ts', "export { api } from '#blocks/api';"],
    ['server/blocks/api.ts', "import { openDatabase } from '../store/database.ts';"],
    ['server/store/runs.ts', "import { checkGraph } from '#engine/check';"],
    ['server/store/runs.ts', "import { createEgress } from '../vendors/egress-client.ts';"],
    ['server/http/routes/runs.ts', "import { createRunStore } from '../../store/runs.ts';"],
    ['server/http/server.ts', "const x = await import('../store/runs.ts');"],
    ['server/http/server.ts', "import { eq } from 'drizzle-orm';"],
    ['server/engine/loads.ts', "import { fetch } from 'undici';"],
    ['server/sandbox/webex.ts', "import { webex } from '#presets';"],
    ['presets/webex/webex.ts', "import { checkGraph } from '#engine/check';"],
    ['web/pages/RunPage.tsx', "import type { Run } from '../../server/domain/run.ts';"],
    ['web/ui/Badge.tsx', "import {\n  api,\n} from '../api/client.ts';"],
  ])('%s may not say: %s', (file, text) => {
    expect(offencesOf(file, text)).toHaveLength(1);
  });

  test.each([
    ['server/domain/run.ts', "import { z } from 'zod';"],
    ['server/store/runs.ts', "import type { RunStore } from '#engine/run-store-ports';"],
    ['server/store/passwords.ts', "import type { Passwords } from '#engine/access';"],
    ['server/http/server.ts', "import type { Config } from '../config.ts';"],
    ['server/app.ts', "import { createRunStore } from './store/runs.ts';"],
    ['web/pages/RunPage.tsx', "import { runSchema } from '#contract';"],
  ])('%s may say: %s', (file, text) => {
    expect(offencesOf(file, text)).toEqual([]);
  });
});

describe('the runtime', () => {
  test.each([
    ['20.20.2', false],
    ['22.18.9', false],
    ['22.19.0', true],
    ['24.0.0', true],
    ['100.0.0', true],
  ])('Node %s is new enough: %s', (version, isEnough) => {
    expect(isNewEnough(version)).toBe(isEnough);
  });

  test('is the one that npm brought where the machine has an old one', () => {
    expect(findRuntime('20.20.2')).toMatch(/node_modules[\\/]node-/);
    expect(findRuntime('20.20.2', '/nowhere')).toBeNull();
    expect(findRuntime('24.0.0')).toBe(process.execPath);
  });
});
