import { Button, Modal, Select, Stack, TextInput } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import type { WorkflowRecords } from '#contract';
import { useApps } from '../../api/use-apps.ts';
import { type Recipe, useCreateWorkflow, useRecipes } from '../../api/use-workflows.ts';
import { DialogFoot } from '../../ui/DialogFoot.tsx';
import classes from './RecipeChoice.module.css';
import { RecipeChoice } from './RecipeChoice.tsx';

interface Props {
  /** The first recipe that can be used is chosen from the start. */
  prefersRecipe: boolean;
  onClose: () => void;
}

/** Names a workflow, says which records it runs over, and starts it from a recipe or from nothing. */
export function NewWorkflowModal({ prefersRecipe, onClose }: Props) {
  const apps = useApps().data ?? [];
  const recipes = useRecipes().data ?? [];
  const navigate = useNavigate();
  const creation = useCreateWorkflow();
  const [pick, setPick] = useState<Recipe | null | undefined>(undefined);
  const first = recipes.find((one) => one.missing.length === 0);
  const recipe = pick === undefined ? (prefersRecipe && first) || null : pick;
  const [name, setName] = useState<string | null>(null);
  const [chosen, setChosen] = useState<string | null>(null);
  const title = name ?? recipe?.title ?? '';
  const app = apps.find((one) => recipe?.vendorIds.includes(one.vendorId)) ?? apps[0];
  const target = chosen ?? (recipe?.records === 'saas_users' && app ? app.id : 'people');
  const records: WorkflowRecords =
    target === 'people' ? { kind: 'people' } : { kind: 'saas_users', appId: target };

  const create = (): void =>
    creation.mutate(
      { name: title.trim(), records, ...(recipe && { recipeId: recipe.id, description: recipe.summary }) },
      { onSuccess: (workflow) => void navigate({ to: `/workflows/${workflow.id}` }) },
    );

  return (
    <Modal opened onClose={onClose} title="New workflow" size="lg">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (title.trim() !== '') create();
        }}
      >
        <Stack gap="md">
          <RecipeChoice recipes={recipes} chosen={recipe} onChoose={setPick} />
          <div className={classes.foot}>
            <div>
              <TextInput
                label="Name"
                placeholder="Clean up inactive accounts"
                maxLength={120}
                required
                data-autofocus
                value={title}
                onChange={(event) => setName(event.currentTarget.value)}
              />
              {/* A recipe knows what it runs over. */}
              <Select
                disabled={recipe !== null}
                label="Runs over"
                allowDeselect={false}
                data={[
                  { value: 'people', label: 'People' },
                  ...apps.map((one) => ({ value: one.id, label: `SaaS users of ${one.name}` })),
                ]}
                value={target}
                onChange={setChosen}
              />
            </div>
            <DialogFoot error={creation.error} onClose={onClose}>
              <Button type="submit" loading={creation.isPending} disabled={title.trim() === ''}>
                Create workflow
              </Button>
            </DialogFoot>
          </div>
        </Stack>
      </form>
    </Modal>
  );
}
