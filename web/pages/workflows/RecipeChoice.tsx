import { ChevronRight, CircleAlert, PenTool, ScrollText } from 'lucide-react';
import type { Recipe } from '../../api/use-workflows.ts';
import classes from './RecipeChoice.module.css';

interface Props {
  recipes: readonly Recipe[];
  chosen: Recipe | null;
  onChoose: (recipe: Recipe | null) => void;
}

/** An empty canvas, or a workflow that is drawn already; below them those that still lack something, and what. */
export function RecipeChoice({ recipes, chosen, onChoose }: Props) {
  const ready = recipes.filter(({ missing }) => missing.length === 0);
  const lacking = recipes.filter(({ missing }) => missing.length > 0);
  return (
    <fieldset className={classes.cards}>
      <legend>Start from</legend>
      <label className={classes.card}>
        <input type="radio" name="recipe" checked={chosen === null} onChange={() => onChoose(null)} />
        <PenTool size={18} strokeWidth={1.8} aria-hidden />
        <span>
          <strong>An empty canvas</strong>
          <small>Begin and End, and everything between them is yours.</small>
        </span>
      </label>
      {ready.map((recipe) => (
        <label key={recipe.id} className={classes.card}>
          <input
            type="radio"
            name="recipe"
            checked={chosen?.id === recipe.id}
            onChange={() => onChoose(recipe)}
          />
          <ScrollText size={18} strokeWidth={1.8} aria-hidden />
          <span>
            <strong>{recipe.title}</strong>
            <small>{recipe.summary}</small>
          </span>
        </label>
      ))}
      {lacking.length > 0 && (
        // Whoever has nothing yet sees what there could be.
        <details className={classes.lacking} open={ready.length === 0}>
          <summary>
            <ChevronRight size={16} aria-hidden />
            {ready.length === 0 ? 'Recipes' : 'More recipes'} that need something first
            <span>{lacking.length}</span>
          </summary>
          <ul>
            {lacking.map((recipe) => (
              <li key={recipe.id}>
                <strong>{recipe.title}</strong>
                <small>{recipe.summary}</small>
                <em>
                  <CircleAlert size={14} aria-hidden />
                  <span>{recipe.missing.join(' ')}</span>
                </em>
              </li>
            ))}
          </ul>
        </details>
      )}
    </fieldset>
  );
}
