/** Conditions about a record `o` of the run that a re-run takes up, and about a step `s` of it. */

/** A call of the record may have happened and nobody knows, or somebody left it so. */
export const isUnclear = `(o.status = 'needs_attention' OR EXISTS (
  SELECT 1 FROM steps s WHERE s.run = o.run AND s.record_n = o.n
    AND (s.status IN ('needs_attention', 'sending') OR (s.status = 'failed' AND s.exit IS NULL AND s.n = o.steps))))`;

/** The person or SaaS user was removed meanwhile. */
export const isGone = `(CASE o.record_type
  WHEN 'person' THEN NOT EXISTS (SELECT 1 FROM people p WHERE p.id = o.record_id)
  ELSE NOT EXISTS (SELECT 1 FROM saas_users a WHERE a.id = o.record_id) END)`;

/** Another re-run of the run `@originId` than `@key` has begun with it: what became of it is known there. */
export const isTakenUp = `EXISTS (
  SELECT 1 FROM runs x JOIN run_records t ON t.run = x.key AND t.record_id = o.record_id
  WHERE x.origin_id = @originId AND x.key <> @key AND (t.status <> 'cancelled' OR t.steps > 0))`;

/** The record failed here: the step was left by an exit that leads nowhere. `@leading` lists the others. */
export const isWhereItFailed = `s.run = o.run AND s.record_n = o.n AND s.status = 'failed' AND s.exit IS NOT NULL
  AND s.block || '.' || s.exit NOT IN (SELECT value FROM json_each(@leading))`;

/** A call of the step did something at a vendor. */
export const didSomething = `s.effect IS NOT NULL
  AND (s.status = 'succeeded' OR json_extract(s.answer, '$.outcome') = 'ok')`;
