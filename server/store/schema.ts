// The tables, a file for each noun. Whoever reads or writes them imports this.

export * from './schema/access.ts';
export * from './schema/credentials.ts';
export * from './schema/loads.ts';
export * from './schema/messages.ts';
export * from './schema/records.ts';
export * from './schema/runs.ts';
export * from './schema/safety.ts';
export * from './schema/workflows.ts';
