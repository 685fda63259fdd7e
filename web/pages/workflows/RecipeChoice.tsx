import { CircleAlert, PenTool, ScrollText } from 'lucide-react';
import type { Recipe } from '../../api/use-workflows.ts';
import classes from './RecipeChoice.module.css';

interface Props {
  recipes: readonly Recipe[];
  chosen: Recipe | null;
  onChoose: (recipe: Recipe | null) => void;
}

/** An empty canvas, or a workflow that is drawn already; says what a recipe still lacks. */
export function RecipeChoice({ recipes, chosen, onChoose }: Props) {
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
      {recipes.map((recipe) => (
        <label key={recipe.id} className={classes.card} data-missing={recipe.missing.length > 0 || undefined}>
          <input
            type="radio"
            name="recipe"
            checked={chosen?.id === recipe.id}
            disabled={recipe.missing.length > 0}
            onChange={() => onChoose(recipe)}
          />
          <ScrollText size={18} strokeWidth={1.8} aria-hidden />
          <span>
            <strong>{recipe.title}</strong>
            <small>{recipe.summary}</small>
            {recipe.missing.map((part) => (
              <em key={part}>
                <CircleAlert size={13} aria-hidden />
                {part}
              </em>
            ))}
          </span>
        </label>
      ))}
    </fieldset>
  );
}
