import { Link } from '@tanstack/react-router';
import type { Overview } from '#contract';
import { VendorMark } from '../../editor/VendorMark.tsx';
import { linkTo } from '../../ui/link-to.ts';
import { Panel } from '../../ui/Panel.tsx';
import type { Tone } from '../../ui/tone.ts';
import { countOf, toNumberText } from '../../ui/words.ts';
import classes from './AppAccounts.module.css';

type AppNumbers = Overview['apps'][number];

/** The accounts of each app by how lately they were used; every part opens its list. */
export function AppAccounts({ apps }: { apps: readonly AppNumbers[] }) {
  return (
    <Panel title="Accounts per app" flush>
      {apps.map((app) => (
        <div key={app.id} className={classes.app}>
          <Link {...linkTo(`/apps/${app.id}`)} className={classes.name}>
            <VendorMark title={app.name} size={32} />
            <span>
              <strong>{app.name}</strong>
              <small>{accountWords(app)}</small>
            </span>
          </Link>
          <div className={classes.activity}>
            <div className={classes.bar} aria-hidden>
              {partsOf(app).map((part) => (
                <span key={part.word} data-tone={part.tone} style={{ flexGrow: part.count }} />
              ))}
            </div>
            <ul className={classes.legend}>
              {partsOf(app).map((part) => (
                <li key={part.word} data-tone={part.tone}>
                  <Link {...linkTo(`/apps/${app.id}?${part.filter}`)}>
                    <strong>{toNumberText(part.count)}</strong> {part.word}
                  </Link>
                </li>
              ))}
            </ul>
          </div>
        </div>
      ))}
    </Panel>
  );
}

function accountWords({ users, deactivated }: AppNumbers): string {
  const inUse = countOf(users - deactivated, 'account');
  return deactivated > 0 ? `${inUse}, ${toNumberText(deactivated)} deactivated` : inUse;
}

interface AppPart {
  word: string;
  count: number;
  tone: Tone;
  filter: string;
}

/** Deactivated accounts are left out: when they were used last no longer matters. */
function partsOf(app: AppNumbers): AppPart[] {
  const inUse = app.users - app.deactivated;
  const recent = Math.max(0, inUse - app.inactive90Days - app.unknownActivity);
  const parts: AppPart[] = [
    {
      word: 'used in the last 90 days',
      count: recent,
      tone: 'interactive',
      filter: 'status=active&activity=recent',
    },
    {
      word: 'inactive for 90 days',
      count: app.inactive90Days,
      tone: 'neutral',
      filter: 'status=active&activity=inactive',
    },
    {
      word: 'unknown',
      count: app.unknownActivity,
      tone: 'warning',
      filter: 'status=active&activity=unknown',
    },
  ];
  return parts.filter((part) => part.count > 0);
}
