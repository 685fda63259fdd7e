import {
  CircleAlert,
  CircleCheck,
  CircleDashed,
  CircleHelp,
  CirclePause,
  CircleSlash,
  CircleX,
  Clock,
  LoaderCircle,
  type LucideIcon,
  PencilLine,
} from 'lucide-react';
import type {
  AgentState,
  Credential,
  Integration,
  LoadStatus,
  RecordStatus,
  RunStatus,
  StepStatus,
} from '#contract';
import type { Tone } from './tone.ts';

export type Status =
  | RunStatus
  | RecordStatus
  | StepStatus
  | LoadStatus
  | Credential['status']
  | Integration['status']
  | AgentState
  | 'inactive'
  | 'deactivated'
  | 'unknown';

interface Look {
  word: string;
  tone: Tone;
  icon: LucideIcon;
}

/** How every status is drawn: a word, an icon and a tone, the same on every page. */
export const statusLooks: Record<Status, Look> = {
  queued: { word: 'Queued', tone: 'neutral', icon: Clock },
  running: { word: 'Running', tone: 'interactive', icon: LoaderCircle },
  sending: { word: 'Sending', tone: 'interactive', icon: LoaderCircle },
  waiting: { word: 'Waiting', tone: 'neutral', icon: CirclePause },
  succeeded: { word: 'Succeeded', tone: 'success', icon: CircleCheck },
  completed_with_errors: { word: 'Completed with errors', tone: 'warning', icon: CircleAlert },
  held: { word: 'Held', tone: 'warning', icon: CirclePause },
  failed: { word: 'Failed', tone: 'danger', icon: CircleX },
  skipped: { word: 'Skipped', tone: 'warning', icon: CircleSlash },
  planned: { word: 'Planned', tone: 'interactive', icon: CircleDashed },
  cancelled: { word: 'Cancelled', tone: 'neutral', icon: CircleSlash },
  needs_attention: { word: 'Needs attention', tone: 'warning', icon: CircleAlert },
  not_authenticated: { word: 'Not authenticated', tone: 'warning', icon: CircleDashed },
  authenticated: { word: 'Authenticated', tone: 'success', icon: CircleCheck },
  expired: { word: 'Expired', tone: 'danger', icon: CircleX },
  unregistered: { word: 'Not registered', tone: 'warning', icon: CircleDashed },
  connected: { word: 'Connected', tone: 'success', icon: CircleCheck },
  away: { word: 'Away', tone: 'danger', icon: CircleX },
  draft: { word: 'Draft', tone: 'neutral', icon: PencilLine },
  active: { word: 'Active', tone: 'success', icon: CircleCheck },
  inactive: { word: 'Inactive', tone: 'neutral', icon: CirclePause },
  deactivated: { word: 'Deactivated', tone: 'neutral', icon: CircleSlash },
  unknown: { word: 'Unknown', tone: 'warning', icon: CircleHelp },
};
