/** What a colour says: failed or destructive, unknown, done, interactive, or nothing in particular. */
export type Tone = 'danger' | 'warning' | 'success' | 'interactive' | 'neutral';
