/** Said to whoever may not say what became of a call. */
export const settlers = 'Admins and owners look the account up in the app, and say here what they found.';
