import { integer, text } from 'drizzle-orm/sqlite-core';

/** Milliseconds since 1970, UTC. */
export const time = (name: string) => integer(name);
export const flag = (name: string) => integer(name, { mode: 'boolean' });
/** Holds a domain type; the functions beside the schema parse it. */
export const json = <T>(name: string) => text(name, { mode: 'json' }).$type<T>();
