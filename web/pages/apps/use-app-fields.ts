import { builtInFields } from '#contract';
import { useIntegrations } from '../../api/use-integrations.ts';

/** Which fields the accounts of an app can have: not those that only the loads of other apps fill. */
export function useAppFields(appId: string): (id: string) => boolean {
  const integrations = useIntegrations().data ?? [];
  const filledBy = (isOwn: boolean): Set<string> =>
    new Set(
      integrations
        .filter((integration) => (integration.appId === appId) === isOwn)
        .flatMap(({ mapping }) => mapping.rows)
        .filter(({ target }) => target.recordType === 'saas_user')
        .map(({ target }) => target.externalId),
    );
  const [own, foreign] = [filledBy(true), filledBy(false)];
  const builtIn = new Set(
    builtInFields.filter((field) => field.recordType === 'saas_user').map((field) => field.externalId),
  );
  return (id) => own.has(id) || builtIn.has(id) || !foreign.has(id);
}
