import type { ReactNode } from 'react';
import type { Credential, Vendor } from '#contract';
import { usePace } from '../../api/use-credentials.ts';
import { KeyValues } from '../../ui/KeyValues.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { pausedMs } from '../../ui/pace-words.ts';
import { useNow } from '../../ui/use-now.ts';
import { countOf, toDurationText, toNumberText } from '../../ui/words.ts';

/** How fast the credential is used now, renewed while somebody looks. */
export function PacePanel({ credential, vendor }: { credential: Credential; vendor: Vendor | undefined }) {
  const pace = usePace(credential.id).data;
  const nowMs = useNow(1_000);
  if (!pace) return null;
  const left = pausedMs(pace, nowMs);
  const rows: (readonly [string, ReactNode])[] = [
    ['Calls a second', pace.perSecond === null ? 'As many as the app takes' : secondWords()],
    ['Calls at once', atOnceWords()],
    [
      'Now',
      left === null
        ? nowWords()
        : `Waiting ${toDurationText(Math.ceil(left / 1000) * 1000)}, as ${vendorTitle()} asked`,
    ],
    ['Refused as too many', pace.refused === 0 ? 'None since the start' : countOf(pace.refused, 'call')],
  ];
  return (
    <Panel title="Pace">
      <KeyValues rows={rows} />
    </Panel>
  );

  function vendorTitle(): string {
    return vendor?.title ?? 'the app';
  }

  function secondWords(): string {
    const number = toNumberText(pace?.perSecond ?? 0);
    if (pace?.isLearned) return `${number}, learned from refusals`;
    return credential.perSecond === null
      ? `${number}, as ${vendorTitle()} documents`
      : `${number}, as set here`;
  }

  function atOnceWords(): string {
    const { atOnce = 0, mostAtOnce = 0 } = pace ?? {};
    if (atOnce === mostAtOnce) return toNumberText(atOnce);
    return `${toNumberText(atOnce)}, up to ${toNumberText(mostAtOnce)}`;
  }

  function nowWords(): string {
    const { underWay = 0, waiting = 0 } = pace ?? {};
    if (underWay + waiting === 0) return 'Idle';
    return `${toNumberText(underWay)} under way, ${toNumberText(waiting)} waiting`;
  }
}
