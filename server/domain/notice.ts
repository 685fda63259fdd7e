import { z } from 'zod';
import { roles } from './rights.ts';

/** Whom a block tells: operators by name and by role, and people by their addresses. */
export interface Recipients {
  operatorIds: readonly string[];
  roles: readonly string[];
  addresses: readonly string[];
}

export const operatorIdsSchema = z.array(z.string().max(64)).max(50);
export const recipientRolesSchema = z.array(z.enum(roles)).max(roles.length);

/** The most addresses that one step writes to. */
export const mostAddresses = 50;

/** Addresses in a text, with commas, semicolons, spaces or lines between them, each once; and what is none. */
export function readAddresses(text: string): { addresses: string[]; bad: string[] } {
  const parts = [...new Set(text.split(/[\s,;]+/).filter(Boolean))];
  const isAddress = (part: string): boolean => part.length <= 254 && /^[^\s@<>"]+@[^\s@<>"]+$/.test(part);
  return { addresses: parts.filter(isAddress), bad: parts.filter((part) => !isAddress(part)) };
}
