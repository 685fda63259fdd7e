import type { Recipe } from '#domain/recipe';
import type { Vendor } from '#domain/vendor';
import { webexRecipes } from './webex/recipes.ts';
import { webex } from './webex/webex.ts';

/** Every vendor that this server knows, in the order of the alphabet. */
export const vendors: readonly Vendor[] = [webex];

export const recipes: readonly Recipe[] = [...webexRecipes];
