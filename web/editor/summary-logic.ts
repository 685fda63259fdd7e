import type { Catalogue } from './catalogue.ts';
import { namesOf, type Settings, type Summary, textOf } from './summary-parts.ts';

type Words = (settings: Settings, catalogue: Pick<Catalogue, 'apps' | 'workflows'>) => Summary;

/** What the blocks that steer a path say of themselves. */
export const logicWords: Record<string, Words> = {
  switch: (settings) => {
    const labels = rowsOf(settings.cases).map(({ label }) => textOf(label));
    return labels.length === 0
      ? { text: 'add a case', isMissing: true }
      : { text: `which holds: ${namesOf(labels)}` };
  },
  'for-each': (settings, { apps }) => {
    if (settings.over === 'accounts') {
      const app = apps.find(({ id }) => id === settings.appId);
      return { text: app ? `SaaS users of the person in ${app.name}` : 'every SaaS user of the person' };
    }
    const list = textOf(settings.list).replace(/^\{\{\s*|\s*\}\}$/g, '');
    return list === ''
      ? { text: 'choose a list', isMissing: true }
      : { text: `${textOf(settings.as)} of ${list}` };
  },
  approval: (settings) => {
    const question = textOf(settings.question).trim();
    return question === '' ? { text: 'write the question', isMissing: true } : { text: question };
  },
  collect: (settings) => ({
    text: settings.of === 'record' ? 'all paths of the record' : 'all records of the run',
  }),
  'run-workflow': (settings, { workflows }) => {
    const name = workflows.find(({ id }) => id === settings.workflowId)?.name;
    if (name === undefined) return { text: 'choose a workflow', isMissing: true };
    return { text: settings.waits === false ? `start ${name}` : `${name}, until its end` };
  },
  'set-variable': (settings) => {
    const names = rowsOf(settings.variables)
      .map(({ name }) => textOf(name))
      .filter(Boolean);
    return names.length === 0
      ? { text: 'name a variable', isMissing: true }
      : { text: `set ${namesOf(names)}` };
  },
  stop: (settings) => {
    const message = textOf(settings.message).trim();
    return message === '' ? { text: 'say why', isMissing: true } : { text: message };
  },
};

const rowsOf = (value: unknown): Settings[] => (Array.isArray(value) ? (value as Settings[]) : []);
