import type { Role } from '#contract';

/** What each role may do, in one line. */
export const operatorRoles: Record<Role, { title: string; summary: string }> = {
  viewer: { title: 'Viewer', summary: 'Sees everything, changes nothing.' },
  operator: { title: 'Operator', summary: 'Starts runs and loads, edits people, presses Stop.' },
  author: { title: 'Author', summary: 'Draws workflows and sets up user loads, too.' },
  approver: { title: 'Approver', summary: 'Sees everything, and agrees to what others ask.' },
  admin: { title: 'Admin', summary: 'Everything: credentials, launches, limits, operators.' },
  owner: { title: 'Owner', summary: 'As an admin, and makes and removes owners.' },
};

export const roleOptions = (isOwner: boolean) =>
  (Object.keys(operatorRoles) as Role[])
    .filter((role) => isOwner || role !== 'owner')
    .map((role) => ({ value: role, label: operatorRoles[role].title }));
