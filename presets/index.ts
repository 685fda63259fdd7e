import type { Recipe } from '#domain/recipe';
import type { Vendor } from '#domain/vendor';
import { goto } from './goto/goto.ts';
import { ninjaone } from './ninjaone/ninjaone.ts';
import { planhat } from './planhat/planhat.ts';
import { scim } from './scim/scim.ts';
import { webexRecipes } from './webex/recipes.ts';
import { webex } from './webex/webex.ts';
import { zoom } from './zoom/zoom.ts';

/** Every vendor that this server knows, in the order of the alphabet. */
export const vendors: readonly Vendor[] = [goto, ninjaone, planhat, scim, webex, zoom];

export const recipes: readonly Recipe[] = [...webexRecipes];
