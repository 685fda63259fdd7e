import { enableCompileCache } from 'node:module';

// Before anything large is imported, so that the next start need not compile it again.
enableCompileCache();
const { startFromProcess } = await import('./start.ts');
await startFromProcess();
