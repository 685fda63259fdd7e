import {
  AppWindow,
  Boxes,
  Braces,
  CircleHelp,
  House,
  IdCard,
  KeyRound,
  type LucideIcon,
  MonitorDown,
  Play,
  Plug,
  ShieldCheck,
  Stamp,
  Tags,
  UserCog,
  Users,
  Workflow,
} from 'lucide-react';

export interface Place {
  path: string;
  label: string;
  /** What one finds there, for the search. */
  summary: string;
  icon: LucideIcon;
}

/** The pages of the navigation, in groups. */
export const placeGroups: readonly { title: string | null; places: readonly Place[] }[] = [
  {
    title: null,
    places: [
      { path: '/', label: 'Home', summary: 'What needs you, and what happened', icon: House },
      { path: '/people', label: 'People', summary: 'Everybody, and the accounts they have', icon: Users },
      { path: '/apps', label: 'Apps', summary: 'Accounts in each connected app', icon: AppWindow },
    ],
  },
  {
    title: 'Automate',
    places: [
      { path: '/workflows', label: 'Workflows', summary: 'What happens to accounts, drawn', icon: Workflow },
      { path: '/runs', label: 'Runs', summary: 'What workflows did', icon: Play },
      {
        path: '/global-variables',
        label: 'Global variables',
        summary: 'Values that many workflows use',
        icon: Braces,
      },
    ],
  },
  {
    title: 'Watch',
    places: [
      { path: '/approvals', label: 'Approvals', summary: 'What waits for a second person', icon: Stamp },
      {
        path: '/unclear-calls',
        label: 'Unclear calls',
        summary: 'Calls whose outcome nobody knows',
        icon: CircleHelp,
      },
      {
        path: '/safety',
        label: 'Safety',
        summary: 'Stops, limits and protected accounts',
        icon: ShieldCheck,
      },
      { path: '/operators', label: 'Operators', summary: 'Who signs in to this server', icon: UserCog },
    ],
  },
  {
    title: 'Connect',
    places: [
      { path: '/integrations', label: 'Integrations', summary: 'User loads from your apps', icon: Plug },
      {
        path: '/credentials',
        label: 'Credentials',
        summary: 'How this server signs in to your apps',
        icon: KeyRound,
      },
      {
        path: '/agents',
        label: 'Agents',
        summary: 'Programs near your secrets that do loads',
        icon: MonitorDown,
      },
      {
        path: '/vendors',
        label: 'Vendors',
        summary: 'Products that can be connected, yours too',
        icon: Boxes,
      },
      { path: '/fields', label: 'Fields', summary: 'Values kept about people and SaaS users', icon: Tags },
      { path: '/roles', label: 'Roles', summary: 'What people of the organisation are', icon: IdCard },
    ],
  },
];

export const places: readonly Place[] = placeGroups.flatMap((group) => group.places);

/** The place that an address belongs to: `/runs/run_1` belongs to Runs, a load to Integrations. */
export function placeOf(path: string): Place | undefined {
  const first = path.split('/')[1] ?? '';
  if (first === 'loads') return places.find((place) => place.path === '/integrations');
  return places.find((place) => place.path === `/${first}`);
}
