import { AppError } from '../domain/errors.ts';
import type { Recipe } from '../domain/recipe.ts';
import type { Graph, Workflow } from '../domain/workflow.ts';
import type { Activation } from './activation.ts';
import { findMatches } from './choose-records.ts';
import { createMaker, type MakerDeps } from './make-workflow.ts';
import { parseSettings } from './parse-settings.ts';
import type { Plan } from './plan.ts';
import { findRecipeParts } from './recipe-parts.ts';
import type { RecordStore } from './subject-ports.ts';
import type { WorkflowService, WorkflowsStore } from './workflow-ports.ts';
import { variablesFor } from './workflow-variables.ts';

export interface WorkflowsDeps extends MakerDeps {
  store: WorkflowsStore;
  records: RecordStore;
  recipes: readonly Recipe[];
  activation: Activation;
}

/** A workflow with nothing but its two ends. */
const emptyGraph: Graph = {
  blocks: [
    {
      id: 'begin',
      type: 'begin',
      name: 'Begin',
      position: { x: 0, y: 0 },
      settings: { trigger: 'manual', records: 'active', rules: { match: 'all', rules: [] } },
    },
    { id: 'end', type: 'end', name: 'End', position: { x: 320, y: 0 }, settings: {} },
  ],
  edges: [{ id: 'begin.next-end', from: 'begin', exit: 'next', to: 'end' }],
};

/** Everything about workflows but running them. */
export function createWorkflows(deps: WorkflowsDeps): WorkflowService {
  const { store, clock } = deps;
  const { find, check, add } = createMaker(deps);

  async function checkDraft({ id, draft, records: of }: Workflow, wanted: string): Promise<void> {
    const errors = (await check(draft, of, id)).filter((issue) => issue.severity === 'error');
    const [first] = errors;
    if (!first) return;
    const many = errors.length === 1 ? 'an error' : `${errors.length} errors`;
    const place = [first.block, first.setting].filter(Boolean).join('.') || 'graph';
    const message = `The workflow has ${many}, so it cannot be ${wanted}. ${first.message}`;
    throw new AppError('invalid', message, { place });
  }

  return {
    list: () => store.list(),
    find,
    add,
    checkGraph: check,

    async hands(id) {
      const [newest] = await store.versions(id);
      return [...new Set([...(newest?.authors ?? []), ...(await store.editors(id))])];
    },

    async create({ recipeId, ...input }, by) {
      if (recipeId === undefined) return add({ ...input, graph: emptyGraph }, by);
      const recipe = deps.recipes.find((each) => each.id === recipeId);
      if (!recipe) throw new AppError('invalid', `There is no recipe "${recipeId}".`, { place: 'recipeId' });
      const { missing, parts } = await findRecipeParts(recipe, deps);
      if (missing.length > 0) throw new AppError('conflict', `The recipe needs first: ${missing.join(' ')}`);
      const built = recipe.build(parts);
      return add({ ...built, name: input.name, description: input.description || built.description }, by);
    },

    async rename(id, change) {
      await find(id);
      await store.rename(id, change, clock.now());
      deps.events.listChanged('workflows');
      return find(id);
    },

    async remove(id) {
      const { name } = await find(id);
      if (await store.hasUnfinishedRuns(id)) {
        throw new AppError(
          'conflict',
          `A run of "${name}" goes on. Cancel it or wait for its end, then remove the workflow.`,
        );
      }
      await deps.activation.supersede(id, 'The workflow was removed.');
      await store.remove(id);
      deps.events.listChanged('workflows');
    },

    async saveDraft(id, revision, graph, by, hands = []) {
      await find(id);
      const isSaved = await store.saveDraft(id, revision, graph, clock.now(), [...hands, by.id]);
      if (!isSaved) {
        throw new AppError(
          'conflict',
          'Somebody else saved this workflow since you opened it. Reload to see their draft, or save yours over it.',
          { place: 'revision' },
        );
      }
      return find(id);
    },

    async check(id, graph) {
      const workflow = await find(id);
      return check(graph ?? workflow.draft, workflow.records, id);
    },

    async variables(id) {
      const workflow = await find(id);
      return variablesFor(workflow, deps);
    },

    async matches(id) {
      const workflow = await find(id);
      const begin = workflow.draft.blocks.find((block) => block.type === 'begin');
      const type = deps.types.get('begin');
      const parsed = begin && type && parseSettings(type, begin.settings);
      if (!parsed?.ok) throw new AppError('invalid', 'Begin has no valid rules yet.', { place: 'begin' });
      const choice = parsed.settings as Plan['choice'] & { records: Plan['choice']['state'] };
      return findMatches(workflow.records, choice.records, choice, deps);
    },

    async versions(id) {
      await find(id);
      return store.versions(id);
    },

    async version(id, number) {
      const found = (await store.versions(id)).find((version) => version.number === number);
      if (!found) throw new AppError('not_found', `The workflow has no version ${number}.`);
      return found;
    },

    async freezeDraft(id, author) {
      await checkDraft(await find(id), 'tried');
      return store.freezeDraft({ id: deps.newId('version'), workflowId: id, author, at: clock.now() });
    },

    async launch(id, { revision, note, by }) {
      const workflow = await find(id);
      // What is checked here must be what becomes the version.
      if (workflow.revision !== revision) throw draftMovedOn();
      await checkDraft(workflow, 'launched');
      const harmful = await deps.activation.judge(workflow.draft, by);
      const version = await store.launch({
        id: deps.newId('version'),
        workflowId: id,
        revision,
        note,
        author: { id: by.id, name: by.name },
        at: clock.now(),
        activates: harmful.length === 0,
      });
      if (!version) throw draftMovedOn();
      await deps.activation.supersede(id, `Version ${version.number} took its place.`);
      if (harmful.length > 0) await deps.activation.ask(workflow, version, revision, harmful, by);
      deps.events.listChanged('workflows');
      return find(id);
    },

    async deactivate(id) {
      await find(id);
      await deps.activation.supersede(id, 'The workflow was deactivated.');
      await store.deactivate(id);
      deps.events.listChanged('workflows');
      return find(id);
    },

    async recipes() {
      const views = await Promise.all(
        deps.recipes.map(async (recipe) => {
          const { id, title, summary, needs, records: of } = recipe;
          const { missing } = await findRecipeParts(recipe, deps);
          return {
            id,
            title,
            summary,
            records: of,
            vendorIds: needs.map(({ vendorId }) => vendorId),
            missing,
          };
        }),
      );
      // What can be used now comes first; else the order stays.
      return views.sort((a, b) => Number(a.missing.length > 0) - Number(b.missing.length > 0));
    },
  };
}

const draftMovedOn = (): AppError =>
  new AppError('conflict', 'The draft was changed while you looked at it. Look at it again, then launch.', {
    place: 'revision',
  });
