import { z } from 'zod';
import { toTime, zoomId } from './company.ts';
import { notValid, readBody } from './refusal.ts';
import { roleIds, type ZoomUser } from './user.ts';

/** The type of users who have a paid seat. */
export const licensed = 2;
const types = [1, licensed, 4, 99];
const typeSchema = z.int().refine((type) => types.includes(type), 'Invalid user type.');
const nameSchema = z.string().max(64);

const newUserSchema = z.object({
  action: z.enum(['create', 'autoCreate', 'custCreate', 'ssoCreate']),
  user_info: z.object({
    email: z.email().max(128),
    type: typeSchema,
    first_name: nameSchema.default(''),
    last_name: nameSchema.default(''),
    display_name: z.string().max(128).optional(),
    password: z.string().min(8).max(31).optional(),
  }),
});

/** Properties that an update may change; anything else is passed over. */
export const updateSchema = z.object({
  first_name: nameSchema.optional(),
  last_name: nameSchema.optional(),
  display_name: z.string().max(128).optional(),
  type: typeSchema.optional(),
  dept: z.string().optional(),
  job_title: z.string().max(128).optional(),
  company: z.string().max(255).optional(),
  cost_center: z.string().optional(),
  manager: z.string().optional(),
  pmi: z.int().min(1_000_000_000).max(99_999_999_999).optional(),
  timezone: z.string().optional(),
  language: z.string().optional(),
  location: z.string().max(256).optional(),
});

/** Invited people have to accept first; those who were made otherwise are there at once. Throws code 300. */
export function toNewUser(body: unknown, position: number, nowMs: number): ZoomUser {
  const { action, user_info: wanted } = readBody(newUserSchema, body);
  if (action === 'autoCreate' && wanted.password === undefined) {
    throw notValid('user_info.password', 'The password is required for autoCreate.');
  }
  const { email, type, first_name, last_name } = wanted;
  const created = toTime(nowMs);
  return {
    id: zoomId(`${position}/${email}`),
    email: email.toLowerCase(),
    first_name,
    last_name,
    display_name: wanted.display_name ?? `${first_name} ${last_name}`.trim(),
    dept: '',
    pmi: 3_000_000_000 + position,
    role_id: roleIds.member,
    status: action === 'create' ? 'pending' : 'active',
    timezone: '',
    type,
    created_at: created,
    user_created_at: created,
    verified: 0,
    group_ids: [],
    im_group_ids: [],
    job_title: '',
    company: '',
    location: '',
    cost_center: '',
    language: 'en-US',
    manager: '',
    phone_numbers: [],
    login_types: [action === 'ssoCreate' ? 101 : 100],
  };
}
