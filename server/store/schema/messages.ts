import { sql } from 'drizzle-orm';
import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { flag, time } from './columns.ts';

export const notifications = sqliteTable('notifications', {
  id: text('id').primaryKey(),
  at: time('at').notNull(),
  level: text('level').notNull(),
  title: text('title').notNull(),
  message: text('message').notNull(),
  link: text('link'),
  isRead: flag('is_read').notNull(),
  /** Whom it is for; null for everybody. */
  operatorId: text('operator_id'),
});

/** E-mails on their way: what a crash or a mail server that is down leaves behind is sent later. */
export const mails = sqliteTable(
  'mails',
  {
    id: text('id').primaryKey(),
    recipient: text('recipient').notNull(),
    subject: text('subject').notNull(),
    text: text('text').notNull(),
    /** `waiting`, `sent` or `given_up`. */
    status: text('status').notNull(),
    attempts: integer('attempts').notNull(),
    /** When it is tried next; while somebody tries, when somebody else may. */
    nextAttemptAt: time('next_attempt_at').notNull(),
    error: text('error'),
    createdAt: time('created_at').notNull(),
    finishedAt: time('finished_at'),
  },
  (t) => [index('mails_waiting').on(t.nextAttemptAt).where(sql`status = 'waiting'`)],
);
