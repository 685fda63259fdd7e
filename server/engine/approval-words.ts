import type { Approval } from '../domain/approval.ts';
import { AppError } from '../domain/errors.ts';
import type { Bar } from '../domain/second-person.ts';
import type { SignLink } from './approval-links.ts';
import type { Ending, Told } from './approval-ports.ts';

/** Why somebody may not agree, and who may. */
export function toBarSentence(bar: Bar): string {
  switch (bar) {
    case 'requester':
      return 'You asked for it yourself. Somebody else has to agree.';
    case 'author':
      return 'You had a hand in what it is about. Somebody else has to agree.';
    case 'fresh':
      return 'Your account and that of whoever asked or made it belong together: one gave the other its role less than seven days ago, or it was given on the console. Somebody else has to agree.';
    case 'no_right':
      return 'Your role may not agree to requests. Ask an approver or an admin.';
  }
}

interface Reader {
  id: string;
  name: string;
  email: string;
}

/** What is said of a new request, in the app and by e-mail. Its link shows it and decides nothing. */
export function toTold(
  approval: Approval,
  readers: readonly Reader[],
  deciders: readonly { name: string }[],
  {
    publicUrl,
    sendsMail,
    signLink,
  }: { publicUrl: string; sendsMail: boolean; signLink?: SignLink | undefined },
): Told {
  const { id, title, requestedBy, requestedByName, coolsUntil, expiresAt, kind } = approval;
  // Whoever started a run hears of its questions, too: they may be the one who is to answer.
  const told = readers.filter(
    (reader) => kind === 'block' || reader.id !== requestedBy || coolsUntil !== null,
  );
  const who = deciders.map(({ name }) => name).join(' or ');
  const next = coolsUntil
    ? `Nobody else can agree, so whoever asked may do so alone from ${coolsUntil} on. Deny it if you do not know of it.`
    : kind === 'canary'
      ? 'Look at the first call, then let the run go on or end it.'
      : `${who} can agree until ${expiresAt}. Nothing happens before.`;
  const notification = {
    level: 'warning' as const,
    title: `${requestedByName} asks: ${title}`,
    message: next,
    link: `/approvals/${id}`,
  };
  const linkFor = (readerId: string): string[] =>
    kind === 'block' && signLink
      ? [
          `Look at it and answer: ${publicUrl}/answer?token=${signLink(approval, readerId)}`,
          'Opening the link decides nothing. Whoever has it can answer in your name, once, so do not pass it on.',
        ]
      : [`Look at it and decide: ${publicUrl}/approvals/${id}`, 'Opening the link decides nothing.'];
  const mails = sendsMail
    ? told.map((reader) => ({
        recipient: reader.email,
        subject: `${requestedByName} asks: ${title}`,
        text: `${[`${requestedByName} asks: ${title}.`, next, ...linkFor(reader.id)].join('\n\n')}\n`,
      }))
    : [];
  return { operatorIds: told.map((reader) => reader.id), notification, mails };
}

/** What its asker hears of the end; whoever took it back knows. */
export function toNews({ id, title, requestedBy }: Approval, { status, by, reason }: Ending) {
  if (by?.id === requestedBy || !requestedBy.startsWith('opr_')) return null;
  const who = by?.name ?? 'Rollcall';
  const words: Partial<Record<Ending['status'], string>> = {
    approved: `${who} agreed`,
    denied: `${who} said no`,
    expired: 'Nobody decided in time',
    withdrawn: 'It was taken back',
  };
  const notification = {
    level: status === 'approved' ? ('success' as const) : ('warning' as const),
    title: `${words[status] ?? status}: ${title}`,
    message: reason,
    link: `/approvals/${id}`,
  };
  return { notification, operatorId: requestedBy };
}

/** It cannot be decided any more, and why. */
export function isDecided({ status, decidedByName }: Approval): AppError {
  const who = decidedByName === null ? '' : ` by ${decidedByName}`;
  const words: Record<Approval['status'], string> = {
    waiting: 'still waits',
    approved: `was approved${who}`,
    denied: `was denied${who}`,
    expired: 'has expired: nobody decided in time',
    withdrawn: 'was taken back',
    used: `was approved${who}, and was used`,
  };
  return new AppError('conflict', `This request ${words[status]}. Ask again if it is still wanted.`);
}
