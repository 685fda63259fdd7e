import { z } from 'zod';
import { Refusal } from '../refusal.ts';
import { isRole, type PlanhatUser } from './user.ts';

const settable = {
  email: z.email(),
  nickName: z.string().min(1),
  firstName: z.string().min(1),
  lastName: z.string().min(1),
  roles: z.array(z.string()),
  externalId: z.string(),
  inactive: z.boolean(),
  isHidden: z.boolean(),
  tzOffset: z.number(),
  managers: z.array(z.string()),
  teams: z.array(z.string()),
  custom: z.record(z.string(), z.unknown()),
};

/** Properties that a client may set; anything else is passed over. */
const changeSchema = z.object(settable).partial();

const newUserSchema = changeSchema.required({ email: true, nickName: true, firstName: true, lastName: true });

export type UserChange = Partial<PlanhatUser>;

/** What an update asks for. Throws 400. */
export function readChange(body: unknown): UserChange {
  return read(changeSchema, body);
}

/** A whole new user. Throws 400 when a name or the address is missing. */
export function toNewUser(body: unknown, { id, time }: { id: string; time: string }): PlanhatUser {
  const wanted = read(newUserSchema, body) as UserChange &
    Pick<PlanhatUser, 'email' | 'nickName' | 'firstName' | 'lastName'>;
  return {
    roles: [],
    // Whoever is made by the API cannot log in unless that was asked for.
    inactive: true,
    isHidden: false,
    managers: [],
    teams: [],
    custom: {},
    ...wanted,
    _id: id,
    createDate: time,
    createdAt: time,
    updatedAt: time,
    poc: [],
    removed: false,
    __v: 0,
  };
}

function read(schema: z.ZodType<unknown>, body: unknown): UserChange {
  const result = schema.safeParse(body);
  if (!result.success) throw new Refusal(400, z.prettifyError(result.error));

  const given = Object.entries(result.data as object).filter(([, value]) => value !== undefined);
  const change = Object.fromEntries(given) as UserChange;
  const unknown = change.roles?.find((id) => !isRole(id));
  if (unknown !== undefined) throw new Refusal(400, `The role ${unknown} does not exist.`);
  return change;
}
