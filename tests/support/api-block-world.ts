import type { SandboxInfo, Workflow } from '#contract';
import type { ApiClient } from './api-client.ts';
import { openStage, type Stage } from './browser.ts';
import { connect, loadUsers, ownerOf } from './story.ts';

/** A server with a Webex credential, Webex's people loaded, and one app of SaaS users. */
export interface ApiBlockStage {
  stage: Stage;
  api: ApiClient;
  credentialId: string;
  /** Draws Begin, these API blocks one after the other, and End; over the SaaS users of Webex. */
  draw(name: string, blocks: Record<string, { name: string; settings: object }>): Promise<Workflow>;
}

export async function openApiBlockStage(): Promise<ApiBlockStage> {
  const stage = await openStage();
  const api = await ownerOf(stage);
  const { vendors } = await api.get<SandboxInfo>('/sandbox');
  const credentialId = await connect(api, vendors.find(({ vendorId }) => vendorId === 'webex')?.url ?? '');
  await loadUsers(api, credentialId);
  const { items } = await api.get<{ items: { id: string }[] }>('/apps');
  const appId = items[0]?.id;

  return {
    stage,
    api,
    credentialId,
    async draw(name, blocks) {
      const made = await api.send<Workflow>('POST', '/workflows', {
        name,
        records: { kind: 'saas_users', appId },
      });
      const ids = ['begin', ...Object.keys(blocks), 'end'];
      const graph = {
        blocks: ids.map((id, at) => ({
          id,
          ...(blocks[id] ? { type: 'api', ...blocks[id] } : ends[id]),
          position: { x: at * 320, y: 0 },
        })),
        edges: ids.slice(1).map((to, at) => ({
          id: `e${at}`,
          from: ids[at],
          exit: at === 0 ? 'next' : 'success',
          to,
        })),
      };
      return await api.send<Workflow>('PUT', `/workflows/${made.id}/draft`, {
        revision: made.revision,
        graph,
      });
    },
  };
}

const rules = { match: 'all', rules: [] };
const ends: Record<string, object> = {
  begin: { type: 'begin', name: 'Begin', settings: { trigger: 'manual', records: 'active', rules } },
  end: { type: 'end', name: 'End', settings: {} },
};
