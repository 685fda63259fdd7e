import { z } from 'zod';

/** Who may be chosen as a contact, and whether this server sends e-mails at all. */
export const contactChoices = z.strictObject({
  operators: z.array(z.strictObject({ id: z.string(), name: z.string(), email: z.string() })),
  sendsMail: z.boolean(),
});
